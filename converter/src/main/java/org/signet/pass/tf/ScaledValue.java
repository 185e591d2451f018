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

  static ScaledValue of(Value value, Match match) {
    if (value instanceof Value.Result result) {
      Node node = result.producer();
      switch (node.op().name()) {
        case "Neg" -> {
          return of(node.operand(0), match).times(-1);
        }
        case "Mul" -> {
          Optional<Double> left = scalar(node.operand(0), match);
          Optional<Double> right = scalar(node.operand(1), match);
          if (left.isPresent() || right.isPresent()) {
            Value other = node.operand(left.isPresent() ? 1 : 0);
            return of(other, match).times(left.or(() -> right).orElseThrow());
          }
        }
        case "RealDiv", "Div" -> {
          Optional<Double> divisor = scalar(node.operand(1), match);
          if (divisor.isPresent()) {
            return of(node.operand(0), match).times(1 / divisor.get());
          }
        }
        default -> {}
      }
    }
    return new ScaledValue(value, 1);
  }

  private ScaledValue times(double more) {
    return new ScaledValue(root, factor * more);
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
