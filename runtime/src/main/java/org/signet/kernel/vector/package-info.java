/**
 * The inner loops of the dense kernels on the Vector API, for machines whose JVM has the module
 * {@code jdk.incubator.vector}. Vectors never cross a method that may not be inlined: each loop
 * stands in a method of its own that takes arrays and positions alone.
 */
@NullMarked
package org.signet.kernel.vector;

import org.jspecify.annotations.NullMarked;
