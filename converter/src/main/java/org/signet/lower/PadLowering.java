package org.signet.lower;

import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/** Pad, PadV2 and MirrorPad. */
final class PadLowering implements Lowering {
  private static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> ops() {
    return Set.of("MirrorPad", "Pad", "PadV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank() || shape.rank() > HIGHEST_RANK || shape.rank() == 0) {
      return Lowered.declined("the kernel takes ranks to " + HIGHEST_RANK);
    }
    return switch (op.name()) {
      case "Pad" -> Lowered.to(emit.builtin("PAD", op.operand(0), op.operand(1)));
      case "PadV2" ->
          Lowered.to(emit.builtin("PADV2", op.operand(0), op.operand(1), op.operand(2)));
      default ->
          Lowered.to(
              emit.builtin(
                  "MIRROR_PAD",
                  Attributes.of("mode", op.attributes().getString("mode")),
                  op.operand(0),
                  op.operand(1)));
    };
  }
}
