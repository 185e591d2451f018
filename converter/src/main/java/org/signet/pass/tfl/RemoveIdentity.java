package org.signet.pass.tfl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Operators that give operand 0 unchanged:
 *
 * <pre>
 *   TRANSPOSE(x, [0, 1, …])    →  x
 *   PAD(x, all zero)           →  x
 *   TILE(x, all one)           →  x
 *   BROADCAST_TO(x, its shape) →  x
 *   CAST(x, its own type)      →  x
 * </pre>
 */
final class RemoveIdentity implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("TRANSPOSE", "PAD", "TILE", "BROADCAST_TO", "CAST");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    boolean same =
        switch (match.node().op().name()) {
          case "TRANSPOSE" -> match.constant(1).filter(RemoveIdentity::isAscending).isPresent();
          case "PAD" -> isAll(match, 0);
          case "TILE" -> isAll(match, 1);
          case "BROADCAST_TO" -> {
            Shape shape = match.operand(0).type().shape();
            yield shape.isStatic() && shape.equals(match.node().result().type().shape());
          }
          default -> match.operand(0).type().dtype() == match.node().result().type().dtype();
        };
    return same ? Optional.of(List.of(match.operand(0))) : Optional.empty();
  }

  private static boolean isAscending(Tensor order) {
    for (int i = 0; i < order.size(); i++) {
      if (order.getLong(i) != i) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAll(Match match, int value) {
    Optional<Tensor> operand = match.constant(1);
    if (operand.isEmpty()) {
      return false;
    }
    for (int i = 0; i < operand.get().size(); i++) {
      if (operand.get().getLong(i) != value) {
        return false;
      }
    }
    return true;
  }
}
