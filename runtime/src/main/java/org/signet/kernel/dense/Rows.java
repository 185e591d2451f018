package org.signet.kernel.dense;

/**
 * What becomes of {@code count} elements in a row. Each loop keeps several chains going, since one
 * alone would wait for each operation to finish.
 */
final class Rows {
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

  static double sum(float[] from, int at, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int end = at + count;
    int i = at;
    for (; i + 4 <= end; i += 4) {
      sum0 += from[i];
      sum1 += from[i + 1];
      sum2 += from[i + 2];
      sum3 += from[i + 3];
    }
    for (; i < end; i++) {
      sum0 += from[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
