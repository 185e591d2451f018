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
 *   DIV(1, ADD(EXP(NEG(x)), 1))   →  LOGISTIC(x)
 *   DIV(x, ADD(EXP(NEG(x)), 1))   →  MUL(x, LOGISTIC(x))
 * </pre>
 *
 * The second is SiLU, which has no builtin. With another number than 1, or another x above the
 * line, these stay.
 */
final class FuseSigmoid implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("DIV");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Pattern pattern = new Pattern(match);
    if (match.node().result().type().dtype() != DType.FLOAT32 || !Pattern.isPlain(match.node())) {
      return Optional.empty();
    }
    Value above = match.operand(0);
    return pattern
        .node(match.operand(1), "ADD")
        .flatMap(sum -> pattern.besides(sum, 1))
        .flatMap(power -> pattern.argument(power, "EXP"))
        .flatMap(negative -> pattern.argument(negative, "NEG"))
        .filter(x -> pattern.keepsShape(x) && (x == above || pattern.isNumber(above, 1)))
        .map(x -> {
          Value gate = match.emit("LOGISTIC", Attributes.NONE, x);
          return List.of(x == above ? match.emit("MUL", match.attributes(), x, gate) : gate);
        });
  }
}
