package org.signet.source.keras;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The products of attention over some dimensions of tensors [batch..., attended..., heads,
 * features].
 *
 * @param attended the number of dimensions that are attended over
 * @param scores keys times queries, [batch..., heads, queries..., keys...]
 * @param result scores times values, [batch..., queries..., heads, features]
 */
record AttentionEquations(int attended, String scores, String result) {
  /**
   * @param rank of queries, keys and values
   * @param axes none of them the first, or one of the last two
   */
  static AttentionEquations of(int rank, int... axes) {
    String queries = labels(rank);
    StringBuilder keys = new StringBuilder(queries);
    StringBuilder product = new StringBuilder();
    int next = rank;
    for (int axis : Arrays.stream(axes).sorted().toArray()) {
      keys.setCharAt(axis, letter(next++));
    }
    for (int i = 0; i < rank - 1; i++) {
      int at = i;
      if (IntStream.of(axes).noneMatch(axis -> axis == at)) {
        product.append(queries.charAt(i));
      }
    }
    for (int axis : axes) {
      product.append(queries.charAt(axis));
    }
    for (int axis : axes) {
      product.append(keys.charAt(axis));
    }
    return new AttentionEquations(
        axes.length, keys + "," + queries + "->" + product, product + "," + keys + "->" + queries);
  }

  /** Labels for {@code rank} dimensions. */
  static String labels(int rank) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < rank; i++) {
      labels.append(letter(i));
    }
    return labels.toString();
  }

  private static char letter(int index) {
    if (index > 'r' - 'a') {
      throw new IllegalArgumentException("attention over too many dimensions");
    }
    return (char) ('a' + index);
  }
}
