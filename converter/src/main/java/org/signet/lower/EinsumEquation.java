package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What labels an einsum gives to the dimensions of its operands and result: {@code bsd,dhk->bshk}.
 *
 * @param operands the labels of each operand
 * @param result those of the result, all different
 */
record EinsumEquation(List<String> operands, String result) {
  private static final String ELLIPSIS = "...";

  /** Labels that stand in for the dimensions of an ellipsis, rightmost last. */
  private static final String SPARE = "0123456789";

  /** The rank that an equation asks of an operand; empty if it leaves it open. */
  static OptionalInt rank(String text, int operand) {
    String[] operands = text.replace(" ", "").split("->", -1)[0].split(",", -1);
    return operand < operands.length && !operands[operand].contains(ELLIPSIS)
        ? OptionalInt.of(operands[operand].length())
        : OptionalInt.empty();
  }

  /** Reads an equation for operands of these ranks; empty if it does not fit them. */
  static Optional<EinsumEquation> parse(String text, List<Integer> ranks) {
    String equation = text.replace(" ", "");
    int arrow = equation.indexOf("->");
    if (arrow < 0) {
      return Optional.empty();
    }
    String[] operands = equation.substring(0, arrow).split(",", -1);
    if (operands.length != ranks.size()) {
      return Optional.empty();
    }
    int[] more = new int[operands.length];
    int most = 0;
    for (int i = 0; i < operands.length; i++) {
      boolean open = operands[i].contains(ELLIPSIS);
      more[i] = open ? ranks.get(i) - (operands[i].length() - ELLIPSIS.length()) : 0;
      most = Math.max(most, more[i]);
      if (more[i] < 0) {
        return Optional.empty();
      }
    }
    if (most > SPARE.length()) {
      return Optional.empty();
    }
    List<String> expanded = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      expanded.add(expand(operands[i], more[i], most));
      if (expanded.get(i).length() != ranks.get(i)) {
        return Optional.empty();
      }
    }
    String result = expand(equation.substring(arrow + 2), most, most);
    EinsumEquation found = new EinsumEquation(List.copyOf(expanded), result);
    return Optional.of(found).filter(EinsumEquation::isKnown);
  }

  /** Whether a label stands for a dimension of an ellipsis; those broadcast. */
  static boolean isOfEllipsis(char label) {
    return SPARE.indexOf(label) >= 0;
  }

  /** An ellipsis of {@code count} dimensions, the rightmost of the {@code most} in an operand. */
  private static String expand(String labels, int count, int most) {
    return labels.replace(ELLIPSIS, SPARE.substring(most - count, most));
  }

  private boolean isKnown() {
    String all = String.join("", operands);
    return result.chars().allMatch(label -> all.indexOf(label) >= 0)
        && result.chars().distinct().count() == result.length();
  }

  /** The labels that an operand has alone and that the result lacks, each once. */
  String alone(int operand) {
    StringBuilder alone = new StringBuilder();
    String labels = operands.get(operand);
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      long others = operands.stream().filter(other -> other.indexOf(label) >= 0).count() - 1;
      if (others == 0
          && result.indexOf(label) < 0
          && alone.indexOf(labels.substring(i, i + 1)) < 0) {
        alone.append(label);
      }
    }
    return alone.toString();
  }

  String left() {
    return operands.getFirst();
  }

  String right() {
    return operands.getLast();
  }

  /** Of two operands: the labels of both and of the result, in the result's order. */
  String batch() {
    return filter(result, true, true, true);
  }

  /** The labels that are summed over. */
  String contracted() {
    return filter(left(), true, true, false);
  }

  /** The labels of operand 0 and the result alone, in the result's order. */
  String leftFree() {
    return filter(result, true, false, true);
  }

  /** The labels of operand 1 and the result alone, in the result's order. */
  String rightFree() {
    return filter(result, false, true, true);
  }

  private String filter(String labels, boolean inLeft, boolean inRight, boolean inResult) {
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      if (left().indexOf(label) >= 0 == inLeft
          && right().indexOf(label) >= 0 == inRight
          && result.indexOf(label) >= 0 == inResult) {
        kept.append(label);
      }
    }
    return kept.toString();
  }
}
