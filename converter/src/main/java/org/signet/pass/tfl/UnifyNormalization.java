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
 * Normalization as it is written by hand, with m for MEAN(x):
 *
 * <pre>
 *   SQUARE(SUB(x, m))                →  SQUARED_DIFFERENCE(x, m)
 *   MUL(SUB(x, m), SUB(x, m))        →  SQUARED_DIFFERENCE(x, m)
 *   DIV(SUB(x, m), SQRT(ADD(v, e)))  →  MUL(SUB(x, m), RSQRT(ADD(v, e)))
 *     with v = MEAN(SQUARED_DIFFERENCE(x, m)) and a number e
 * </pre>
 *
 * where SQUARED_DIFFERENCE has a kernel: not of int64, nor of more than four dimensions.
 *
 * <p>The form in which the runtime knows a normalization, and in which the root of each row is
 * divided by once rather than each element. Other quotients stay: they are rounded once only.
 */
final class UnifyNormalization implements Rule {
  private static final Attributes PLAIN = Attributes.of(FusedActivation.OPTION, "NONE");

  private static final int HIGHEST_RANK = 4;
  private static final Set<DType> TYPES = Set.of(DType.FLOAT32, DType.INT32);

  @Override
  public Set<String> anchors() {
    return Set.of("DIV", "MUL", "SQUARE");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    if (!Pattern.isPlain(match.node())) {
      return Optional.empty();
    }
    return match.node().is("DIV") ? product(match) : squaredDifference(match);
  }

  private static Optional<List<Value>> squaredDifference(Match match) {
    Value difference = match.operand(0);
    if (match.node().is("MUL") && match.operand(1) != difference) {
      return Optional.empty();
    }
    return deviation(difference, new Pattern(match))
        .filter(node -> TYPES.contains(node.result().type().dtype()))
        .filter(node -> {
          Shape shape = node.result().type().shape();
          return shape.hasRank() && shape.rank() <= HIGHEST_RANK;
        })
        .map(node ->
            List.of(match.emit("SQUARED_DIFFERENCE", PLAIN, node.operand(0), node.operand(1))));
  }

  private static Optional<List<Value>> product(Match match) {
    Pattern pattern = new Pattern(match);
    Optional<Node> deviation = deviation(match.operand(0), pattern);
    Optional<Node> sum =
        pattern.argument(match.operand(1), "SQRT").flatMap(root -> pattern.node(root, "ADD"));
    boolean varies =
        deviation.isPresent()
            && sum.isPresent()
            && pattern.number(sum.get().operand(1)).isPresent()
            && pattern
                .argument(sum.get().operand(0), "MEAN")
                .flatMap(squares -> pattern.node(squares, "SQUARED_DIFFERENCE"))
                .filter(squares -> squares.operands().equals(deviation.get().operands()))
                .isPresent();
    if (!varies) {
      return Optional.empty();
    }
    Value root = match.emit("RSQRT", Attributes.NONE, sum.get().result());
    return Optional.of(List.of(match.emit("MUL", PLAIN, match.operand(0), root)));
  }

  /** The difference of a value from its own mean. */
  private static Optional<Node> deviation(Value value, Pattern pattern) {
    return pattern
        .node(value, "SUB")
        .filter(node ->
            pattern.argument(node.operand(1), "MEAN").filter(node.operand(0)::equals).isPresent());
  }
}
