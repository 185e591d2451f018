/**
 * Puts TensorFlow's first kind of control flow in terms of its second: frames of {@code Enter},
 * {@code Merge}, {@code Switch}, {@code NextIteration} and {@code Exit} become {@code While}, what
 * is between {@code Switch} and {@code Merge} becomes {@code If}, each with functions of their own;
 * tensor arrays become the tensors that they hold, stacks become tensor lists.
 *
 * <p>In the functions made here, nodes name their inputs as in the main graph ({@code node:1}), by
 * position among all results.
 */
@NullMarked
package org.signet.source.control;

import org.jspecify.annotations.NullMarked;
