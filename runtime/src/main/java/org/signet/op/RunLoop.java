package org.signet.op;

/**
 * A loop over elements of two arrays: the quick path of a binary function on one element type. Each
 * function has loops of its own, as the JIT makes vectors of a loop only if it knows what the loop
 * computes. One index goes for all arrays, since it must see as well that a result is not read
 * later as an operand.
 *
 * @param <A> the array of the operands, such as {@code float[]}
 * @param <R> the array of the results
 */
@FunctionalInterface
public interface RunLoop<A, R> {
  /** Computes {@code out[k] = f(a[k], b[k])} for {@code k} from {@code from} to {@code to − 1}. */
  void run(A a, A b, R out, int from, int to);
}
