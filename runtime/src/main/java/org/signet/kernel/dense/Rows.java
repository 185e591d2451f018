package org.signet.kernel.dense;

/**
 * What becomes of {@code count} elements in a row. Each loop keeps several chains going, since one
 * alone would wait for each operation to finish.
 */
final class Rows {
  private static final int CHAINS = 16;

  private Rows() {}

  /** The largest; NaN if one is NaN, −∞ of none. */
  static float max(float[] from, int at, int count) {
    float max0 = Float.NEGATIVE_INFINITY;
    float max1 = max0;
    float max2 = max0;
    float max3 = max0;
    int end = at + count;
    int i = at;
    for (; i + 4 <= end; i += 4) {
      max0 = Math.max(max0, from[i]);
      max1 = Math.max(max1, from[i + 1]);
      max2 = Math.max(max2, from[i + 2]);
      max3 = Math.max(max3, from[i + 3]);
    }
    for (; i < end; i++) {
      max0 = Math.max(max0, from[i]);
    }
    return Math.max(Math.max(max0, max1), Math.max(max2, max3));
  }

  /** Each element goes to one of many chains in turn, which are then put together by halves. */
  static double sum(float[] from, int at, int count) {
    double[] chains = new double[CHAINS];
    for (int i = 0; i < count; i += CHAINS) {
      PlainLoops.addTo(chains, from, at + i, Math.min(CHAINS, count - i));
    }
    for (int half = CHAINS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        chains[i] += chains[i + half];
      }
    }
    return chains[0];
  }

  /** As {@link Engine#sums}. */
  static void sums(float[] from, int first, int end, int count, boolean mean, float[] out) {
    for (int i = first; i < end; i++) {
      double sum = sum(from, i * count, count);
      out[i] = (float) (mean ? sum / count : sum);
    }
  }
}
