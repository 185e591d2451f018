/**
 * TensorFlow's ops on sound and speech; {@link org.signet.op.flex.audio.AudioOps} lists their
 * families.
 */
@NullMarked
package org.signet.op.flex.audio;

import org.jspecify.annotations.NullMarked;
