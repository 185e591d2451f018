package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.Shape;

/**
 * <pre>
 *   ADD(RESHAPE(FULLY_CONNECTED(x, w), s), c)  →  RESHAPE(ADD(FULLY_CONNECTED(x, w), c), s)
 * </pre>
 *
 * for a constant vector {@code c} along the last dimension, which the reshape leaves as it is. The
 * sum is then next to the operator whose bias it is, and a fusion takes it in.
 */
final class AddBeforeReshape implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("ADD");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    return move(match, 0, 1).or(() -> move(match, 1, 0));
  }

  private static Optional<List<Value>> move(Match match, int sum, int summand) {
    Optional<Node> reshape = match.soleProducer(sum, "RESHAPE");
    Value vector = match.operand(summand);
    if (reshape.isEmpty()
        || !(vector instanceof Value.Constant)
        || vector.type().shape().rank() != 1) {
      return Optional.empty();
    }
    Shape before = reshape.get().operand(0).type().shape();
    int channels = vector.type().shape().dim(0);
    Shape after = reshape.get().result().type().shape();
    boolean kept =
        before.hasRank()
            && after.hasRank()
            && before.rank() > 0
            && after.rank() > 0
            && before.dim(-1) == channels
            && after.dim(-1) == channels;
    if (!kept) {
      return Optional.empty();
    }
    boolean weighted =
        reshape.get().operand(0) instanceof Value.Result result
            && Set.of(WeightedOperator.NAMES).contains(result.producer().op().name());
    if (!weighted) {
      return Optional.empty();
    }
    Value added = match.emit("ADD", match.attributes(), reshape.get().operand(0), vector);
    return Optional.of(
        List.of(
            match.emit("RESHAPE", reshape.get().attributes(), added, reshape.get().operand(1))));
  }
}
