package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.Shapes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   SUB(RELU(x), MUL(a, RELU(NEG(x))))                  →  PRELU(x, a)
 *   ADD(RELU(x), MUL(−a, RELU(NEG(x))))                 →  PRELU(x, a)
 *   ADD(RELU(x), MUL(a, MINIMUM(x, 0)))                 →  PRELU(x, a)
 *   ADD(RELU(x), MUL(a / 2, SUB(x, ABS(x))))            →  PRELU(x, a)
 *   SELECT(GREATER(x, 0), x, MUL(x, a))                 →  PRELU(x, a)
 *   SELECT(LESS(x, 0), MUL(x, a), x)                    →  PRELU(x, a)
 *   SELECT(NOT_EQUAL(x, x), x, MAXIMUM(x, MUL(x, a)))   →  PRELU(x, a) where 0 &lt; a ≤ 1
 * </pre>
 *
 * with the operands of the commutative ops in either order; LEAKY_RELU where {@code a} is one
 * number. The last form is that in which a maximum is lowered which keeps NaN; for other factors it
 * is another function. Of +∞ the fourth form is NaN, ∞ − ∞, and the operator +∞.
 */
final class FuseLeakyRelu implements Rule {
  /** PRELU's kernel broadcasts to this rank. */
  private static final int HIGHEST_RANK = 4;

  private static final Attributes NO_ACTIVATION = Attributes.of(FusedActivation.OPTION, "NONE");

  @Override
  public Set<String> anchors() {
    return Set.of("ADD", "SELECT", "SELECT_V2", "SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape shape = match.node().result().type().shape();
    if (match.node().result().type().dtype() != DType.FLOAT32
        || !shape.hasRank()
        || !Pattern.isPlain(match.node())) {
      return Optional.empty();
    }
    return switch (match.node().op().name()) {
      case "ADD" -> ofParts(match, 0, 1, 1).or(() -> ofParts(match, 1, 0, 1));
      case "SUB" -> ofParts(match, 0, 1, -1);
      default -> selected(match);
    };
  }

  /** RELU(x) ± a product with what x has below 0. */
  private static Optional<List<Value>> ofParts(Match match, int positive, int negative, int sign) {
    Pattern pattern = new Pattern(match);
    Optional<Value> x = pattern.argument(match.operand(positive), "RELU");
    Optional<Node> product = pattern.node(match.operand(negative), "MUL");
    if (x.isEmpty() || product.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Optional<Integer> scale = belowZero(pattern, product.get().operand(i), x.get());
      Value factor = product.get().operand(1 - i);
      if (scale.isPresent() && factor instanceof Value.Constant) {
        Value constant =
            match.constant(
                match.node().name() + "/sign", Tensor.scalar((float) sign * scale.get()));
        return emit(match, x.get(), match.emit("MUL", NO_ACTIVATION, factor, constant));
      }
    }
    return Optional.empty();
  }

  /** How often a value is the smaller of x and 0: −1 times for RELU(−x), twice for x − |x|. */
  private static Optional<Integer> belowZero(Pattern pattern, Value value, Value x) {
    Optional<Value> mirrored =
        pattern.argument(value, "RELU").flatMap(relu -> pattern.argument(relu, "NEG"));
    if (mirrored.filter(x::equals).isPresent()) {
      return Optional.of(-1);
    }
    Optional<Value> bounded =
        pattern.node(value, "MINIMUM").flatMap(node -> pattern.besides(node, 0));
    if (bounded.filter(x::equals).isPresent()) {
      return Optional.of(1);
    }
    return pattern
        .node(value, "SUB")
        .filter(node -> node.operand(0) == x)
        .flatMap(node -> pattern.argument(node.operand(1), "ABS"))
        .filter(x::equals)
        .map(_ -> 2);
  }

  private static Optional<List<Value>> selected(Match match) {
    Pattern pattern = new Pattern(match);
    Optional<Node> condition =
        pattern.node(
            match.operand(0), "GREATER", "GREATER_EQUAL", "LESS", "LESS_EQUAL", "NOT_EQUAL");
    Value whenTrue = match.operand(1);
    Value whenFalse = match.operand(2);
    if (condition.isEmpty()) {
      return Optional.empty();
    }
    Value left = condition.get().operand(0);
    Value right = condition.get().operand(1);
    if (condition.get().is("NOT_EQUAL")) {
      return left == right && left == whenTrue
          ? pattern.node(whenFalse, "MAXIMUM").flatMap(node -> largerOf(match, node, whenTrue))
          : Optional.empty();
    }
    boolean zeroFirst = pattern.isNumber(left, 0);
    boolean positive = condition.get().op().name().startsWith("GREATER") != zeroFirst;
    Value x = positive ? whenTrue : whenFalse;
    boolean fits = zeroFirst ? x == right : x == left && pattern.isNumber(right, 0);
    return fits
        ? slope(pattern, positive ? whenFalse : whenTrue, x).flatMap(slope -> emit(match, x, slope))
        : Optional.empty();
  }

  private static Optional<List<Value>> largerOf(Match match, Node maximum, Value one) {
    return Pattern.besides(maximum, one)
        .flatMap(other -> larger(match, one, other).or(() -> larger(match, other, one)));
  }

  /** The larger of x and its product, or nothing if it is none. */
  private static Optional<List<Value>> larger(Match match, Value x, Value product) {
    return slope(new Pattern(match), product, x)
        .filter(slope -> match.valueOf(slope).filter(FuseLeakyRelu::isFlat).isPresent())
        .flatMap(slope -> emit(match, x, slope));
  }

  /** Whether all slopes are such that the larger of x and its product with it is the positive. */
  private static boolean isFlat(Tensor slopes) {
    for (int i = 0; i < slopes.size(); i++) {
      if (!(slopes.floats()[i] > 0 && slopes.floats()[i] <= 1)) {
        return false;
      }
    }
    return true;
  }

  /** The constant that {@code value} is x times. */
  private static Optional<Value> slope(Pattern pattern, Value value, Value x) {
    return pattern
        .node(value, "MUL")
        .flatMap(node -> Pattern.besides(node, x))
        .filter(Value.Constant.class::isInstance);
  }

  private static Optional<List<Value>> emit(Match match, Value x, Value slope) {
    Pattern pattern = new Pattern(match);
    Optional<Float> number = pattern.number(slope);
    // Nothing times an infinite slope is NaN; the operators multiply only what is below zero.
    boolean finite = match.valueOf(slope).filter(WeightedOperator::isFinite).isPresent();
    if (!finite || !pattern.keepsShape(x)) {
      return Optional.empty();
    }
    if (number.isPresent()) {
      Attributes alpha = Attributes.of("alpha", number.get());
      return Optional.of(List.of(match.emit("LEAKY_RELU", alpha, x)));
    }
    Shape shape = x.type().shape();
    boolean fits =
        shape.rank() <= HIGHEST_RANK && Shapes.broadcast(shape, slope.type().shape()).equals(shape);
    return fits
        ? Optional.of(List.of(match.emit("PRELU", Attributes.NONE, x, slope)))
        : Optional.empty();
  }
}
