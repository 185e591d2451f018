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
 *   ADD(EXPAND_DIMS(x, 0), y)           →  ADD(x, y)             for y of more dimensions than x
 *   SELECT_V2(LOGICAL_AND(FILL(SHAPE(y), true), c), y, z)  →  SELECT_V2(c, y, z)
 * </pre>
 *
 * and so for the other functions that broadcast by themselves, where the result keeps its shape for
 * certain.
 */
final class DropBroadcast implements Rule {
  /** What all of these kernels broadcast. */
  private static final int HIGHEST_RANK = 4;

  @Override
  public Set<String> anchors() {
    return Set.of(
        "ADD",
        "DIV",
        "LOGICAL_AND",
        "LOGICAL_OR",
        "MAXIMUM",
        "MINIMUM",
        "MUL",
        "SELECT_V2",
        "SQUARED_DIFFERENCE",
        "SUB");
  }

  @Override
  public Optional<List<Value>> apply(Match match) {
    Shape shape = match.node().result().type().shape();
    if (!shape.hasRank() || shape.rank() > HIGHEST_RANK) {
      return Optional.empty();
    }
    if (match.node().is("SELECT_V2")) {
      return unmasked(match).or(() -> withoutOnes(match));
    }
    return drop(match, 0, 1).or(() -> drop(match, 1, 0)).or(() -> withoutOnes(match));
  }

  private static Optional<List<Value>> drop(Match match, int at, int beside) {
    return match
        .producer(at)
        .flatMap(node -> narrow(match, node, match.operand(beside)))
        .map(narrow -> with(match, at, narrow));
  }

  private static List<Value> with(Match match, int at, Value operand) {
    List<Value> operands = new ArrayList<>(match.operands());
    operands.set(at, operand);
    return List.of(match.emit(match.node().op().name(), match.attributes(), operands));
  }

  /** A condition that is made as large as what it chooses from. */
  private static Optional<List<Value>> unmasked(Match match) {
    return new Pattern(match)
        .node(match.operand(0), "LOGICAL_AND")
        .flatMap(both -> narrower(match, both, 0, 1).or(() -> narrower(match, both, 1, 0)))
        .map(condition -> with(match, 0, condition));
  }

  private static Optional<Value> narrower(Match match, Node both, int filled, int other) {
    return new Pattern(match)
        .node(both.operand(filled), "FILL")
        .filter(
            fill -> match.valueOf(fill.operand(1)).filter(all -> all.getLong(0) != 0).isPresent())
        .filter(fill ->
            isShapeOf(fill.operand(0), match.operand(1))
                || isShapeOf(fill.operand(0), match.operand(2)))
        .map(fill -> both.operand(other));
  }

  /** Without a leading dimension of size 1 that another operand gives the result. */
  private static Optional<List<Value>> withoutOnes(Match match) {
    if (!match.operands().stream().allMatch(value -> value.type().shape().hasRank())) {
      return Optional.empty();
    }
    for (int i = 0; i < match.operands().size(); i++) {
      Optional<Value> inner = match.producer(i).flatMap(node -> lower(match, node));
      int rank = match.operand(i).type().shape().rank();
      boolean replaced =
          IntStream.range(0, match.operands().size())
              .mapToObj(match::operand)
              .anyMatch(other ->
                  other.type().shape().rank() > rank
                      || (other.type().shape().rank() == rank && lower(match, other).isEmpty()));
      if (inner.isPresent() && replaced) {
        return Optional.of(with(match, i, inner.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Value> lower(Match match, Value value) {
    return value instanceof Value.Result result
        ? lower(match, result.producer())
        : Optional.empty();
  }

  /** What EXPAND_DIMS puts a dimension before, or behind others of size 1 that begin the shape. */
  private static Optional<Value> lower(Match match, Node node) {
    if (!node.is("EXPAND_DIMS")) {
      return Optional.empty();
    }
    Shape shape = node.operand(0).type().shape();
    return match
        .valueOf(node.operand(1))
        .map(axis -> axis.getLong(0))
        .filter(axis ->
            shape.hasRank()
                && axis >= 0
                && axis <= shape.rank()
                && IntStream.range(0, axis.intValue()).allMatch(i -> shape.dim(i) == 1))
        .map(axis -> node.operand(0));
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
