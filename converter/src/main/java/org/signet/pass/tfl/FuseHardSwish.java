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
    if (!Pattern.isPlain(match.node()) || match.node().result().type().dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    Pattern pattern = new Pattern(match);
    return source(match, pattern)
        .filter(pattern::keepsShape)
        .map(x -> List.of(match.emit("HARD_SWISH", Attributes.NONE, x)));
  }

  /** The x of which the operator gives the hard swish. */
  private static Optional<Value> source(Match match, Pattern pattern) {
    Value a = match.operand(0);
    Value b = match.operand(1);
    if (match.node().is("DIV")) {
      return pattern.isNumber(b, 6) ? product(pattern, a) : Optional.empty();
    }
    if (pattern.isNumber(b, SIXTH)) {
      return product(pattern, a);
    }
    if (pattern.isNumber(a, SIXTH)) {
      return product(pattern, b);
    }
    return sixth(pattern, b, a).or(() -> sixth(pattern, a, b));
  }

  /** The x of x · RELU6(x + 3). */
  private static Optional<Value> product(Pattern pattern, Value value) {
    return pattern
        .node(value, "MUL")
        .flatMap(node ->
            isGate(pattern, node.operand(1), node.operand(0))
                ? Optional.of(node.operand(0))
                : isGate(pattern, node.operand(0), node.operand(1))
                    ? Optional.of(node.operand(1))
                    : Optional.empty());
  }

  /** {@code x} if {@code value} is RELU6(x + 3) / 6. */
  private static Optional<Value> sixth(Pattern pattern, Value value, Value x) {
    boolean product =
        pattern
            .node(value, "MUL")
            .filter(node ->
                (pattern.isNumber(node.operand(1), SIXTH) && isGate(pattern, node.operand(0), x))
                    || (pattern.isNumber(node.operand(0), SIXTH)
                        && isGate(pattern, node.operand(1), x)))
            .isPresent();
    boolean quotient =
        pattern
            .node(value, "DIV")
            .filter(
                node -> pattern.isNumber(node.operand(1), 6) && isGate(pattern, node.operand(0), x))
            .isPresent();
    return product || quotient ? Optional.of(x) : Optional.empty();
  }

  /** Whether {@code value} is RELU6(x + 3). */
  private static boolean isGate(Pattern pattern, Value value, Value x) {
    if (!(value instanceof Value.Result result)) {
      return false;
    }
    Node node = result.producer();
    boolean fused =
        node.is("ADD")
            && node.attributes().getString(FusedActivation.OPTION, "NONE").equals("RELU6");
    return (fused
            ? Optional.of(node)
            : pattern.argument(value, "RELU6").flatMap(sum -> pattern.node(sum, "ADD")))
        .flatMap(sum -> pattern.besides(sum, 3))
        .filter(x::equals)
        .isPresent();
  }
}
