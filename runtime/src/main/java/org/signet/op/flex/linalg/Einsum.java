package org.signet.op.flex.linalg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.op.Shapes;
import org.signet.type.Shape;

/**
 * An equation of Einstein summation such as {@code ab...,b...->a...} with the labels of each
 * dimension.
 *
 * <p>A label is a letter's code; the dimensions of an ellipsis are −1, −2, … from the right, so
 * that they line up as in broadcasting.
 *
 * @param operands the labels of each operand's dimensions
 * @param result the labels of the result's dimensions
 */
record Einsum(List<List<Integer>> operands, List<Integer> result) {
  private static final String ELLIPSIS = "...";

  /**
   * Labels the dimensions of operands of these ranks.
   *
   * @throws IllegalArgumentException if the equation is malformed or does not fit the ranks
   */
  static Einsum of(String equation, int... ranks) {
    int arrow = equation.indexOf("->");
    Shapes.require(arrow >= 0, "equation '%s' has no '->'", equation);
    String[] inputs = equation.substring(0, arrow).split(",", -1);
    Shapes.require(
        inputs.length == ranks.length, "equation '%s' with %d operands", equation, ranks.length);
    List<List<Integer>> operands = new ArrayList<>();
    int ellipsis = 0;
    for (int i = 0; i < inputs.length; i++) {
      int rest = ranks[i] - inputs[i].replace(ELLIPSIS, "").length();
      boolean has = inputs[i].contains(ELLIPSIS);
      Shapes.require(rest >= 0 && (has || rest == 0), "'%s' for a rank of %d", inputs[i], ranks[i]);
      operands.add(labels(inputs[i], rest));
      ellipsis = Math.max(ellipsis, rest);
    }
    Shapes.require(
        ellipsis == 0 || equation.indexOf(ELLIPSIS, arrow) >= 0,
        "equation '%s' drops the dimensions of an ellipsis",
        equation);
    List<Integer> result = labels(equation.substring(arrow + 2), ellipsis);
    Set<Integer> known = new LinkedHashSet<>();
    operands.forEach(known::addAll);
    Shapes.require(known.containsAll(result), "equation '%s' makes up a label", equation);
    return new Einsum(List.copyOf(operands), result);
  }

  private static List<Integer> labels(String subscript, int ellipsis) {
    int at = subscript.indexOf(ELLIPSIS);
    String before = at < 0 ? subscript : subscript.substring(0, at);
    String after = at < 0 ? "" : subscript.substring(at + ELLIPSIS.length());
    Shapes.require(
        (before + after).chars().allMatch(Character::isLetter), "labels '%s'", subscript);
    List<Integer> labels = new ArrayList<>(before.chars().boxed().toList());
    for (int i = at < 0 ? 0 : ellipsis; i > 0; i--) {
      labels.add(-i);
    }
    labels.addAll(after.chars().boxed().toList());
    return List.copyOf(labels);
  }

  /**
   * The size of each label, {@link Shape#UNKNOWN} if no operand tells. Sizes of 1 are broadcast
   * within an ellipsis.
   *
   * @throws IllegalArgumentException if operands contradict
   */
  Map<Integer, Integer> sizes(List<Shape> shapes) {
    Map<Integer, Integer> sizes = new LinkedHashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      for (int d = 0; d < operands.get(i).size(); d++) {
        int label = operands.get(i).get(d);
        int size = shapes.get(i).dim(d);
        sizes.merge(label, size, (a, b) -> common(label, a, b));
      }
    }
    return sizes;
  }

  private static int common(int label, int a, int b) {
    if (a == b || b == Shape.UNKNOWN) {
      return label < 0 && a == 1 && b == Shape.UNKNOWN ? Shape.UNKNOWN : a;
    }
    if (a == Shape.UNKNOWN) {
      return label < 0 && b == 1 ? Shape.UNKNOWN : b;
    }
    Shapes.require(label < 0 && (a == 1 || b == 1), "one label has sizes %d and %d", a, b);
    return a == 1 ? b : a;
  }

  /** The shape of the result for operands of these shapes. */
  Shape resultShape(List<Shape> shapes) {
    Map<Integer, Integer> sizes = sizes(shapes);
    return Shape.of(result.stream().mapToInt(sizes::get).toArray());
  }

  /**
   * The step for each of {@code order} through a row-major tensor whose dimensions are labelled so:
   * the sum over all dimensions with that label (their diagonal), 0 where there is none or where a
   * size of 1 is repeated.
   */
  static int[] strides(List<Integer> labels, int[] dims, List<Integer> order) {
    int[] own = Shapes.strides(dims);
    int[] strides = new int[order.size()];
    Arrays.setAll(
        strides,
        i -> {
          int step = 0;
          for (int d = 0; d < dims.length; d++) {
            step += labels.get(d).equals(order.get(i)) && dims[d] != 1 ? own[d] : 0;
          }
          return step;
        });
    return strides;
  }
}
