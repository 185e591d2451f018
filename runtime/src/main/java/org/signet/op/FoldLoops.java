package org.signet.op;

/**
 * The loops of reductions: a run of elements put together to one, or added to as many sums. Each is
 * on its own, for the JIT to make vectors of it. NaN wins over any other number.
 */
final class FoldLoops {
  private FoldLoops() {}

  /** Four chains of additions, as one alone would wait for each to finish. */
  static double sum(double start, double[] x, int count) {
    double a = start;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < count; i++) {
      a += x[i];
    }
    return (a + b) + (c + d);
  }

  static double product(double start, double[] x, int count) {
    double a = start;
    double b = 1;
    int i = 0;
    for (; i + 2 <= count; i += 2) {
      a *= x[i];
      b *= x[i + 1];
    }
    return i < count ? a * b * x[i] : a * b;
  }

  static double max(double start, double[] x, int count) {
    double a = start;
    double b = start;
    int i = 0;
    for (; i + 2 <= count; i += 2) {
      a = Math.max(a, x[i]);
      b = Math.max(b, x[i + 1]);
    }
    return Math.max(Math.max(a, b), i < count ? x[i] : start);
  }

  static double min(double start, double[] x, int count) {
    double a = start;
    double b = start;
    int i = 0;
    for (; i + 2 <= count; i += 2) {
      a = Math.min(a, x[i]);
      b = Math.min(b, x[i + 1]);
    }
    return Math.min(Math.min(a, b), i < count ? x[i] : start);
  }

  /** The largest of {@code x[at .. at + count)} and {@code start}. */
  static float max(float start, float[] x, int at, int count) {
    float max = start;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static float min(float start, float[] x, int at, int count) {
    float min = start;
    for (int i = at; i < at + count; i++) {
      min = Math.min(min, x[i]);
    }
    return min;
  }

  static void maxTo(float[] maxima, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      maxima[i] = Math.max(maxima[i], x[i]);
    }
  }

  static void minTo(float[] minima, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      minima[i] = Math.min(minima[i], x[i]);
    }
  }

  static int sum(int start, int[] x, int at, int count) {
    int sum = start;
    for (int i = at; i < at + count; i++) {
      sum += x[i];
    }
    return sum;
  }

  static int max(int start, int[] x, int at, int count) {
    int max = start;
    for (int i = at; i < at + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static int min(int start, int[] x, int at, int count) {
    int min = start;
    for (int i = at; i < at + count; i++) {
      min = Math.min(min, x[i]);
    }
    return min;
  }

  static void addTo(int[] sums, int[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += x[i];
    }
  }

  static void maxTo(int[] maxima, int[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      maxima[i] = Math.max(maxima[i], x[i]);
    }
  }

  static void minTo(int[] minima, int[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      minima[i] = Math.min(minima[i], x[i]);
    }
  }

  /** Whether any of {@code x[at .. at + count)} is true, or with {@code wanted} 0, is false. */
  static boolean hasBool(byte[] x, int at, int count, int wanted) {
    for (int i = at; i < at + count; i++) {
      if ((x[i] != 0 ? 1 : 0) == wanted) {
        return true;
      }
    }
    return false;
  }

  static void orTo(byte[] any, byte[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      any[i] |= x[i];
    }
  }

  static void andTo(byte[] all, byte[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      all[i] &= x[i];
    }
  }

  static void addTo(double[] sums, int at, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      sums[at + i] += x[i];
    }
  }

  static void multiplyTo(double[] products, int at, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      products[at + i] *= x[i];
    }
  }

  static void maxTo(double[] maxima, int at, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      maxima[at + i] = Math.max(maxima[at + i], x[i]);
    }
  }

  static void minTo(double[] minima, int at, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      minima[at + i] = Math.min(minima[at + i], x[i]);
    }
  }

  static long sum(long start, long[] x, int count) {
    long sum = start;
    for (int i = 0; i < count; i++) {
      sum += x[i];
    }
    return sum;
  }

  static long product(long start, long[] x, int count) {
    long product = start;
    for (int i = 0; i < count; i++) {
      product *= x[i];
    }
    return product;
  }

  static long max(long start, long[] x, int count) {
    long max = start;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static long min(long start, long[] x, int count) {
    long min = start;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, x[i]);
    }
    return min;
  }

  static void addTo(long[] sums, int at, long[] x, int count) {
    for (int i = 0; i < count; i++) {
      sums[at + i] += x[i];
    }
  }

  static void multiplyTo(long[] products, int at, long[] x, int count) {
    for (int i = 0; i < count; i++) {
      products[at + i] *= x[i];
    }
  }

  static void maxTo(long[] maxima, int at, long[] x, int count) {
    for (int i = 0; i < count; i++) {
      maxima[at + i] = Math.max(maxima[at + i], x[i]);
    }
  }

  static void minTo(long[] minima, int at, long[] x, int count) {
    for (int i = 0; i < count; i++) {
      minima[at + i] = Math.min(minima[at + i], x[i]);
    }
  }
}
