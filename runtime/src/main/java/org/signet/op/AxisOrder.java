package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;

/** Puts the dimensions of tensors in the order that a computation wants. */
public final class AxisOrder {
  private AxisOrder() {}

  /** A new tensor whose dimension {@code i} is dimension {@code order[i]} of {@code from}. */
  public static Tensor transposed(Tensor from, int... order) {
    Tensor to = Tensor.zeros(from.dtype(), Arrays.stream(order).map(from::dim).toArray());
    transpose(from, to, order);
    return to;
  }

  /** Writes {@code from}, with its dimensions in this order, to all of {@code to}. */
  public static void transpose(Tensor from, Tensor to, int... order) {
    int[] own = Shapes.strides(from.shape());
    StridedCopy.gather(
        from, 0, Arrays.stream(order).map(axis -> own[axis]).toArray(), to.shape(), to);
  }
}
