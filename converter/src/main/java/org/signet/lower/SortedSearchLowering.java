package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * LowerBound and UpperBound: how many numbers of the sorted row are smaller than a value, or not
 * larger. Every value is compared with the whole row. Nothing is larger than NaN, nor smaller.
 */
final class SortedSearchLowering implements Lowering {
  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.INT16, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("LowerBound", "UpperBound");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value row = emit.builtin("EXPAND_DIMS", op.operand(0), emit.scalar(1));
    Value values = emit.builtin("EXPAND_DIMS", op.operand(1), emit.scalar(2));
    boolean lower = op.name().equals("LowerBound");
    Value less = lower ? emit.builtin("LESS", row, values) : emit.builtin("LESS", values, row);
    Value before = emit.cast(lower ? less : emit.builtin("LOGICAL_NOT", less), DType.INT32);
    Value count = emit.builtin("SUM", Attributes.of("keep_dims", false), before, emit.ints(2));
    return Lowered.to(emit.cast(count, op.result().dtype()));
  }
}
