package org.signet.op.stablehlo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.Shapes;
import org.signet.op.StridedCopy;
import org.signet.tensor.Tensor;

/** Lists of dimensions, and tensors with theirs in another order. */
final class Axes {
  private Axes() {}

  static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }

  /** The dimensions of a rank that are not among {@code some}. */
  static int[] without(int rank, int... some) {
    return IntStream.range(0, rank).filter(d -> !contains(some, d)).toArray();
  }

  static int[] joined(int[]... lists) {
    return Arrays.stream(lists).flatMapToInt(Arrays::stream).toArray();
  }

  /** Where each dimension went. */
  static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      inverse[Shapes.axis(order[d], order.length)] = d;
    }
    return inverse;
  }

  /** How many elements these dimensions have together. */
  static int size(Tensor tensor, int... dimensions) {
    return Shapes.product(
        Arrays.stream(dimensions).map(tensor::dim).toArray(), 0, dimensions.length);
  }

  /**
   * A copy with the dimensions in this order.
   *
   * @throws IllegalArgumentException if it is no permutation
   */
  static Tensor transposed(Tensor tensor, int... order) {
    Shapes.require(
        order.length == tensor.rank() && without(order.length, order).length == 0,
        "%s is no order of the dimensions of %s",
        Shapes.text(order),
        tensor.type());
    int[] own = Shapes.strides(tensor.shape());
    int[] strides = Arrays.stream(order).map(d -> own[d]).toArray();
    int[] dims = Arrays.stream(order).map(tensor::dim).toArray();
    Tensor result = Tensor.zeros(tensor.dtype(), dims);
    StridedCopy.gather(tensor, 0, strides, dims, result);
    return result;
  }

  /** A copy with the elements of marked dimensions, of the first ones, from last to first. */
  static Tensor reversed(Tensor tensor, List<Boolean> marked) {
    int[] strides = Shapes.strides(tensor.shape());
    int from = 0;
    for (int d = 0; d < marked.size(); d++) {
      if (marked.get(d)) {
        from += (tensor.dim(d) - 1) * strides[d];
        strides[d] = -strides[d];
      }
    }
    Tensor result = Tensor.zeros(tensor.dtype(), tensor.shape());
    if (tensor.size() > 0) {
      StridedCopy.gather(tensor, from, strides, tensor.shape(), result);
    }
    return result;
  }
}
