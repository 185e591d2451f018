package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * XlaDynamicSlice of operands (tensor, start, sizes) and XlaDynamicUpdateSlice of (tensor, update,
 * start): a part whose start is moved so far that all of it lies inside the tensor, as XLA's
 * semantics of both have it. DYNAMIC_UPDATE_SLICE does so by itself.
 */
final class DynamicSliceLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("XlaDynamicSlice", "XlaDynamicUpdateSlice");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean update = op.name().equals("XlaDynamicUpdateSlice");
    if (!(update ? ElementUpdateLowering.TYPES : KernelTypes.MOVED).contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    if (shape.rank() == 0) {
      return Lowered.to(op.operand(update ? 1 : 0));
    }
    if (update) {
      return Lowered.to(
          emit.builtin(
              "DYNAMIC_UPDATE_SLICE", op.operand(0), op.operand(1), start(op.operand(2), emit)));
    }
    IntMath m = new IntMath(emit);
    Value sizes = emit.cast(op.operand(2), DType.INT32);
    Value highest = m.subtract(emit.shapeOf(op.operand(0)), sizes);
    Value start = m.larger(m.smaller(start(op.operand(1), emit), highest), 0);
    return Lowered.to(SliceLowering.part(op.operand(0), start, sizes, emit));
  }

  /** As int32, which every version of the kernel takes; what is beyond its range stays large. */
  private static Value start(Value start, Emitter emit) {
    DType dtype = start.type().dtype();
    if (dtype == DType.INT32) {
      return start;
    }
    Value low = emit.builtin("MAXIMUM", start, emit.scalar(dtype, 0));
    Value inside = emit.builtin("MINIMUM", low, emit.scalar(dtype, Integer.MAX_VALUE));
    return emit.cast(inside, DType.INT32);
  }
}
