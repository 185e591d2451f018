package org.signet.pass.tf;

import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A value seen as another one times a constant: products and quotients with float32 scalars and
 * negations are looked through.
 *
 * @param root what is scaled
 * @param factor by what
 */
record ScaledValue(Value root, double factor) {
  private static final double TOLERANCE = 1e-6;

  /** Longer chains are no part of a formula. */
  private static final int MOST_FACTORS = 8;

  static ScaledValue of(Value value, Match match) {
    ScaledValue scaled = new ScaledValue(value, 1);
    for (int i = 0; i < MOST_FACTORS; i++) {
      Optional<ScaledValue> inner = scaled.inner(match);
      if (inner.isEmpty()) {
        return scaled;
      }
      scaled = inner.get();
    }
    return scaled;
  }

  /** The same, one op further back. */
  private Optional<ScaledValue> inner(Match match) {
    if (!(root instanceof Value.Result result)) {
      return Optional.empty();
    }
    Node node = result.producer();
    return switch (node.op().name()) {
      case "Neg" -> Optional.of(of(node.operand(0), -1));
      case "Mul" ->
          scalar(node.operand(0), match)
              .map(left -> of(node.operand(1), left))
              .or(() -> scalar(node.operand(1), match).map(right -> of(node.operand(0), right)));
      case "RealDiv", "Div" ->
          scalar(node.operand(1), match).map(divisor -> of(node.operand(0), 1 / divisor));
      default -> Optional.empty();
    };
  }

  private ScaledValue of(Value inner, double more) {
    return new ScaledValue(inner, factor * more);
  }

  /** Whether this is {@code value} times {@code wanted}, as exactly as float32 constants say it. */
  boolean is(Value value, double wanted) {
    return root == value && isFactor(wanted);
  }

  boolean isFactor(double wanted) {
    return Math.abs(factor - wanted) <= TOLERANCE * Math.abs(wanted);
  }

  /** The value of a float32 constant of one element that broadcasts to anything. */
  static Optional<Double> scalar(Value value, Match match) {
    return value instanceof Value.Constant && value.type().shape().elements() == 1
        ? match
            .valueOf(value)
            .filter(t -> t.dtype() == DType.FLOAT32 && t.rank() == 0)
            .map(ScaledValue::first)
        : Optional.empty();
  }

  private static double first(Tensor tensor) {
    return tensor.floats()[0];
  }
}
