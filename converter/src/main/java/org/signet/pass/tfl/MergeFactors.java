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
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   MUL(MUL(x, c), d)   →  MUL(x, c d)
 * </pre>
 *
 * for constants, of which one is a number, or both have one shape, and which are so far from the
 * ends of float32 that neither product runs over or loses bits. Sums of constants stay: (x + c) + d
 * may be meant to round x.
 */
final class MergeFactors implements Rule {
  private static final float LEAST = 1e-6f;
  private static final float LARGEST = 1e6f;

  @Override
  public Set<String> anchors() {
    return Set.of("MUL");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return merge(match, 0).or(() -> merge(match, 1));
  }

  private static Optional<List<Value>> merge(Match match, int product) {
    Optional<Node> inner = match.soleProducer(product, "MUL").filter(Pattern::isPlain);
    Value outer = match.operand(1 - product);
    if (inner.isEmpty() || outer.type().dtype() != DType.FLOAT32 || !isModerate(match, outer)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Value factor = inner.get().operand(i);
      if (isModerate(match, factor) && fit(factor.type().shape(), outer.type().shape())) {
        Attributes none = Attributes.of(FusedActivation.OPTION, "NONE");
        Value both = match.emit("MUL", none, factor, outer);
        return Optional.of(
            List.of(match.emit("MUL", match.attributes(), inner.get().operand(1 - i), both)));
      }
    }
    return Optional.empty();
  }

  /** Whether the product of two constants is no larger than they are. */
  private static boolean fit(Shape factor, Shape outer) {
    return factor.equals(outer) || factor.rank() == 0 || outer.rank() == 0;
  }

  private static boolean isModerate(Match match, Value factor) {
    return factor instanceof Value.Constant
        && factor.type().shape().elements() <= 1 << 16
        && match.valueOf(factor).filter(MergeFactors::isModerate).isPresent();
  }

  private static boolean isModerate(Tensor factor) {
    for (float number : factor.floats()) {
      if (!(Math.abs(number) >= LEAST && Math.abs(number) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }
}
