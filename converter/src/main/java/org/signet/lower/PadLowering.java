package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Pad, PadV2 and MirrorPad; above the rank that the kernels take, axis by axis. */
final class PadLowering implements Lowering {
  private static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> ops() {
    return Set.of("MirrorPad", "Pad", "PadV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean mirrored = op.name().equals("MirrorPad");
    if (!(mirrored ? KernelTypes.MOVED : KernelTypes.MOVED_OR_BOOL).contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    if (shape.rank() == 0) {
      return Lowered.to(op.operand(0));
    }
    if (shape.rank() <= HIGHEST_RANK) {
      return Lowered.to(pad(op, op.operand(0), op.operand(1), emit));
    }
    AxisByAxis steps = new AxisByAxis(op.operand(0), emit);
    Optional<int[]> known = emit.intsOf(op.operand(1));
    Value amounts = emit.cast(op.operand(1), DType.INT32);
    for (int axis = 0; axis < shape.rank(); axis++) {
      int row = axis;
      if (known.isEmpty() || known.get()[2 * axis] != 0 || known.get()[2 * axis + 1] != 0) {
        steps.along(axis, three -> pad(op, three, middleRow(amounts, row, emit), emit));
      }
    }
    return Lowered.to(steps.result());
  }

  private static Value pad(TfOp op, Value value, Value amounts, Emitter emit) {
    return switch (op.name()) {
      case "Pad" -> emit.builtin("PAD", value, amounts);
      case "PadV2" -> emit.builtin("PADV2", value, amounts, op.operand(2));
      default ->
          emit.builtin(
              "MIRROR_PAD",
              Attributes.of("mode", op.attributes().getString("mode")),
              value,
              amounts);
    };
  }

  /** The amounts of three dimensions of which only the middle one is padded, by this row. */
  private static Value middleRow(Value amounts, int row, Emitter emit) {
    Value one = emit.builtin("SLICE", amounts, emit.ints(row, 0), emit.ints(1, 2));
    Value none = emit.constant(Tensor.of(new int[2], 1, 2));
    return emit.concat(0, none, one, none);
  }
}
