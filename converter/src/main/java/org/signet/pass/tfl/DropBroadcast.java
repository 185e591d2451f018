package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.pass.rewrite.Match;
import org.signet.pass.rewrite.Rule;
import org.signet.type.Shape;

/**
 * <pre>
 *   ADD(BROADCAST_TO(x, s), y)          →  ADD(x, y)
 *   ADD(TILE(x, [n, 1]), y)             →  ADD(x, y)             for x of [1, k]
 *   ADD(RESHAPE(x, [n]), y)             →  ADD(x, y)             for x of [1, n]
 *   ADD(BROADCAST_TO(x, SHAPE(y)), y)   →  ADD(x, y)
 *   MUL(x, FILL(SHAPE(x), c))           →  MUL(x, c)
 * </pre>
 *
 * and so for the other arithmetic that broadcasts by itself, where the result keeps its shape for
 * certain.
 */
final class DropBroadcast implements Rule {
  /** What all of these kernels broadcast. */
  private static final int HIGHEST_RANK = 4;

  @Override
  public Set<String> anchors() {
    return Set.of("ADD", "DIV", "MAXIMUM", "MINIMUM", "MUL", "SQUARED_DIFFERENCE", "SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape shape = match.node().result().type().shape();
    if (!shape.hasRank() || shape.rank() > HIGHEST_RANK) {
      return Optional.empty();
    }
    return drop(match, 0, 1).or(() -> drop(match, 1, 0));
  }

  private static Optional<List<Value>> drop(Match match, int at, int beside) {
    Optional<Value> narrow =
        match.producer(at).flatMap(node -> narrow(match, node, match.operand(beside)));
    if (narrow.isEmpty()) {
      return Optional.empty();
    }
    List<Value> operands = new ArrayList<>(match.operands());
    operands.set(at, narrow.get());
    return Optional.of(List.of(match.emit(match.node().op().name(), match.attributes(), operands)));
  }

  /** What {@code node} repeats, if {@code other} makes the same of it. */
  private static Optional<Value> narrow(Match match, Node node, Value other) {
    if (node.is("BROADCAST_TO") && isShapeOf(node.operand(1), other)) {
      return Optional.of(node.operand(0));
    }
    if (node.is("BROADCAST_TO") || node.is("TILE") || node.is("RESHAPE")) {
      Shape result = match.node().result().type().shape();
      Value narrow = node.operand(0);
      boolean same =
          node.is("RESHAPE")
              ? dropsOnes(narrow.type().shape(), node.result().type().shape())
              : repeatsOnes(narrow.type().shape(), node.result().type().shape());
      return same
              && result.isStatic()
              && other.type().shape().isStatic()
              && Shapes.broadcast(narrow.type().shape(), other.type().shape()).equals(result)
          ? Optional.of(narrow)
          : Optional.empty();
    }
    return node.is("FILL") && isShapeOf(node.operand(0), other)
        ? Optional.of(node.operand(1))
        : Optional.empty();
  }

  /** Whether the wide shape only repeats dimensions of size 1. */
  private static boolean repeatsOnes(Shape narrow, Shape wide) {
    return narrow.isStatic()
        && wide.isStatic()
        && narrow.rank() <= wide.rank()
        && IntStream.rangeClosed(1, narrow.rank())
            .allMatch(i -> narrow.dim(-i) == 1 || narrow.dim(-i) == wide.dim(-i));
  }

  /** Whether the second shape is the first without leading dimensions of size 1. */
  private static boolean dropsOnes(Shape from, Shape to) {
    return from.isStatic()
        && to.isStatic()
        && to.rank() < from.rank()
        && IntStream.rangeClosed(1, to.rank()).allMatch(i -> from.dim(-i) == to.dim(-i))
        && from.elements() == to.elements();
  }

  private static boolean isShapeOf(Value sizes, Value value) {
    return sizes instanceof Value.Result result
        && result.producer().is("SHAPE")
        && result.producer().operand(0) == value;
  }
}
