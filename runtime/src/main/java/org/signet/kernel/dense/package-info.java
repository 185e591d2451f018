/**
 * Float32 kernels for the ops that take most of the time of common models, on the inner loops of an
 * {@link org.signet.kernel.dense.Engine}.
 *
 * <p>All matrix-like ops end in one product of rows, read where they lie, with packed panels of
 * columns: {@link org.signet.kernel.dense.Engine#product}.
 */
@NullMarked
package org.signet.kernel.dense;

import org.jspecify.annotations.NullMarked;
