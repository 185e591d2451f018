package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   0.5 x * erfc(-x / √2)                                →  GELU(x)
 *   0.5 x * (1 + erf(x / √2))                            →  GELU(x)
 *   0.5 x * (1 + tanh(√(2/π) * (x + 0.044715 x³)))       →  GELU(x) {approximate=true}
 *   0.5 x * (1 + tanh(√(2/π) x * (1 + 0.044715 x²)))     →  GELU(x) {approximate=true}
 * </pre>
 *
 * with the factors in any order (Hendrycks and Gimpel, "Gaussian Error Linear Units").
 */
public final class FuseGelu implements Rule {
  private static final double CUBE_FACTOR = 0.044715;
  private static final double ROOT_TWO_BY_PI = Math.sqrt(2 / Math.PI);

  @Override
  public Set<String> anchors() {
    return Set.of("Mul");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (match.node().result().type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    return gelu(match, 0, 1)
        .or(() -> gelu(match, 1, 0))
        .or(() -> halved(match, 0, 1))
        .or(() -> halved(match, 1, 0));
  }

  /** (0.5 x) * gate(x). */
  private static Optional<List<Value>> gelu(Match match, int linear, int gate) {
    ScaledValue x = ScaledValue.of(match.operand(linear), match);
    return fuse(match, x.root(), x.factor(), match.operand(gate));
  }

  /** 0.5 * (x * gate(x)). */
  private static Optional<List<Value>> halved(Match match, int half, int product) {
    Optional<Double> factor = ScaledValue.scalar(match.operand(half), match);
    Optional<Node> inner = match.producer(product).filter(node -> isTf(node, "Mul"));
    if (factor.isEmpty() || inner.isEmpty()) {
      return Optional.empty();
    }
    Value a = inner.get().operand(0);
    Value b = inner.get().operand(1);
    return fuse(match, a, factor.get(), b).or(() -> fuse(match, b, factor.get(), a));
  }

  private static Optional<List<Value>> fuse(Match match, Value x, double factor, Value gate) {
    ScaledValue scaledGate = ScaledValue.of(gate, match);
    if (!new ScaledValue(x, factor * scaledGate.factor()).isFactor(0.5)
        || !(scaledGate.root() instanceof Value.Result result)
        || !x.type().shape().equals(match.node().result().type().shape())) {
      return Optional.empty();
    }
    return approximation(match, x, result.producer())
        .map(tanh -> List.of(match.emit("GELU", Attributes.of("approximate", tanh), x)));
  }

  /** Which form of the gate this is: by tanh, or exact; empty if it is none. */
  private static Optional<Boolean> approximation(Match match, Value x, Node gate) {
    if (isTf(gate, "Erfc")) {
      return ScaledValue.of(gate.operand(0), match).is(x, -Math.sqrt(0.5))
          ? Optional.of(false)
          : Optional.empty();
    }
    return plusOne(match, gate)
        .filter(Value.Result.class::isInstance)
        .map(value -> ((Value.Result) value).producer())
        .flatMap(node -> {
          ScaledValue argument =
              ScaledValue.of(node.operands().isEmpty() ? Value.ABSENT : node.operand(0), match);
          if (isTf(node, "Erf") && argument.is(x, Math.sqrt(0.5))) {
            return Optional.of(false);
          }
          boolean tanh =
              isTf(node, "Tanh")
                  && ((argument.isFactor(ROOT_TWO_BY_PI) && isCubic(match, x, argument.root()))
                      || isFactored(match, x, argument));
          return tanh ? Optional.of(true) : Optional.empty();
        });
  }

  /** What {@code node} adds one to. */
  private static Optional<Value> plusOne(Match match, Node node) {
    if (!isTf(node, "AddV2") && !isTf(node, "Add")) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      if (ScaledValue.scalar(node.operand(i), match).filter(value -> value == 1).isPresent()) {
        return Optional.of(node.operand(1 - i));
      }
    }
    return Optional.empty();
  }

  /** Whether {@code value} is x + 0.044715 x³. */
  private static boolean isCubic(Match match, Value x, Value value) {
    if (!(value instanceof Value.Result result)
        || !(isTf(result.producer(), "AddV2") || isTf(result.producer(), "Add"))) {
      return false;
    }
    Node sum = result.producer();
    for (int i = 0; i < 2; i++) {
      ScaledValue cube = ScaledValue.of(sum.operand(1 - i), match);
      if (sum.operand(i) == x && cube.isFactor(CUBE_FACTOR) && isCube(match, x, cube.root())) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code value} is √(2/π) x (1 + 0.044715 x²), the constants in either factor. */
  private static boolean isFactored(Match match, Value x, ScaledValue value) {
    if (!(value.root() instanceof Value.Result result) || !isTf(result.producer(), "Mul")) {
      return false;
    }
    for (int i = 0; i < 2; i++) {
      ScaledValue linear = ScaledValue.of(result.producer().operand(i), match);
      ScaledValue even = ScaledValue.of(result.producer().operand(1 - i), match);
      double factor = value.factor() * linear.factor() * even.factor();
      if (linear.root() == x
          && constantBesideSquare(match, x, even.root())
              .filter(one -> new ScaledValue(x, factor * one).isFactor(ROOT_TWO_BY_PI))
              .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The c of c (1 + 0.044715 x²). */
  private static Optional<Double> constantBesideSquare(Match match, Value x, Value value) {
    if (!(value instanceof Value.Result result)
        || !(isTf(result.producer(), "AddV2") || isTf(result.producer(), "Add"))) {
      return Optional.empty();
    }
    Node sum = result.producer();
    for (int i = 0; i < 2; i++) {
      Optional<Double> constant = ScaledValue.scalar(sum.operand(i), match);
      ScaledValue square = ScaledValue.of(sum.operand(1 - i), match);
      if (constant.filter(c -> square.isFactor(c * CUBE_FACTOR)).isPresent()
          && isSquareOrPower(match, x, square.root())) {
        return constant;
      }
    }
    return Optional.empty();
  }

  private static boolean isSquareOrPower(Match match, Value x, Value value) {
    return isSquare(x, value)
        || (value instanceof Value.Result result
            && isTf(result.producer(), "Pow")
            && result.producer().operand(0) == x
            && ScaledValue.scalar(result.producer().operand(1), match)
                .filter(power -> power == 2)
                .isPresent());
  }

  private static boolean isCube(Match match, Value x, Value value) {
    if (!(value instanceof Value.Result result)) {
      return false;
    }
    Node node = result.producer();
    if (isTf(node, "Pow")) {
      return node.operand(0) == x
          && ScaledValue.scalar(node.operand(1), match).filter(p -> p == 3).isPresent();
    }
    return isTf(node, "Mul")
        && ((node.operand(0) == x && isSquare(x, node.operand(1)))
            || (node.operand(1) == x && isSquare(x, node.operand(0))));
  }

  private static boolean isSquare(Value x, Value value) {
    return value instanceof Value.Result result
        && ((isTf(result.producer(), "Square") && result.producer().operand(0) == x)
            || (isTf(result.producer(), "Mul")
                && result.producer().operand(0) == x
                && result.producer().operand(1) == x));
  }

  private static boolean isTf(Node node, String name) {
    return node.op().isTf() && node.op().name().equals(name);
  }
}
