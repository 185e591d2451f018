package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Ops on float16 and bfloat16 of which TensorFlow's kernels round each step: float32 builtins, each
 * result rounded by a CAST. The formulas are those of its kernels; on all finite operands the
 * results are the same bits, but for bfloat16 numbers below 1e-37, which TensorFlow takes for 0,
 * and some of float16 Softplus by the last bit.
 */
final class RoundedLowering implements Lowering {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_SCALE_ALPHA = 1.7580993408473768;

  @Override
  public Set<String> ops() {
    return Set.of(
        "AddN", "Elu", "LeakyRelu", "Selu", "Sigmoid", "Softplus", "Softsign", "SquaredDifference");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype != DType.FLOAT16 && dtype != DType.BFLOAT16) {
      return KernelTypes.decline(dtype);
    }
    RoundedMath m = new RoundedMath(emit, dtype);
    return switch (op.name()) {
      case "AddN" ->
          Lowered.to(op.operands().stream().reduce((x, y) -> sum(x, y, m)).orElseThrow());
      case "SquaredDifference" ->
          Broadcasts.apply(
              op.operand(0), op.operand(1), emit, (x, y) -> squaredDifference(x, y, m));
      default ->
          Lowered.to(
              Elementwise.apply(op.operand(0), emit, x -> m.result(ofOne(op, m.number(x), m))));
    };
  }

  private static Value sum(Value x, Value y, RoundedMath m) {
    return m.result(m.add(m.number(x), m.number(y)));
  }

  private static Value squaredDifference(Value x, Value y, RoundedMath m) {
    Value difference = m.subtract(m.number(x), m.number(y));
    return m.result(m.multiply(difference, difference));
  }

  private static Value ofOne(TfOp op, Value x, RoundedMath m) {
    return switch (op.name()) {
      case "Elu" -> m.select(m.less(x, 0), m.subtract(m.exp(x), m.number(1)), x);
      case "LeakyRelu" ->
          m.select(m.greater(x, 0), x, m.multiply(x, m.number(op.attributes().getFloat("alpha"))));
      case "Selu" -> {
        Value power = m.subtract(m.exp(x), m.number(1));
        yield m.select(
            m.less(x, 0),
            m.multiply(power, m.number(SELU_SCALE_ALPHA)),
            m.multiply(x, m.number(SELU_SCALE)));
      }
      case "Sigmoid" -> sigmoid(x, m);
      case "Softplus" -> softplus(x, m);
      default -> m.divide(x, m.add(m.abs(x), m.number(1)));
    };
  }

  /** eˣ / (1 + eˣ): near 0 one unit more than the rounded result for half of all numbers. */
  private static Value sigmoid(Value x, RoundedMath m) {
    // Where the power overflows the result is 1.
    Value power = m.finite(m.exp(x));
    return m.divide(power, m.add(power, m.number(1)));
  }

  /** x where that is large, eˣ where that is small, log(1 + eˣ) between. */
  private static Value softplus(Value x, RoundedMath m) {
    double bound = m.softplusBound();
    Value power = m.exp(x);
    Value between = m.logOfOnePlus(power);
    return m.select(m.greater(x, -bound), x, m.select(m.less(x, bound), power, between));
  }
}
