package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * StridedSliceGrad with constant bounds, steps forward and known sizes where it slices: the
 * gradient with zeros around it, and between its elements where the steps are larger than one.
 * Operands: the shape of what was sliced, begin, end, strides, gradient.
 */
final class SliceGradientLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("StridedSliceGrad");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(4))) {
      return KernelTypes.decline(op.dtype(4));
    }
    Shape shape = op.result().shape();
    if (!shape.hasRank() || shape.rank() > SliceLowering.HIGHEST_RANK || shape.rank() == 0) {
      return Lowered.declined("a rank of 0, above 5 or not known");
    }
    Optional<DenseSlice> slice = DenseSlice.of(op, shape.rank(), emit);
    if (slice.isEmpty()) {
      return Lowered.declined("the bounds are not constant");
    }
    int[] sizes = new int[shape.rank()];
    int[] steps = new int[shape.rank()];
    int[] pads = new int[2 * shape.rank()];
    boolean spread = false;
    int open = 0;
    for (int i = 0; i < shape.rank(); i++) {
      Optional<DenseSlice.Extent> extent = slice.get().extent(i, shape.dim(i));
      if (extent.isEmpty()) {
        return Lowered.declined("a size that is not known is sliced, or steps go backwards");
      }
      sizes[i] = extent.get().count();
      steps[i] = extent.get().step();
      pads[2 * i] = extent.get().first();
      pads[2 * i + 1] = extent.get().after();
      spread |= steps[i] != 1 && sizes[i] > 1;
      open += sizes[i] == Shape.UNKNOWN ? 1 : 0;
      if (sizes[i] == 0) {
        return Lowered.declined("the slice has no elements");
      }
    }
    if (open > 1) {
      return Lowered.declined("several sizes are not known");
    }
    Value gradient = emit.reshape(op.operand(4), Shape.of(sizes));
    if (spread) {
      gradient = emit.builtin("DILATE", gradient, emit.ints(steps), zero(op, emit));
    }
    return Lowered.to(
        emit.builtin("PAD", gradient, emit.constant(Tensor.of(pads, shape.rank(), 2))));
  }

  private static Value zero(TfOp op, Emitter emit) {
    return emit.scalar(op.dtype(4), 0);
  }
}
