/**
 * Reads TensorFlow's checkpoint bundles ({@code PREFIX.index} and {@code
 * PREFIX.data-NNNNN-of-MMMMM}), the format of {@code Saver} V2 and of a SavedModel's {@code
 * variables} directory.
 *
 * <p>The format is that of TensorFlow's {@code core/util/tensor_bundle} and, for the index, of
 * LevelDB's table. The files are taken for hostile: a damaged one gives a {@link
 * org.signet.diag.SignetException}, never another failure, and no memory beyond a small multiple of
 * the bytes that are there. The one exception is a file that another process cuts short while it is
 * mapped.
 */
@NullMarked
package org.signet.bundle;

import org.jspecify.annotations.NullMarked;
