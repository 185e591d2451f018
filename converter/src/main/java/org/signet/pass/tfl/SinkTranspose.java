package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   RELU(TRANSPOSE(x, p))                     →  TRANSPOSE(RELU(x), p)
 *   ADD(TRANSPOSE(x, p), TRANSPOSE(y, p))     →  TRANSPOSE(ADD(x, y), p)
 *   MUL(TRANSPOSE(x, p), c)                   →  TRANSPOSE(MUL(x, c turned back), p)
 * </pre>
 *
 * and so for all functions of single elements. In a graph of NCHW data, where every convolution
 * stands between two transposes, they meet after this, and cancel out. A transpose that others use,
 * too, stays: it would be there twice.
 */
final class SinkTranspose implements Rule {
  private static final String TRANSPOSE = "TRANSPOSE";

  private static final Set<String> UNARY =
      Set.of(
          "ABS",
          "CEIL",
          "COS",
          "ELU",
          "EXP",
          "FLOOR",
          "GELU",
          "HARD_SWISH",
          "LEAKY_RELU",
          "LOG",
          "LOGISTIC",
          "NEG",
          "RELU",
          "RELU6",
          "RELU_N1_TO_1",
          "ROUND",
          "RSQRT",
          "SIN",
          "SQRT",
          "SQUARE",
          "TANH");

  private static final Set<String> BINARY =
      Set.of("ADD", "DIV", "MAXIMUM", "MINIMUM", "MUL", "SQUARED_DIFFERENCE", "SUB");

  @Override
  public Set<String> anchors() {
    Set<String> anchors = new java.util.TreeSet<>(UNARY);
    anchors.addAll(BINARY);
    return anchors;
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Optional<Node> first = match.soleProducer(0, TRANSPOSE);
    Optional<Node> second =
        match.operands().size() > 1 ? match.soleProducer(1, TRANSPOSE) : Optional.empty();
    Optional<int[]> order =
        first.or(() -> second).flatMap(node -> match.valueOf(node.operand(1))).map(Tensor::toInts);
    Shape result = match.node().result().type().shape();
    if (order.isEmpty() || !result.hasRank() || result.rank() != order.get().length) {
      return Optional.empty();
    }
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < match.operands().size(); i++) {
      Optional<Value> turnedBack = turnedBack(match, i, i == 0 ? first : second, order.get());
      if (turnedBack.isEmpty()) {
        return Optional.empty();
      }
      operands.add(turnedBack.get());
    }
    Value computed = match.emit(match.node().op().name(), match.attributes(), operands);
    Value orderValue = match.constant(match.node().name() + "/order", Tensor.of(order.get()));
    return Optional.of(List.of(match.emit(TRANSPOSE, Attributes.NONE, computed, orderValue)));
  }

  /** What operand {@code i} is in the order before the transpose; empty if that is not at hand. */
  private static Optional<Value> turnedBack(
      Match match, int i, Optional<Node> transpose, int[] order) {
    if (transpose.isPresent()) {
      return match
          .valueOf(transpose.get().operand(1))
          .filter(own -> Arrays.equals(own.toInts(), order))
          .map(own -> transpose.get().operand(0));
    }
    Value operand = match.operand(i);
    if (!(operand instanceof Value.Constant constant)) {
      return Optional.empty();
    }
    int[] shape = constant.type().shape().dims();
    if (constant.type().shape().elements() == 1 && shape.length <= 1) {
      return Optional.of(operand);
    }
    if (shape.length > order.length || constant.type().shape().elements() > 1 << 16) {
      return Optional.empty();
    }
    int[] whole = new int[order.length];
    Arrays.fill(whole, 1);
    System.arraycopy(shape, 0, whole, order.length - shape.length, shape.length);
    int[] inverse = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      inverse[order[k]] = k;
    }
    Value reshaped =
        match.constant(constant.name(), match.constant(i).orElseThrow().reshaped(whole));
    Value by = match.constant(constant.name() + "/order", Tensor.of(inverse));
    return Optional.of(match.emit(TRANSPOSE, Attributes.NONE, reshaped, by));
  }
}
