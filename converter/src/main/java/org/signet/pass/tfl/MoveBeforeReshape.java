package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * <pre>
 *   ADD(RESHAPE(CONV_2D(x, w), s), c)   →  RESHAPE(ADD(CONV_2D(x, w), c), s)
 *   RELU(RESHAPE(CONV_2D(x, w), s))     →  RESHAPE(RELU(CONV_2D(x, w)), s)
 * </pre>
 *
 * and so for SUB, MUL and the activations that an operator may fuse, for one number, or a constant
 * {@code c} along the last dimension, which the reshape leaves as it is or divides: convolutions
 * over one dimension are written so, and products that are divided into heads. What the operator
 * can take in is then next to it.
 */
final class MoveBeforeReshape implements Rule {
  /** More arithmetic in a row than this stays behind the reshape. */
  private static final int MOST_STEPS = 8;

  private static final Set<String> ARITHMETIC = Set.of("ADD", "MUL", "SUB");

  @Override
  public Set<String> anchors() {
    Set<String> anchors = new TreeSet<>(FuseActivation.ACTIVATIONS.keySet());
    anchors.addAll(ARITHMETIC);
    return anchors;
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    boolean commutes = match.node().is("ADD") || match.node().is("MUL");
    Optional<List<Value>> moved = move(match, 0);
    return moved.isPresent() || !commutes ? moved : move(match, 1);
  }

  private static Optional<List<Value>> move(Match match, int at) {
    Optional<Node> reshape =
        match.soleProducer(at, "RESHAPE").filter(node -> isBehindWeights(node.operand(0)));
    boolean fits =
        reshape.isPresent()
            && (match.operands().size() == 1 || isPerChannel(reshape.get(), match.operand(1 - at)));
    if (!fits) {
      return Optional.empty();
    }
    List<Value> operands = new ArrayList<>(match.operands());
    operands.set(at, reshape.get().operand(0));
    if (operands.size() > 1 && operands.get(1 - at).type().shape().rank() > 1) {
      operands.set(1 - at, flat(match, operands.get(1 - at)));
    }
    Value computed = match.emit(match.node().op().name(), match.attributes(), operands);
    return Optional.of(
        List.of(
            match.emit("RESHAPE", reshape.get().attributes(), computed, reshape.get().operand(1))));
  }

  /** Whether a value is an operator's, or what may go into one. */
  private static boolean isBehindWeights(Value value) {
    return isBehindWeights(value, MOST_STEPS);
  }

  private static boolean isBehindWeights(Value value, int steps) {
    if (steps == 0 || !(value instanceof Value.Result result)) {
      return false;
    }
    Node node = result.producer();
    return Set.of(WeightedOperator.NAMES).contains(node.op().name())
        || (ARITHMETIC.contains(node.op().name())
            && node.operands().stream().anyMatch(Value.Constant.class::isInstance)
            && node.operands().stream().anyMatch(each -> isBehindWeights(each, steps - 1)));
  }

  private static boolean isPerChannel(Node reshape, Value constant) {
    Shape before = reshape.operand(0).type().shape();
    Shape after = reshape.result().type().shape();
    Shape shape = constant.type().shape();
    if (!(constant instanceof Value.Constant) || !before.hasRank() || !after.hasRank()) {
      return false;
    }
    if (shape.rank() == 0) {
      return true;
    }
    int rank = shape.rank();
    return after.rank() >= rank
        && shape.elements() == before.dim(-1)
        && IntStream.rangeClosed(1, rank).allMatch(i -> after.dim(-i) == shape.dim(-i));
  }

  /** A constant as a vector. */
  private static Value flat(Match match, Value constant) {
    Value size = match.constant("size", Tensor.of(new int[] {-1}));
    return match.emit("RESHAPE", Attributes.of("new_shape", List.of(-1L)), constant, size);
  }
}
