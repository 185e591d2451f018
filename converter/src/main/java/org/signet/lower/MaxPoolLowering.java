package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * MaxPool of int32, for which no kernel pools, and which float32 does not hold: the largest of
 * slices, along the height and then the width.
 */
final class MaxPoolLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("MaxPool");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.INT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<SpatialOptions> options = SpatialOptions.of(op.attributes());
    int[] window = op.attributes().getInts("ksize");
    if (options.isEmpty()
        || options.get().channelsFirst()
        || window.length != 4
        || window[0] != 1
        || window[3] != 1) {
      return Lowered.declined("a window over batch or channels");
    }
    if (!op.shape(0).hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    Value result = op.operand(0);
    for (int i = 0; i < 2; i++) {
      Optional<int[]> pads = pads(options.get(), i, op.shape(0).dim(i + 1), window[i + 1]);
      if (pads.isEmpty()) {
        return Lowered.declined("the padding of an unknown size");
      }
      Value padded = padded(result, i + 1, pads.get(), emit);
      result = pooled(padded, i + 1, window[i + 1], options.get().strides()[i], emit);
    }
    return Lowered.to(result);
  }

  /** How much is put before and behind a dimension; empty if that depends on its unknown size. */
  private static Optional<int[]> pads(SpatialOptions options, int i, int size, int window) {
    boolean same = options.padding().equals("SAME");
    if (same && size == Shape.UNKNOWN && options.strides()[i] > 1) {
      return Optional.empty();
    }
    int[] explicit = options.explicit();
    if (!same) {
      return Optional.of(new int[] {explicit[2 * i], explicit[2 * i + 1]});
    }
    // In steps of 1 all sizes are padded alike.
    int known = size == Shape.UNKNOWN ? window : size;
    WindowAxis axis = WindowAxis.of(options, i, known, window);
    int all = Math.max(axis.seen() - known, 0);
    return Optional.of(new int[] {axis.before(), all - axis.before()});
  }

  private static Value padded(Value value, int axis, int[] pads, Emitter emit) {
    if (pads[0] == 0 && pads[1] == 0) {
      return value;
    }
    int[] amounts = new int[8];
    System.arraycopy(pads, 0, amounts, 2 * axis, 2);
    return emit.builtin(
        "PADV2", value, emit.constant(Tensor.of(amounts, 4, 2)), emit.scalar(Integer.MIN_VALUE));
  }

  private static Value pooled(Value value, int axis, int window, int stride, Emitter emit) {
    Value largest = every(value, axis, 0, window, stride, emit);
    for (int i = 1; i < window; i++) {
      largest = emit.builtin("MAXIMUM", largest, every(value, axis, i, window, stride, emit));
    }
    return largest;
  }

  /** The elements that are at place {@code i} of a window. */
  private static Value every(Value value, int axis, int i, int window, int stride, Emitter emit) {
    int[] begin = new int[4];
    int[] end = new int[4];
    int[] strides = {1, 1, 1, 1};
    begin[axis] = i;
    end[axis] = i + 1 - window; // from the end; all of it where that is 0
    strides[axis] = stride;
    int whole = 15 & ~(1 << axis);
    int open = i + 1 == window ? 15 : whole;
    Attributes masks = Attributes.of("begin_mask", whole, "end_mask", open);
    return emit.builtin(
        "STRIDED_SLICE", masks, value, emit.ints(begin), emit.ints(end), emit.ints(strides));
  }
}
