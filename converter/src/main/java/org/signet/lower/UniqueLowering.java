package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Unique, UniqueV2 and UniqueWithCounts of vectors. */
final class UniqueLowering implements Lowering {
  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT16, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("Unique", "UniqueV2", "UniqueWithCounts");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!op.shape(0).hasRank() || op.shape(0).rank() != 1) {
      return Lowered.declined("the kernel takes vectors");
    }
    DType index = op.resultTypes().get(1).dtype();
    if (index != DType.INT32 && index != DType.INT64) {
      return KernelTypes.decline(index);
    }
    List<Value> results =
        new ArrayList<>(
            emit.builtins(
                "UNIQUE",
                Attributes.of("idx_out_type", index.name()),
                List.of(op.operand(0)),
                op.resultTypes().subList(0, 2)));
    if (op.name().equals("UniqueWithCounts")) {
      Value places = emit.cast(results.get(1), DType.INT32);
      Value ones = emit.builtin("FILL", emit.shapeOf(places), emit.scalar(1));
      Value count = emit.reshape(emit.shapeOf(results.getFirst()), Shape.scalar());
      Value counts = emit.builtin("UNSORTED_SEGMENT_SUM", ones, places, count);
      results.add(emit.cast(counts, index));
    }
    return Lowered.to(results);
  }
}
