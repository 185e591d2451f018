package org.signet.op.flex.quantized;

import java.util.function.IntConsumer;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * The slices of a tensor along the axis that the attribute {@code axis} names, each with a range of
 * its own; the whole tensor if there is none.
 *
 * @param inner the number of elements that stand behind each other in a slice
 */
record Slices(int count, int inner, int elements) {
  static Slices of(Tensor x, Attributes attributes) {
    int axis = attributes.getInt("axis", -1);
    Shapes.require(axis < x.rank(), "the axis %s of %s", axis, x.type());
    return axis < 0
        ? new Slices(1, Math.max(1, x.size()), x.size())
        : new Slices(x.dim(axis), Shapes.product(x.shape(), axis + 1, x.rank()), x.size());
  }

  void requireRanges(Tensor min, Tensor max, boolean single) {
    Shapes.require(
        min.size() == count && max.size() == count && (count == 1 || min.rank() == 1),
        "%s slices between %s and %s",
        count,
        min.type(),
        max.type());
    Shapes.require(!single || count == 1, "the mode MIN_FIRST has no slices");
  }

  /** Calls {@code visitor} with the places of all elements of a slice. */
  void forEach(int slice, IntConsumer visitor) {
    for (int start = slice * inner; start < elements; start += count * inner) {
      for (int i = start; i < start + inner; i++) {
        visitor.accept(i);
      }
    }
  }
}
