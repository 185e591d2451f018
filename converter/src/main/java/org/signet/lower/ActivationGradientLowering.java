package org.signet.lower;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * Gradients of functions of single elements: one operand is the gradient by the function's result,
 * the other what the function was given, or its result.
 */
final class ActivationGradientLowering implements Lowering {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_SCALE_ALPHA = 1.7580993408473768;

  /** What the gradient becomes. */
  private interface Formula {
    /**
     * @param a operand 0
     * @param b operand 1
     */
    Value of(Value a, Value b, Attributes attributes, FloatMath m);
  }

  private final Map<String, Formula> formulas =
      new TreeMap<>(
          Map.ofEntries(
              // Gradient and result of the function.
              Map.entry(
                  "EluGrad",
                  (g, y, at, m) -> m.select(m.less(y, 0), m.multiply(g, m.add(y, 1)), g)),
              Map.entry(
                  "SeluGrad",
                  (g, y, at, m) ->
                      m.select(
                          m.less(y, 0),
                          m.multiply(g, m.add(y, SELU_SCALE_ALPHA)),
                          m.multiply(g, SELU_SCALE))),
              // Gradient and operand of the function.
              Map.entry("ReluGrad", (g, x, at, m) -> m.select(m.greater(x, 0), g, m.zeros(g))),
              Map.entry(
                  "Relu6Grad",
                  (g, x, at, m) -> m.select(m.both(m.greater(x, 0), m.less(x, 6)), g, m.zeros(g))),
              Map.entry(
                  "LeakyReluGrad",
                  (g, x, at, m) ->
                      m.select(m.greater(x, 0), g, m.multiply(g, at.getFloat("alpha", 0.2f)))),
              Map.entry("SoftplusGrad", (g, x, at, m) -> m.divide(g, m.add(m.exp(m.negate(x)), 1))),
              Map.entry(
                  "SoftsignGrad", (g, x, at, m) -> m.divide(g, m.squared(m.add(m.abs(x), 1)))),
              // Result of the function and gradient.
              Map.entry("InvGrad", (y, g, at, m) -> m.multiply(m.negate(g), m.squared(y))),
              Map.entry("ReciprocalGrad", (y, g, at, m) -> m.multiply(m.negate(g), m.squared(y))),
              Map.entry(
                  "RsqrtGrad",
                  (y, g, at, m) -> m.multiply(m.multiply(g, -0.5), m.multiply(m.squared(y), y))),
              Map.entry(
                  "SigmoidGrad", (y, g, at, m) -> m.multiply(m.multiply(g, m.subtract(1, y)), y)),
              Map.entry("SqrtGrad", (y, g, at, m) -> m.divide(m.multiply(g, 0.5), y)),
              Map.entry(
                  "TanhGrad", (y, g, at, m) -> m.multiply(g, m.subtract(1, m.multiply(y, y))))));

  @Override
  public Set<String> ops() {
    return formulas.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Formula formula = formulas.get(op.name());
    if (formula == null || op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return Lowered.to(
        Elementwise.apply(
            op.operand(0),
            op.operand(1),
            emit,
            (a, b) -> formula.of(a, b, op.attributes(), new FloatMath(emit))));
  }
}
