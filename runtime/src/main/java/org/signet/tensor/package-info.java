/** Tensors over typed heap arrays, and the files they are kept in. */
@NullMarked
package org.signet.tensor;

import org.jspecify.annotations.NullMarked;
