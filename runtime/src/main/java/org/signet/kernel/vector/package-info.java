/**
 * Float32 kernels on the Vector API, for machines whose JVM has the module {@code
 * jdk.incubator.vector}.
 *
 * <p>All matrix-like ops end in one product of rows with packed panels of columns, {@link
 * org.signet.kernel.vector.Product}. Vectors never cross a method that may not be inlined: each
 * loop stands in a method of its own that takes arrays and positions alone.
 */
@NullMarked
package org.signet.kernel.vector;

import org.jspecify.annotations.NullMarked;
