package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Gather, GatherV2 and GatherNd. */
final class GatherLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Gather", "GatherNd", "GatherV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value params = op.operand(0);
    Value indices =
        op.operand(1).type().dtype() == DType.INT16
            ? emit.cast(op.operand(1), DType.INT32)
            : op.operand(1);
    if (op.attributes().getString("bad_indices_policy", "").equals("IGNORE")) {
      return Lowered.declined("the kernel refuses bad indices");
    }
    if (op.name().equals("GatherNd")) {
      return KernelTypes.MOVED_OR_STRING.contains(params.type().dtype())
          ? Lowered.to(emit.builtin("GATHER_ND", params, indices))
          : KernelTypes.decline(params.type().dtype());
    }
    Optional<int[]> axis =
        op.name().equals("Gather") ? Optional.of(new int[] {0}) : emit.intsOf(op.operand(2));
    Shape shape = params.type().shape();
    boolean strings = params.type().dtype() == DType.STRING;
    boolean taken =
        strings
            ? shape.hasRank() && shape.rank() == 1
            : KernelTypes.MOVED_OR_BOOL.contains(params.type().dtype());
    if (!taken) {
      return KernelTypes.decline(params.type().dtype());
    }
    int batchDims = op.attributes().getInt("batch_dims", 0);
    if (axis.isEmpty()) {
      return batchDims == 0
              && op.shape(1).hasRank()
              && shape.hasRank()
              && shape.rank() <= ComputedAxis.HIGHEST_RANK
          ? Lowered.to(ComputedAxis.of(op.operand(2), shape.rank(), emit).gather(params, indices))
          : Lowered.declined("the axis is not constant");
    }
    if (batchDims < 0) {
      if (!op.shape(1).hasRank()) {
        return Lowered.declined("batch_dims counts from an unknown rank");
      }
      batchDims += op.shape(1).rank();
    }
    Attributes options = Attributes.of("axis", axis.get()[0], "batch_dims", batchDims);
    return Lowered.to(emit.builtin("GATHER", options, params, indices));
  }
}
