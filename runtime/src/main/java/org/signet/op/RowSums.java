package org.signet.op;

import java.util.Optional;
import org.signet.tensor.Tensor;

/**
 * Sums of products of the elements of two tensors, kept wide and rounded once: what convolutions
 * and matrix products are made of.
 *
 * <p>All positions count elements. The innermost loop always runs over contiguous elements of the
 * second operand and of the sums, which is the form that the JIT vectorizes. Floats are summed in
 * double, integers wrap in 64 bits. Not thread-safe.
 */
abstract sealed class RowSums permits FloatRowSums, DoubleRowSums, LongRowSums, ComplexRowSums {
  /**
   * @param bias what the sums start from, of the result's element type
   * @param size how many sums are held at a time
   */
  static RowSums of(Tensor a, Tensor b, Optional<Tensor> bias, Tensor result, int size) {
    if (a.dtype().isComplex()) {
      return new ComplexRowSums(a, b, result, size);
    }
    if (!a.dtype().isFloating()) {
      return new LongRowSums(a, b, bias, result, size);
    }
    boolean narrow = a.dtype().bytes() <= 4 && b.dtype().bytes() <= 4;
    return narrow
        ? new FloatRowSums(a, b, bias, result, size)
        : new DoubleRowSums(a, b, bias, result, size);
  }

  /** {@code sums[sum+j] = bias[at+j]} for {@code j < n}, or 0 if there is no bias. */
  abstract void start(int sum, int n, int at);

  /**
   * {@code sums[sum+j] += Σ a[at + i·stepA] · b[bt + i·stepB + j]} over {@code i < k}, for {@code j
   * < n}.
   */
  abstract void add(int sum, int n, int at, int stepA, int k, int bt, int stepB);

  /**
   * {@code sums[sum+j] += Σ a[at + i·stepA] · b[bt + j·stepB + i]} over {@code i < k}, for {@code j
   * < n}.
   */
  abstract void addDots(int sum, int n, int at, int stepA, int k, int bt, int stepB);

  /** {@code sums[sum+j] += a[at + j/repeat] · b[bt + j]} for {@code j < n}. */
  abstract void addEach(int sum, int n, int at, int repeat, int bt);

  /** Rounds {@code sums[sum .. sum+n)} into the result at {@code at}. */
  abstract void store(int sum, int n, int at);
}
