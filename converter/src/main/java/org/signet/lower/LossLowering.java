package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Losses and norms, which some models compute when they run. */
final class LossLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "EuclideanNorm",
        "L2Loss",
        "SoftmaxCrossEntropyWithLogits",
        "SparseSoftmaxCrossEntropyWithLogits");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    FloatMath m = new FloatMath(emit);
    Value x = op.operand(0);
    return switch (op.name()) {
      case "EuclideanNorm" -> {
        Attributes keep = Attributes.of("keep_dims", op.attributes().getBoolean("keep_dims"));
        Value squares = emit.builtin("SQUARE", x);
        yield Lowered.to(
            m.sqrt(emit.builtin("SUM", keep, squares, emit.cast(op.operand(1), DType.INT32))));
      }
      case "L2Loss" -> {
        Value flat = emit.reshape(x, Shape.of(Shape.UNKNOWN));
        yield Lowered.to(m.multiply(sum(emit.builtin("SQUARE", flat), 0, emit), 0.5));
      }
      case "SparseSoftmaxCrossEntropyWithLogits" -> sparse(op, m, emit);
      default -> dense(op, m, emit);
    };
  }

  private static Value sum(Value x, int axis, Emitter emit) {
    return emit.builtin("SUM", Attributes.of("keep_dims", false), x, emit.ints(axis));
  }

  private static Value softmax(Value x, Emitter emit) {
    return emit.builtin("SOFTMAX", Attributes.of("beta", 1f), x);
  }

  /** −Σ labels · log softmax(x), where a label of 0 counts nothing; and softmax(x) − labels. */
  private static Lowered dense(TfOp op, FloatMath m, Emitter emit) {
    Value labels = op.operand(1);
    if (!op.shape(0).hasRank() || !op.shape(0).equals(op.shape(1))) {
      return Lowered.declined("the shapes are not the same");
    }
    Value x = op.operand(0);
    Value each = m.multiply(labels, m.negate(emit.builtin("LOG_SOFTMAX", x)));
    Value counted = m.select(m.equal(labels, 0), emit.builtin("ZEROS_LIKE", x), each);
    return Lowered.to(sum(counted, 1, emit), m.subtract(softmax(x, emit), labels));
  }

  private static Lowered sparse(TfOp op, FloatMath m, Emitter emit) {
    if (!op.shape(0).hasRank() || op.shape(0).dim(-1) == Shape.UNKNOWN) {
      return Lowered.declined("the number of classes is not known");
    }
    Value x = op.operand(0);
    Value labels = emit.cast(op.operand(1), DType.INT32);
    Value chosen =
        emit.builtin(
            "GATHER",
            Attributes.of("axis", 1, "batch_dims", 1),
            emit.builtin("LOG_SOFTMAX", x),
            emit.reshape(labels, Shape.of(Shape.UNKNOWN, 1)));
    Value loss = emit.reshape(m.negate(chosen), Shape.of(Shape.UNKNOWN));
    Value hot =
        emit.builtin(
            "ONE_HOT",
            Attributes.of("axis", -1),
            labels,
            emit.scalar(op.shape(0).dim(-1)),
            emit.scalar(1f),
            emit.scalar(0f));
    return Lowered.to(loss, m.subtract(softmax(x, emit), hot));
  }
}
