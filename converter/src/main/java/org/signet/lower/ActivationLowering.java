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
                      BroadcastLowering.extremeOrNan(
                          "MAXIMUM",
                          BroadcastLowering.extremeOrNan("MINIMUM", value, op.operand(2), emit),
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
      case "LogSoftmax" -> Lowered.to(emit.builtin("LOG_SOFTMAX", x));
      case "Rint" -> Lowered.to(emit.builtin("ROUND", x));
      case "Selu" -> Lowered.to(Elementwise.apply(x, emit, value -> selu(value, emit)));
      default -> Lowered.to(emit.builtin("SOFTMAX", Attributes.of("beta", 1f), x));
    };
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
