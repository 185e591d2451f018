package org.signet.lower;

import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** ReverseSequence. */
final class SequenceLowering implements Lowering {
  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.UINT8, DType.INT16, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("ReverseSequence");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Attributes options =
        Attributes.of(
            "seq_dim", op.attributes().getInt("seq_dim"),
            "batch_dim", op.attributes().getInt("batch_dim", 0));
    return Lowered.to(emit.builtin("REVERSE_SEQUENCE", options, op.operand(0), op.operand(1)));
  }
}
