package org.signet.op;

/**
 * A loop over a run of elements of two arrays: the quick path of a binary function on one element
 * type. Each function has loops of its own, as the JIT makes vectors of a loop only if it knows
 * what the loop computes.
 *
 * @param <A> the array of the operands, such as {@code float[]}
 * @param <R> the array of the results
 */
@FunctionalInterface
public interface RunLoop<A, R> {
  /** Computes {@code out[i + k] = f(a[x + k], b[y + k])} for {@code k} below {@code count}. */
  void run(A a, int x, A b, int y, R out, int i, int count);
}
