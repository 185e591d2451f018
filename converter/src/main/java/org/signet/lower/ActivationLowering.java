package org.signet.lower;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Activations with options or of several builtins, and elementwise functions that are put together
 * of builtins.
 */
final class ActivationLowering implements Lowering {
  /** The highest rank that delegates' kernels take, too. */
  private static final int HIGHEST_RANK = 4;

  private static final float SELU_SCALE = 1.050701f;
  private static final float SELU_ALPHA = 1.6732632f;

  private static final Set<DType> INTEGERS = Set.of(DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of(
        "ClipByValue",
        "Inv",
        "IsNan",
        "LeakyRelu",
        "LogSoftmax",
        "Reciprocal",
        "Rint",
        "Selu",
        "Softmax");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value x = op.operand(0);
    if (op.name().equals("ClipByValue") && INTEGERS.contains(op.dtype(0))) {
      return Lowered.to(
          clipped(
              op,
              emit,
              value ->
                  emit.builtin(
                      "MAXIMUM", emit.builtin("MINIMUM", value, op.operand(2)), op.operand(1))));
    }
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return switch (op.name()) {
      case "ClipByValue" ->
          Lowered.to(
              clipped(
                  op,
                  emit,
                  value ->
                      bounded(
                          "MAXIMUM",
                          bounded("MINIMUM", value, op.operand(2), emit),
                          op.operand(1),
                          emit)));
      case "Inv", "Reciprocal" ->
          Lowered.to(
              Elementwise.apply(x, emit, value -> emit.builtin("DIV", emit.scalar(1f), value)));
      case "IsNan" -> Lowered.to(emit.builtin("NOT_EQUAL", x, x));
      case "LeakyRelu" ->
          Lowered.to(
              emit.builtin(
                  "LEAKY_RELU", Attributes.of("alpha", op.attributes().getFloat("alpha")), x));
      case "LogSoftmax" -> Lowered.to(logSoftmax(x, emit));
      case "Rint" -> Lowered.to(emit.builtin("ROUND", x));
      case "Selu" -> Lowered.to(Elementwise.apply(x, emit, value -> selu(value, emit)));
      default ->
          Lowered.to(
              byRows(x, emit, rows -> emit.builtin("SOFTMAX", Attributes.of("beta", 1f), rows)));
    };
  }

  /**
   * LOG_SOFTMAX, whose kernel divides by the last size. Where that may be 0, and then the tensor
   * holds nothing, it gets no rows of one number.
   */
  private static Value logSoftmax(Value x, Emitter emit) {
    Shape shape = x.type().shape();
    if (shape.hasRank() && shape.isKnown(shape.rank() - 1)) {
      return byRows(x, emit, rows -> emit.builtin("LOG_SOFTMAX", rows));
    }
    IntMath m = new IntMath(emit);
    Value width = m.larger(m.at(emit.shapeOf(x), -1), 1);
    Value rows = emit.builtin("RESHAPE", x, m.joined(emit.scalar(-1), width));
    return emit.reshapeLike(emit.builtin("LOG_SOFTMAX", rows), x);
  }

  /** Along the last dimension; those before it are merged where they are many. */
  private static Value byRows(Value x, Emitter emit, UnaryOperator<Value> function) {
    Shape shape = x.type().shape();
    if (!Broadcasts.isAbove(shape, HIGHEST_RANK) || !shape.isKnown(shape.rank() - 1)) {
      return function.apply(x);
    }
    Value rows = emit.reshape(x, Shape.of(Shape.UNKNOWN, shape.dim(-1)));
    return emit.reshapeLike(function.apply(rows), x);
  }

  /** The extreme of a value, which may be NaN, and a bound, which is none if it is NaN. */
  private static Value bounded(String builtin, Value value, Value bound, Emitter emit) {
    Value number =
        BroadcastLowering.isNumber(bound, emit)
            ? bound
            : emit.select(emit.builtin("NOT_EQUAL", bound, bound), value, bound);
    return BroadcastLowering.extremeOrNan(builtin, value, number, emit);
  }

  /** Bounds are scalars, which broadcast, or tensors of the operand's shape. */
  private static Value clipped(TfOp op, Emitter emit, UnaryOperator<Value> clip) {
    boolean scalars = op.shape(1).equals(Shape.scalar()) && op.shape(2).equals(Shape.scalar());
    return scalars ? Elementwise.apply(op.operand(0), emit, clip) : clip.apply(op.operand(0));
  }

  /**
   * scale * (relu(x) + alpha * elu(min(x, 0))): ELU is accurate near zero, where exp(x) - 1 is not.
   */
  private static Value selu(Value x, Emitter emit) {
    Value negative = emit.builtin("ELU", emit.builtin("MINIMUM", x, emit.scalar(0f)));
    Value sum =
        emit.builtin(
            "ADD", emit.builtin("RELU", x), emit.builtin("MUL", negative, emit.scalar(SELU_ALPHA)));
    return emit.builtin("MUL", sum, emit.scalar(SELU_SCALE));
  }
}
