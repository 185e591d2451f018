/**
 * TensorFlow's ops on images and boxes; {@link org.signet.op.flex.image.ImageOps} lists their
 * families.
 */
@NullMarked
package org.signet.op.flex.image;

import org.jspecify.annotations.NullMarked;
