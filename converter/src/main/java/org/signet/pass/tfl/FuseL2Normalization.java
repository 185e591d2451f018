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
import org.signet.type.Shape;

/**
 * <pre>
 *   MUL(x, RSQRT(MAXIMUM(SUM(SQUARE(x), last), 1e-12)))  →  L2_NORMALIZATION(x)
 *   DIV(x, SQRT(MAXIMUM(SUM(SQUARE(x), last), 1e-12)))   →  L2_NORMALIZATION(x)
 *   DIV(x, MAXIMUM(SQRT(SUM(SQUARE(x), last)), 1e-6))    →  L2_NORMALIZATION(x)
 * </pre>
 *
 * The kernel divides by the norm, or by 1e-6 if that is smaller. So a sum of squares with another
 * bound, or none, is left alone: it gives other numbers where x is small.
 */
final class FuseL2Normalization implements Rule {
  private static final float LEAST_NORM = 1e-6f;
  private static final float LEAST_SQUARE = 1e-12f;

  @Override
  public Set<String> anchors() {
    return Set.of("DIV", "MUL");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<List<Value>> fused = normalized(match, 0, 1);
    return fused.isPresent() || match.node().is("DIV") ? fused : normalized(match, 1, 0);
  }

  private static Optional<List<Value>> normalized(Match match, int data, int norm) {
    Pattern pattern = new Pattern(match);
    Value x = match.operand(data);
    Shape shape = x.type().shape();
    if (x.type().dtype() != DType.FLOAT32
        || !Pattern.isPlain(match.node())
        || !shape.hasRank()
        || shape.rank() < 2
        || shape.rank() > 4) {
      return Optional.empty();
    }
    Value by = match.operand(norm);
    Optional<Value> squares =
        match.node().is("MUL")
            ? pattern.argument(by, "RSQRT").flatMap(sum -> atLeast(pattern, sum, LEAST_SQUARE))
            : pattern
                .argument(by, "SQRT")
                .flatMap(sum -> atLeast(pattern, sum, LEAST_SQUARE))
                .or(() ->
                    atLeast(pattern, by, LEAST_NORM)
                        .flatMap(root -> pattern.argument(root, "SQRT")));
    return squares
        .flatMap(sum -> pattern.alongLast(sum, "SUM"))
        .flatMap(pattern::root)
        .filter(x::equals)
        .map(found ->
            List.of(
                match.emit(
                    "L2_NORMALIZATION", Attributes.of(FusedActivation.OPTION, "NONE"), found)));
  }

  private static Optional<Value> atLeast(Pattern pattern, Value value, float bound) {
    Optional<Node> maximum = pattern.node(value, "MAXIMUM");
    return maximum.flatMap(node -> pattern.besides(node, bound));
  }
}
