package org.signet.lower;

import java.util.Optional;

/**
 * An equation of two operands, each label of which stands at most once in an operand: {@code
 * bsd,dhk->bshk}.
 *
 * @param left the labels of operand 0
 * @param right the labels of operand 1
 * @param result the labels of the result
 */
record EinsumEquation(String left, String right, String result) {
  private static final String ELLIPSIS = "...";

  /** Labels that stand in for the dimensions of an ellipsis, rightmost last. */
  private static final String SPARE = "0123456789";

  /** Reads an equation for operands of these ranks; empty if it is not of this simple kind. */
  static Optional<EinsumEquation> parse(String text, int leftRank, int rightRank) {
    String equation = text.replace(" ", "");
    int arrow = equation.indexOf("->");
    int comma = equation.indexOf(',');
    if (arrow < 0 || comma < 0 || comma > arrow || equation.indexOf(',', comma + 1) >= 0) {
      return Optional.empty();
    }
    String left = equation.substring(0, comma);
    String right = equation.substring(comma + 1, arrow);
    String result = equation.substring(arrow + 2);
    int leftMore = left.contains(ELLIPSIS) ? leftRank - (left.length() - ELLIPSIS.length()) : 0;
    int rightMore = right.contains(ELLIPSIS) ? rightRank - (right.length() - ELLIPSIS.length()) : 0;
    int more = Math.max(leftMore, rightMore);
    if (leftMore < 0 || rightMore < 0 || more > SPARE.length()) {
      return Optional.empty();
    }
    EinsumEquation expanded =
        new EinsumEquation(
            expand(left, leftMore, more),
            expand(right, rightMore, more),
            expand(result, more, more));
    return Optional.of(expanded).filter(e -> e.isSimple(leftRank, rightRank));
  }

  /** Whether a label stands for a dimension of an ellipsis; those broadcast. */
  static boolean isOfEllipsis(char label) {
    return SPARE.indexOf(label) >= 0;
  }

  /** An ellipsis of {@code count} dimensions, the rightmost of the {@code most} in an operand. */
  private static String expand(String labels, int count, int most) {
    return labels.replace(ELLIPSIS, SPARE.substring(most - count, most));
  }

  private boolean isSimple(int leftRank, int rightRank) {
    if (left.length() != leftRank
        || right.length() != rightRank
        || !isDistinct(left)
        || !isDistinct(right)
        || !isDistinct(result)) {
      return false;
    }
    String all = left + right;
    boolean known = result.chars().allMatch(label -> all.indexOf(label) >= 0);
    boolean used =
        all.chars()
            .allMatch(label ->
                result.indexOf(label) >= 0
                    || (left.indexOf(label) >= 0 && right.indexOf(label) >= 0));
    return known && used;
  }

  private static boolean isDistinct(String labels) {
    return labels.chars().distinct().count() == labels.length();
  }

  /** The labels of both operands and the result, in the result's order. */
  String batch() {
    return filter(result, true, true, true);
  }

  /** The labels that are summed over. */
  String contracted() {
    return filter(left, true, true, false);
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
      if (left.indexOf(label) >= 0 == inLeft
          && right.indexOf(label) >= 0 == inRight
          && result.indexOf(label) >= 0 == inResult) {
        kept.append(label);
      }
    }
    return kept.toString();
  }
}
