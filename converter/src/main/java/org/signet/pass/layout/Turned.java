package org.signet.pass.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * How an operator runs on turned operands.
 *
 * @param data the operands that are turned
 * @param replaced constant operands that are others then: axes, amounts
 * @param attributes the options then
 * @param plainResult whether the result is what it always was; otherwise it is turned, too
 */
record Turned(
    Set<Integer> data, Map<Integer, Tensor> replaced, Attributes attributes, boolean plainResult) {
  /** Larger constants are not turned: others may use them as they are. */
  private static final int MOST_ELEMENTS = 1 << 16;

  private static final Set<String> ELEMENTWISE =
      Set.of(
          "ABS",
          "ADD",
          "ADD_N",
          "ATAN2",
          "CAST",
          "CEIL",
          "COS",
          "DIV",
          "ELU",
          "EQUAL",
          "EXP",
          "FLOOR",
          "FLOOR_DIV",
          "FLOOR_MOD",
          "GELU",
          "GREATER",
          "GREATER_EQUAL",
          "HARD_SWISH",
          "LEAKY_RELU",
          "LESS",
          "LESS_EQUAL",
          "LOG",
          "LOGICAL_AND",
          "LOGICAL_NOT",
          "LOGICAL_OR",
          "LOGISTIC",
          "MAXIMUM",
          "MINIMUM",
          "MUL",
          "NEG",
          "NOT_EQUAL",
          "POW",
          "PRELU",
          "RELU",
          "RELU6",
          "RELU_0_TO_1",
          "RELU_N1_TO_1",
          "ROUND",
          "RSQRT",
          "SELECT",
          "SELECT_V2",
          "SIGN",
          "SIN",
          "SQRT",
          "SQUARE",
          "SQUARED_DIFFERENCE",
          "SUB",
          "TANH",
          "ZEROS_LIKE");

  private static final Set<String> REDUCTIONS =
      Set.of("MEAN", "REDUCE_ALL", "REDUCE_ANY", "REDUCE_MAX", "REDUCE_MIN", "REDUCE_PROD", "SUM");

  /**
   * How {@code node} runs on operands turned by {@code order}; empty if it can't.
   *
   * @param constants the value of an operand if that is constant
   */
  static Optional<Turned> of(
      Node node, DimensionOrder order, Function<Value, Optional<Tensor>> constants) {
    if (!node.op().isBuiltin() || !node.bodies().isEmpty()) {
      return Optional.empty();
    }
    String op = node.op().name();
    if (ELEMENTWISE.contains(op)) {
      return op.equals("SELECT") && isOfRows(node, order)
          ? Optional.empty()
          : elementwise(node, order);
    }
    if (REDUCTIONS.contains(op)) {
      return isRanked(node.operand(0), order)
          ? constants.apply(node.operand(1)).flatMap(axes -> reduction(node, order, axes))
          : Optional.empty();
    }
    return switch (op) {
      case "CONCATENATION" -> {
        int axis = node.attributes().getInt("axis");
        yield elementwise(node, order)
            .map(turned -> turned.with(node.attributes().with("axis", order.turned(axis))));
      }
      case "MIRROR_PAD", "PAD", "PADV2" -> rows(node, order, constants, 2, 1);
      case "BROADCAST_TO", "TILE" -> rows(node, order, constants, 1, 1);
      case "SLICE" -> rows(node, order, constants, 1, 1, 2);
      case "STRIDED_SLICE" ->
          isPlainSlice(node.attributes())
              ? rows(node, order, constants, 1, 1, 2, 3)
                  .map(turned -> turned.with(turnedMasks(node.attributes(), order)))
              : Optional.empty();
      case "SHAPE" ->
          isRanked(node.operand(0), order)
              ? Optional.of(new Turned(Set.of(0), Map.of(), node.attributes(), true))
              : Optional.empty();
      case "SPLIT" -> alongAxis(node, order, constants, 1, 0);
      case "SPLIT_V" -> alongAxis(node, order, constants, 0, 2);
      default -> Optional.empty();
    };
  }

  private Turned with(Attributes options) {
    return new Turned(data, replaced, options, plainResult);
  }

  private static boolean isRanked(Value value, DimensionOrder order) {
    Shape shape = value.type().shape();
    return shape.hasRank() && shape.rank() == order.rank();
  }

  /** Whether SELECT chooses whole rows of the first dimension, which is another when turned. */
  private static boolean isOfRows(Node node, DimensionOrder order) {
    Shape condition = node.operand(0).type().shape();
    return !isRanked(node.operand(0), order) && !(condition.hasRank() && condition.rank() == 0);
  }

  /** Operands of one number stay; others have the result's rank, or are small constants. */
  private static Optional<Turned> elementwise(Node node, DimensionOrder order) {
    Set<Integer> data = new TreeSet<>();
    for (int i = 0; i < node.operands().size(); i++) {
      Value operand = node.operand(i);
      if (!operand.isPresent()) {
        return Optional.empty();
      }
      Shape shape = operand.type().shape();
      boolean number = shape.isStatic() && shape.elements() == 1 && shape.rank() <= 1;
      boolean fits =
          operand instanceof Value.Constant
              ? shape.rank() <= order.rank() && shape.elements() <= MOST_ELEMENTS
              : isRanked(operand, order);
      if (!number && !fits) {
        return Optional.empty();
      }
      if (!number) {
        data.add(i);
      }
    }
    return isRanked(node.result(), order)
        ? Optional.of(new Turned(data, Map.of(), node.attributes(), false))
        : Optional.empty();
  }

  /** Operand 0 is turned, and so are the rows of some constant operands. */
  private static Optional<Turned> rows(
      Node node,
      DimensionOrder order,
      Function<Value, Optional<Tensor>> constants,
      int width,
      int... operands) {
    Map<Integer, Tensor> replaced = new TreeMap<>();
    for (int i : operands) {
      Optional<Tensor> rows = constants.apply(node.operand(i));
      if (rows.isEmpty() || rows.get().size() != order.rank() * width) {
        return Optional.empty();
      }
      replaced.put(i, order.turnedRows(rows.get(), width));
    }
    return isRanked(node.operand(0), order) && isRanked(node.result(), order)
        ? Optional.of(new Turned(Set.of(0), replaced, node.attributes(), false))
        : Optional.empty();
  }

  private static Optional<Turned> alongAxis(
      Node node,
      DimensionOrder order,
      Function<Value, Optional<Tensor>> constants,
      int data,
      int axis) {
    return isRanked(node.operand(data), order)
        ? constants
            .apply(node.operand(axis))
            .map(value -> Tensor.scalar(order.turned((int) value.getLong(0))))
            .map(value -> new Turned(Set.of(data), Map.of(axis, value), node.attributes(), false))
        : Optional.empty();
  }

  /** A reduction keeps the rank, or leaves dimensions which are in one order turned and plain. */
  private static Optional<Turned> reduction(Node node, DimensionOrder order, Tensor axes) {
    int rank = order.rank();
    int[] turned = new int[axes.size()];
    List<Integer> left = new ArrayList<>();
    boolean[] reduced = new boolean[rank];
    for (int i = 0; i < turned.length; i++) {
      int axis = Shapes.axis((int) axes.getLong(i), rank);
      turned[i] = order.turned(axis);
      reduced[axis] = true;
    }
    for (int i = 0; i < rank; i++) {
      if (!reduced[i]) {
        left.add(order.turned(i));
      }
    }
    boolean keeps = node.attributes().getBoolean("keep_dims", false);
    Arrays.sort(turned);
    boolean ordered = left.stream().sorted().toList().equals(left);
    Tensor value = Tensor.of(turned).reshaped(axes.shape());
    return keeps || ordered
        ? Optional.of(new Turned(Set.of(0), Map.of(1, value), node.attributes(), !keeps))
        : Optional.empty();
  }

  private static boolean isPlainSlice(Attributes options) {
    return options.getInt("ellipsis_mask", 0) == 0
        && options.getInt("new_axis_mask", 0) == 0
        && options.getInt("shrink_axis_mask", 0) == 0;
  }

  private static Attributes turnedMasks(Attributes options, DimensionOrder order) {
    Attributes turned = options;
    for (String mask : List.of("begin_mask", "end_mask")) {
      int bits = 0;
      for (int i = 0; i < order.rank(); i++) {
        bits |= (options.getInt(mask, 0) >> i & 1) << order.turned(i);
      }
      turned = turned.with(mask, bits);
    }
    return turned;
  }
}
