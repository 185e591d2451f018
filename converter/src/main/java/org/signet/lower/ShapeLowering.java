package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Rank, Shape, ShapeN and Size. */
final class ShapeLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Rank", "Shape", "ShapeN", "Size");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!op.dtype(0).isInTflite()) {
      return KernelTypes.decline(op.dtype(0));
    }
    DType type = op.attributes().getType("out_type", DType.INT32);
    return switch (op.name()) {
      case "Rank" -> Lowered.to(emit.builtin("RANK", op.operand(0)));
      case "Size" -> {
        Value shape = shape(op.operand(0), type, emit);
        Attributes options = Attributes.of("keep_dims", false);
        yield Lowered.to(emit.builtin("REDUCE_PROD", options, shape, emit.ints(0)));
      }
      default -> {
        List<Value> shapes = new ArrayList<>();
        op.operands().forEach(operand -> shapes.add(shape(operand, type, emit)));
        yield Lowered.to(shapes);
      }
    };
  }

  private static Value shape(Value value, DType type, Emitter emit) {
    return emit.builtin("SHAPE", Attributes.of("out_type", type.name()), value);
  }
}
