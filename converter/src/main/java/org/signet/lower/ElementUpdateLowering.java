package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * TensorScatterUpdate that replaces one element along the first axis, as writing to a tensor array
 * does: DYNAMIC_UPDATE_SLICE. An index outside, which TensorFlow refuses, is moved inside. The
 * general op has no builtins: SCATTER_ND adds up what goes to the same place, and 0 times what is
 * replaced need not be 0.
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
    Value start = emit.reshape(emit.cast(op.operand(1), DType.INT32), Shape.of(1));
    if (shape.rank() > 1) {
      Attributes options = Attributes.of("axis", 0L, "fused_activation_function", "NONE");
      start = emit.builtin("CONCATENATION", options, start, emit.ints(new int[shape.rank() - 1]));
    }
    return Lowered.to(emit.builtin("DYNAMIC_UPDATE_SLICE", op.operand(0), op.operand(2), start));
  }
}
