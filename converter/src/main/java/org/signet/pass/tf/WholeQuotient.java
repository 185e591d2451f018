package org.signet.pass.tf;

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

/**
 * <pre>
 *   int32(float64(x) / c)          →  DIV(x, c)
 *   int32(floor(float64(x) / c))   →  FLOOR_DIV(x, c)
 * </pre>
 *
 * of int32 scalars and whole numbers c from 1 on, as {@code tf.cast(size / 2, tf.int32)} makes
 * them. The quotient of two int32 is never rounded up to a whole number in float64.
 */
public final class WholeQuotient implements Rule {
  @Override
  public Set<String> anchors() {
    return Set.of("Cast");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (match.node().result().type().dtype() != DType.INT32) {
      return Optional.empty();
    }
    Optional<Node> floor = match.producer(0).filter(node -> isTf(node, "Floor"));
    Optional<Node> quotient =
        floor.isPresent()
            ? producer(floor.get().operand(0), "RealDiv")
            : match.producer(0).filter(node -> isTf(node, "RealDiv"));
    return quotient.flatMap(node -> divided(match, node, floor.isPresent()));
  }

  private static Optional<List<Value>> divided(Match match, Node quotient, boolean down) {
    Optional<Value> x =
        producer(quotient.operand(0), "Cast")
            .map(cast -> cast.operand(0))
            .filter(value -> value.type().dtype() == DType.INT32)
            .filter(value -> value.type().shape().hasRank() && value.type().shape().rank() == 0);
    Optional<Integer> divisor = whole(match, quotient.operand(1));
    if (quotient.result().type().dtype() != DType.FLOAT64 || x.isEmpty() || divisor.isEmpty()) {
      return Optional.empty();
    }
    Value by = match.constant("divisor", Tensor.scalar(divisor.get()));
    return Optional.of(
        List.of(
            down
                ? match.emit("FLOOR_DIV", Attributes.NONE, x.get(), by)
                : match.emit("DIV", Attributes.of(FusedActivation.OPTION, "NONE"), x.get(), by)));
  }

  private static Optional<Integer> whole(Match match, Value value) {
    return value instanceof Value.Constant && value.type().shape().rank() == 0
        ? match
            .valueOf(value)
            .map(tensor -> tensor.getDouble(0))
            .filter(number -> number >= 1 && number == Math.rint(number))
            .filter(number -> number <= Integer.MAX_VALUE)
            .map(Double::intValue)
        : Optional.empty();
  }

  private static Optional<Node> producer(Value value, String op) {
    return value instanceof Value.Result result && isTf(result.producer(), op)
        ? Optional.of(result.producer())
        : Optional.empty();
  }

  private static boolean isTf(Node node, String name) {
    return node.op().isTf() && node.op().name().equals(name);
  }
}
