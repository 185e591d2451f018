package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/**
 * <pre>
 *   NEG(NEG(x))              →  x
 *   ADD(x, NEG(y))           →  SUB(x, y)
 *   SUB(x, NEG(y))           →  ADD(x, y)
 *   SQUARE(ABS(x))           →  SQUARE(x)
 *   SQUARE(NEG(x))           →  SQUARE(x)
 *   ABS(NEG(x))              →  ABS(x)
 *   LOGICAL_NOT(EQUAL(x, y)) →  NOT_EQUAL(x, y)     and the other way round
 *   LOGICAL_NOT(LOGICAL_NOT(x)) →  x
 *   SELECT(c, x, x)          →  x
 *   LOGICAL_AND(x, x)        →  x
 * </pre>
 *
 * EQUAL of int16 stays, since NOT_EQUAL has no kernel for it. The negation of LESS is no
 * GREATER_EQUAL: of NaN both are false. DIV(1, SQRT(x)) is no RSQRT(x): there are kernels that make
 * NaN of zero.
 */
final class SimplifyArithmetic implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of(
        "ABS", "ADD", "LOGICAL_AND", "LOGICAL_NOT", "NEG", "SELECT", "SELECT_V2", "SQUARE", "SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Pattern pattern = new Pattern(match);
    Value first = match.operand(0);
    return switch (match.node().op().name()) {
      case "NEG" -> pattern.argument(first, "NEG").map(List::of);
      case "ABS" -> of(match, "ABS", pattern.argument(first, "NEG"));
      case "SQUARE" ->
          of(
              match,
              "SQUARE",
              pattern.argument(first, "ABS").or(() -> pattern.argument(first, "NEG")));
      case "LOGICAL_NOT" ->
          pattern
              .argument(first, "LOGICAL_NOT")
              .map(List::of)
              .or(() -> negated(match, "EQUAL", "NOT_EQUAL"))
              .or(() -> negated(match, "NOT_EQUAL", "EQUAL"));
      case "ADD" -> withNegative(match, 1, "SUB").or(() -> withNegative(match, 0, "SUB"));
      case "SUB" -> withNegative(match, 1, "ADD");
      case "LOGICAL_AND" ->
          first == match.operand(1) ? Optional.of(List.of(first)) : Optional.empty();
      default ->
          match.operand(1) == match.operand(2) && pattern.keepsShape(match.operand(1))
              ? Optional.of(List.of(match.operand(1)))
              : Optional.empty();
    };
  }

  private static Optional<List<Value>> of(Match match, String function, Optional<Value> x) {
    return x.map(value -> List.of(match.emit(function, Attributes.NONE, value)));
  }

  private static Optional<List<Value>> negated(Match match, String comparison, String opposite) {
    return new Pattern(match)
        .node(match.operand(0), comparison)
        .filter(node -> node.operand(0).type().dtype() != DType.INT16)
        .map(node -> List.of(match.emit(opposite, Attributes.NONE, node.operands())));
  }

  /** Takes in the negation of operand {@code i}, which comes second then. */
  private static Optional<List<Value>> withNegative(Match match, int i, String builtin) {
    return new Pattern(match)
        .argument(match.operand(i), "NEG")
        .map(y -> List.of(match.emit(builtin, match.attributes(), match.operand(1 - i), y)));
  }
}
