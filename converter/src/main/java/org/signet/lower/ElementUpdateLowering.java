package org.signet.lower;

import java.util.Set;
import org.signet.ir.CountedIndex;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * TensorScatterUpdate that replaces one element along the first axis, as writing to a tensor array
 * does: DYNAMIC_UPDATE_SLICE, which moves an index outside inside, and so gets none that TensorFlow
 * refuses. The general op has no builtins: SCATTER_ND adds up what goes to the same place, and 0
 * times what is replaced need not be 0.
 */
final class ElementUpdateLowering implements Lowering {
  /** What DYNAMIC_UPDATE_SLICE takes. */
  static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.BOOL, DType.INT8, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("TensorScatterUpdate");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank() || !op.shape(1).equals(Shape.of(1, 1))) {
      return Lowered.declined("more than one element, or of unknown rank");
    }
    if (!op.shape(2).hasRank() || op.shape(2).rank() != shape.rank()) {
      return Lowered.declined("updates of unknown rank");
    }
    Value start = start(op, emit);
    return Lowered.to(emit.builtin("DYNAMIC_UPDATE_SLICE", op.operand(0), op.operand(2), start));
  }

  private static Value start(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    Value index = emit.cast(op.operand(1), DType.INT32);
    boolean inside =
        emit.intsOf(index)
            .filter(known -> known[0] >= 0 && shape.isKnown(0) && known[0] < shape.dim(0))
            .isPresent();
    if (!inside && RefusedIndices.hasTable(shape)) {
      return RefusedIndices.place(shape, emit.reshape(index, Shape.scalar()), emit);
    }
    Value first = emit.reshape(index, Shape.of(1));
    if (!inside && !op.attributes().getBoolean(CountedIndex.ATTRIBUTE, false)) {
      first = RefusedIndices.within(DimSource.of(op.operand(0), 0), first, emit);
    }
    return shape.rank() == 1 ? first : emit.concat(0, first, emit.ints(new int[shape.rank() - 1]));
  }
}
