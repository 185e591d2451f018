package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;

/**
 * <pre>
 *   e = EXP(SUB(x, REDUCE_MAX(x, last)))
 *   DIV(e, SUM(e, last))                  →  SOFTMAX(x)
 * </pre>
 *
 * Without the subtraction powers of large x are infinite, all of small x zero, and their quotients
 * NaN, where the operator gives the limit: so that form stays.
 */
final class FuseSoftmax implements Rule {
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
        .flatMap(pattern::withoutLargest)
        .filter(Pattern::isOfFloatRows)
        .map(x -> List.of(match.emit("SOFTMAX", Attributes.of("beta", 1f), x)));
  }
}
