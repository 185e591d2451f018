package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   e = EXP(x)
 *   e = EXP(SUB(x, REDUCE_MAX(x, last)))
 *   DIV(e, SUM(e, last))                  →  SOFTMAX(x)
 * </pre>
 *
 * Where the first form's powers are infinite, and their quotient NaN, the operator gives the limit.
 */
final class FuseSoftmax implements Rule {
  /** The highest rank that every kernel takes. */
  private static final int HIGHEST_RANK = 4;

  @Override
  public Set<String> anchors() {
    return Set.of("DIV");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Pattern pattern = new Pattern(match);
    Value powers = match.operand(0);
    boolean normalized =
        Pattern.isPlain(match.node())
            && pattern.alongLast(match.operand(1), "SUM").filter(powers::equals).isPresent();
    if (!normalized) {
      return Optional.empty();
    }
    return pattern
        .argument(powers, "EXP")
        .map(argument -> withoutPeak(pattern, argument))
        .filter(FuseSoftmax::isTaken)
        .map(x -> List.of(match.emit("SOFTMAX", Attributes.of("beta", 1f), x)));
  }

  /** The x of x − max x; {@code value} if it is none. */
  private static Value withoutPeak(Pattern pattern, Value value) {
    Optional<Node> difference = pattern.node(value, "SUB");
    return difference
        .flatMap(node -> pattern.alongLast(node.operand(1), "REDUCE_MAX"))
        .filter(peaked -> peaked == difference.get().operand(0))
        .orElse(value);
  }

  private static boolean isTaken(Value x) {
    Shape shape = x.type().shape();
    return x.type().dtype() == DType.FLOAT32 && shape.hasRank() && shape.rank() <= HIGHEST_RANK;
  }
}
