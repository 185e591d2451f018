package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   MUL(MUL(x, RELU6(ADD(x, 3))), 1/6)  →  HARD_SWISH(x)
 *   DIV(MUL(x, RELU6(ADD(x, 3))), 6)    →  HARD_SWISH(x)
 *   MUL(x, MUL(RELU6(ADD(x, 3)), 1/6))  →  HARD_SWISH(x)
 * </pre>
 *
 * with the operands of the commutative ops in either order.
 */
final class FuseHardSwish implements Rule {
  private static final float SIXTH = 1 / 6f;

  @Override
  public Set<String> anchors() {
    return Set.of("DIV", "MUL");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (!isPlain(match.node()) || match.node().result().type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    return source(match).map(x -> List.of(match.emit("HARD_SWISH", Attributes.NONE, x)));
  }

  private static boolean isPlain(Node node) {
    return node.attributes().getString(FusedActivation.OPTION, "NONE").equals("NONE");
  }

  /** The x of which the operator gives the hard swish. */
  private static Optional<Value> source(Match match) {
    Value a = match.operand(0);
    Value b = match.operand(1);
    if (match.node().is("DIV")) {
      return isNumber(match, b, 6) ? product(match, a) : Optional.empty();
    }
    if (isNumber(match, b, SIXTH)) {
      return product(match, a);
    }
    if (isNumber(match, a, SIXTH)) {
      return product(match, b);
    }
    return sixth(match, b, a).or(() -> sixth(match, a, b));
  }

  /** The x of x · RELU6(x + 3). */
  private static Optional<Value> product(Match match, Value value) {
    return producer(value, "MUL")
        .flatMap(node ->
            isGate(match, node.operand(1), node.operand(0))
                ? Optional.of(node.operand(0))
                : isGate(match, node.operand(0), node.operand(1))
                    ? Optional.of(node.operand(1))
                    : Optional.empty());
  }

  /** {@code x} if {@code value} is RELU6(x + 3) / 6. */
  private static Optional<Value> sixth(Match match, Value value, Value x) {
    boolean product =
        producer(value, "MUL")
            .filter(node ->
                (isNumber(match, node.operand(1), SIXTH) && isGate(match, node.operand(0), x))
                    || (isNumber(match, node.operand(0), SIXTH)
                        && isGate(match, node.operand(1), x)))
            .isPresent();
    boolean quotient =
        producer(value, "DIV")
            .filter(
                node -> isNumber(match, node.operand(1), 6) && isGate(match, node.operand(0), x))
            .isPresent();
    return product || quotient ? Optional.of(x) : Optional.empty();
  }

  /** Whether {@code value} is RELU6(x + 3). */
  private static boolean isGate(Match match, Value value, Value x) {
    if (!(value instanceof Value.Result result)) {
      return false;
    }
    Node node = result.producer();
    if (node.is("RELU6")) {
      return producer(node.operand(0), "ADD").filter(sum -> isSum(match, sum, x)).isPresent();
    }
    return node.is("ADD")
        && node.attributes().getString(FusedActivation.OPTION, "NONE").equals("RELU6")
        && isSum(match, node, x);
  }

  private static boolean isSum(Match match, Node sum, Value x) {
    return (sum.operand(0) == x && isNumber(match, sum.operand(1), 3))
        || (sum.operand(1) == x && isNumber(match, sum.operand(0), 3));
  }

  private static Optional<Node> producer(Value value, String builtin) {
    return value instanceof Value.Result result
            && result.producer().is(builtin)
            && isPlain(result.producer())
        ? Optional.of(result.producer())
        : Optional.empty();
  }

  /** Whether a value is this number, up to its last bit; of a shape that broadcasts nothing. */
  private static boolean isNumber(Match match, Value value, float number) {
    return value instanceof Value.Constant
        && value.type().dtype() == DType.FLOAT32
        && value.type().shape().rank() == 0
        && match
            .valueOf(value)
            .filter(tensor -> Math.abs(tensor.floats()[0] - number) <= Math.ulp(number))
            .isPresent();
  }
}
