package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.Shape;

/**
 * With m = REDUCE_MAX(x, last):
 *
 * <pre>
 *   SUB(SUB(x, m), LOG(SUM(EXP(SUB(x, m)), last)))    →  LOG_SOFTMAX(x)
 *   SUB(x, ADD(LOG(SUM(EXP(SUB(x, m)), last)), m))    →  LOG_SOFTMAX(x)
 * </pre>
 *
 * TensorFlow's logarithm of a sum of powers takes 0 for an infinite m. It stays: of a row with +∞
 * in it, it makes −∞ where the operator gives NaN. So does the sum of rows of unknown size.
 */
final class FuseLogSoftmax implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (!Pattern.isPlain(match.node())) {
      return Optional.empty();
    }
    return shifted(match)
        .or(() -> whole(match))
        .filter(Pattern::isOfFloatRows)
        .filter(FuseLogSoftmax::isNeverNothing)
        .map(x -> List.of(match.emit("LOG_SOFTMAX", Attributes.NONE, x)));
  }

  /** The kernel ends the process at rows without elements. */
  private static boolean isNeverNothing(Value x) {
    Shape shape = x.type().shape();
    return shape.hasRank() && shape.rank() > 0 && shape.dim(-1) > 0;
  }

  /** The x of the first form. */
  private static Optional<Value> shifted(Match match) {
    Pattern pattern = new Pattern(match);
    return exponent(pattern, match.operand(1))
        .filter(match.operand(0)::equals)
        .flatMap(pattern::withoutLargest);
  }

  /** The x of the second form. */
  private static Optional<Value> whole(Match match) {
    Pattern pattern = new Pattern(match);
    Optional<Node> sum = pattern.node(match.operand(1), "ADD");
    return sum.flatMap(node -> exponent(pattern, node.operand(0)))
        .flatMap(exponent -> pattern.node(exponent, "SUB"))
        .filter(shifted -> shifted.operand(1) == sum.get().operand(1))
        .flatMap(shifted -> pattern.withoutLargest(shifted.result()))
        .filter(match.operand(0)::equals);
  }

  /** The y of LOG(SUM(EXP(y), last)). */
  private static Optional<Value> exponent(Pattern pattern, Value value) {
    return pattern
        .argument(value, "LOG")
        .flatMap(sum -> pattern.alongLast(sum, "SUM"))
        .flatMap(powers -> pattern.argument(powers, "EXP"));
  }
}
