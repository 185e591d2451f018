/**
 * Model files: opening, verifying and viewing {@code .tflite}.
 *
 * <p>A file is hostile until it is verified. All that is read from it goes through {@link
 * org.signet.model.FlatTable}, which checks every offset; {@link org.signet.model.ModelVerifier}
 * then checks what the values mean. What comes out is a tree of immutable records that can be
 * planned and run without looking at the file's structure again.
 */
@NullMarked
package org.signet.model;

import org.jspecify.annotations.NullMarked;
