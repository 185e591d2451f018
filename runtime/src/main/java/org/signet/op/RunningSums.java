package org.signet.op;

import java.util.Arrays;

/** Running sums of floats along lines, accumulated in double. For one thread. */
final class RunningSums {
  /** Sums that are carried on at a time. */
  private static final int MOST = 256;

  /** Lines that lie one behind the other are summed up as many at a time. */
  private static final int SIDE_BY_SIDE = 4;

  private final AxisLines lines;
  private final boolean exclusive;
  private final boolean reverse;
  private final double[] sums;

  /**
   * @param exclusive whether an element is left out of its own sum
   * @param reverse whether sums begin at the end
   */
  RunningSums(AxisLines lines, boolean exclusive, boolean reverse) {
    this.lines = lines;
    this.exclusive = exclusive;
    this.reverse = reverse;
    this.sums = new double[Math.min(MOST, lines.inner())];
  }

  void run(float[] x, float[] out) {
    int length = lines.length();
    int inner = lines.inner();
    if (inner == 1) {
      int outer = 0;
      for (; outer + SIDE_BY_SIDE <= lines.outer(); outer += SIDE_BY_SIDE) {
        four(x, out, outer * length);
      }
      for (; outer < lines.outer(); outer++) {
        one(x, out, outer * length);
      }
      return;
    }
    for (int outer = 0; outer < lines.outer(); outer++) {
      for (int first = 0; first < inner; first += MOST) {
        int count = Math.min(MOST, inner - first);
        Arrays.fill(sums, 0, count, 0);
        for (int k = 0; k < length; k++) {
          int row = outer * length + (reverse ? length - 1 - k : k);
          if (exclusive) {
            before(x, out, row * inner + first, count);
          } else {
            after(x, out, row * inner + first, count);
          }
        }
      }
    }
  }

  private void after(float[] x, float[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      double sum = sums[i] + x[at + i];
      sums[i] = sum;
      out[at + i] = (float) sum;
    }
  }

  private void before(float[] x, float[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      double sum = sums[i];
      out[at + i] = (float) sum;
      sums[i] = sum + x[at + i];
    }
  }

  private void one(float[] x, float[] out, int from) {
    int step = reverse ? -1 : 1;
    int at = reverse ? from + lines.length() - 1 : from;
    double sum = 0;
    for (int k = 0; k < lines.length(); k++, at += step) {
      double next = sum + x[at];
      out[at] = (float) (exclusive ? sum : next);
      sum = next;
    }
  }

  /** An addition alone would wait for the one before. */
  private void four(float[] x, float[] out, int from) {
    int length = lines.length();
    int step = reverse ? -1 : 1;
    int at = reverse ? from + length - 1 : from;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int k = 0; k < length; k++, at += step) {
      if (exclusive) {
        out[at] = (float) a;
        out[at + length] = (float) b;
        out[at + 2 * length] = (float) c;
        out[at + 3 * length] = (float) d;
      }
      a += x[at];
      b += x[at + length];
      c += x[at + 2 * length];
      d += x[at + 3 * length];
      if (!exclusive) {
        out[at] = (float) a;
        out[at + length] = (float) b;
        out[at + 2 * length] = (float) c;
        out[at + 3 * length] = (float) d;
      }
    }
  }
}
