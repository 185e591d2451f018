package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * NonMaxSuppression V1 to V5. The kernels fill their results up with zeros; what TensorFlow gives
 * without padding is cut off at the number that was selected. Boxes that overlap exactly as much as
 * the threshold says suppress each other in the kernels only, so that the next larger number is
 * their threshold. Where boxes are scored down instead ("soft"), TensorFlow knows no threshold; the
 * kernel gets NaN for it, which no overlap reaches.
 */
final class SuppressionLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "NonMaxSuppression",
        "NonMaxSuppressionV2",
        "NonMaxSuppressionV3",
        "NonMaxSuppressionV4",
        "NonMaxSuppressionV5");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    boolean soft = op.name().endsWith("V5");
    Optional<Value> threshold =
        soft && emit.valueOf(op.operand(5)).filter(sigma -> sigma.getDouble(0) == 0).isEmpty()
            ? softThreshold(op, emit)
            : hardThreshold(op, emit);
    if (threshold.isEmpty()) {
      return Lowered.declined(
          "the kernel takes no threshold above 1, or it, or how far boxes are scored down, is not"
              + " known");
    }
    List<Value> operands = new ArrayList<>(op.operands().subList(0, 3));
    operands.add(threshold.get());
    operands.add(
        op.operands().size() > 4
            ? emit.cast(op.operand(4), DType.FLOAT32)
            : emit.scalar(Float.NEGATIVE_INFINITY));
    if (soft) {
      operands.add(op.operand(5));
    }
    int size = emit.intsOf(op.operand(2)).map(most -> most[0]).orElse(Shape.UNKNOWN);
    TensorType indices = TensorType.of(DType.INT32, Shape.of(size));
    TensorType count = TensorType.of(DType.INT32, Shape.scalar());
    List<Value> results =
        emit.builtins(
            soft ? "NON_MAX_SUPPRESSION_V5" : "NON_MAX_SUPPRESSION_V4",
            Attributes.NONE,
            operands,
            soft
                ? List.of(indices, indices.withDType(DType.FLOAT32), count)
                : List.of(indices, count));
    List<Value> cut = new ArrayList<>();
    boolean padded = op.attributes().getBoolean("pad_to_max_output_size", false);
    Value selected = emit.reshape(results.getLast(), Shape.of(1));
    for (Value result : results.subList(0, results.size() - 1)) {
      cut.add(padded ? result : emit.builtin("SLICE", result, emit.ints(0), selected));
    }
    cut.add(results.getLast());
    return Lowered.to(cut.subList(0, op.resultTypes().size()));
  }

  private static Optional<Value> softThreshold(TfOp op, Emitter emit) {
    return emit.valueOf(op.operand(5))
        .filter(sigma -> sigma.getDouble(0) > 0)
        .map(sigma -> emit.scalar(Float.NaN));
  }

  private static Optional<Value> hardThreshold(TfOp op, Emitter emit) {
    Value overlap =
        op.operands().size() > 3
            ? emit.cast(op.operand(3), DType.FLOAT32)
            : emit.scalar(op.attributes().getFloat("iou_threshold"));
    return emit.valueOf(overlap)
        .filter(most -> most.getDouble(0) < 1)
        .map(most -> nextUp(overlap, emit));
  }

  /** The smallest float32 above one that is not negative: its bits, and one more. */
  private static Value nextUp(Value number, Emitter emit) {
    // A negative zero has other bits; its sum with zero has not.
    Value bits = emit.bitcast(emit.builtin("ADD", number, emit.scalar(0f)), DType.INT32);
    return emit.bitcast(emit.builtin("ADD", bits, emit.scalar(1)), DType.FLOAT32);
  }
}
