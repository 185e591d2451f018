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
 *   int32(float64(x) * (1/c))          →  DIV(x, c)
 *   int32(floor(float64(x) * (1/c)))   →  FLOOR_DIV(x, c)
 * </pre>
 *
 * of int32 scalars and whole numbers c from 1 on, as {@code tf.cast(size / 2, tf.int32)} makes them
 * and {@link QuotientAsProduct} leaves them. Where the reciprocal is rounded by more than half of
 * what a product may be off, as that of 49, multiples of c give less than the quotient; they stay.
 */
public final class WholeQuotient implements Rule {
  /** Half of what the first number below 1 lacks. */
  private static final double ROUNDING = 0x1p-54;

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
            ? producer(floor.get().operand(0), "Mul")
            : match.producer(0).filter(node -> isTf(node, "Mul"));
    return quotient.flatMap(node -> divided(match, node, floor.isPresent()));
  }

  private static Optional<List<Value>> divided(Match match, Node quotient, boolean down) {
    Optional<Value> x =
        producer(quotient.operand(0), "Cast")
            .map(cast -> cast.operand(0))
            .filter(value -> value.type().dtype() == DType.INT32)
            .filter(value -> value.type().shape().hasRank() && value.type().shape().rank() == 0);
    Optional<Integer> divisor = whole(match, quotient.operand(1));
    if (x.isEmpty() || divisor.isEmpty()) {
      return Optional.empty();
    }
    Value by = match.constant("divisor", Tensor.scalar(divisor.get()));
    return Optional.of(
        List.of(
            down
                ? match.emit("FLOOR_DIV", Attributes.NONE, x.get(), by)
                : match.emit("DIV", Attributes.of(FusedActivation.OPTION, "NONE"), x.get(), by)));
  }

  /** The c of which a value is the reciprocal, if products with it are whole where they should. */
  private static Optional<Integer> whole(Match match, Value value) {
    return value instanceof Value.Constant
            && value.type().dtype() == DType.FLOAT64
            && value.type().shape().rank() == 0
        ? match
            .valueOf(value)
            .map(tensor -> tensor.getDouble(0))
            .filter(factor -> factor > 1.0 / Integer.MAX_VALUE && factor <= 1)
            .filter(factor -> isReciprocal(factor, Math.rint(1 / factor)))
            .map(factor -> (int) Math.rint(1 / factor))
        : Optional.empty();
  }

  /** Then k c times the factor is rounded to k for every k. */
  private static boolean isReciprocal(double factor, double whole) {
    return 1 / whole == factor && Math.abs(Math.fma(whole, factor, -1)) <= ROUNDING;
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
