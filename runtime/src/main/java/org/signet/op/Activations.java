package org.signet.op;

import java.util.List;

/** Activation functions: RELU and its kin, LOGISTIC, TANH, ELU, PRELU, HARD_SWISH, GELU. */
public final class Activations {
  private Activations() {}

  public static final UnaryFunction RELU =
      UnaryFunction.of(x -> x < 0 ? 0 : x, x -> Math.max(x, 0));
  public static final UnaryFunction RELU6 = between(0, 6);
  public static final UnaryFunction ELU = UnaryFunction.ofReals(x -> x < 0 ? Math.expm1(x) : x);

  private static final Prepared LEAKY_RELU =
      Prepared.of(call -> {
        float alpha = call.attributes().getFloat("alpha");
        return UnaryFunction.ofReals(x -> x > 0 ? x : alpha * x)::evaluate;
      });
  private static final BinaryFunction PRELU =
      BinaryFunction.ofReals((x, alpha) -> x >= 0 ? x : x * alpha)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              float value = a[k];
              out[k] = value >= 0 ? value : value * b[k];
            }
          });
  private static final UnaryFunction HARD_SWISH =
      UnaryFunction.ofReals(x -> x * Math.clamp(x + 3, 0.0, 6.0) / 6);
  private static final UnaryFunction GELU =
      UnaryFunction.ofReals(x -> 0.5 * x * SpecialFunctions.erfc(-x / Math.sqrt(2)));
  private static final UnaryFunction GELU_APPROXIMATE =
      UnaryFunction.ofReals(
          x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));

  static List<OpDefinition> definitions() {
    return List.of(
        unary("RELU", RELU).accurate(Accuracy.EXACT),
        unary("RELU6", RELU6).accurate(Accuracy.EXACT),
        unary("RELU_N1_TO_1", between(-1, 1)).accurate(Accuracy.EXACT),
        unary("RELU_0_TO_1", between(0, 1)).accurate(Accuracy.EXACT),
        OpDefinition.builtin("LEAKY_RELU", Shapes.SAME, Activations::leakyRelu)
            .limited(Limits.all(ElementKind.FLOATS)),
        OpDefinition.builtin("PRELU", Shapes.BROADCAST, Activations::prelu)
            .limited(Limits.all(ElementKind.FLOATS))
            .limited(use ->
                Shapes.require(
                    use.dtype(0) == use.dtype(1),
                    "slopes of %s for %s",
                    use.dtype(1),
                    use.dtype(0))),
        unary("ELU", ELU).accurate(Accuracy.APPROXIMATE),
        unary("LOGISTIC", UnaryFunctions.LOGISTIC).accurate(Accuracy.APPROXIMATE),
        unary("TANH", UnaryFunctions.TANH).accurate(Accuracy.APPROXIMATE),
        unary("HARD_SWISH", HARD_SWISH),
        OpDefinition.builtin("GELU", Shapes.SAME, Activations::gelu)
            .limited(Limits.all(ElementKind.FLOATS))
            .accurate(Accuracy.APPROXIMATE));
  }

  private static OpDefinition unary(String name, UnaryFunction function) {
    return OpDefinition.builtin(name, Shapes.SAME, function::evaluate).limited(function.limits());
  }

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  private static UnaryFunction between(int min, int max) {
    return UnaryFunction.of(
        x -> x < min ? min : x > max ? max : x, x -> x < min ? min : x > max ? max : x);
  }

  /** Attribute {@code alpha}: the slope below zero. */
  public static void leakyRelu(OpCall call) {
    LEAKY_RELU.evaluate(call);
  }

  /** Operand 1: the slopes below zero, broadcast to operand 0. */
  private static void prelu(OpCall call) {
    PRELU.evaluate(call);
  }

  /** Option {@code approximate}: by tanh instead of the error function. */
  private static void gelu(OpCall call) {
    (call.attributes().getBoolean("approximate", false) ? GELU_APPROXIMATE : GELU).evaluate(call);
  }
}
