package org.signet.kernel.vector;

/**
 * Loops over float arrays that the JIT turns into vectors by itself. Those of two operands compute
 * {@code out[i + k] = f(a[x + k], b[y + k])} for {@code k < count}.
 */
final class PlainLoops {
  private PlainLoops() {}

  static void negate(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = -from[i];
    }
  }

  static void abs(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.abs(from[i]);
    }
  }

  static void square(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * from[i];
    }
  }

  static void sqrt(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.sqrt(from[i]);
    }
  }

  static void rsqrt(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = 1 / (float) Math.sqrt(from[i]);
    }
  }

  /** {@code x} times the part of (0, 6) that {@code x + 3} takes. */
  static void hardSwish(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      float x = from[i];
      to[i] = x * (Math.min(Math.max(x + 3, 0), 6) / 6);
    }
  }

  static void add(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] + b[y + k];
    }
  }

  static void subtract(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] - b[y + k];
    }
  }

  static void multiply(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] * b[y + k];
    }
  }

  static void divide(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] / b[y + k];
    }
  }

  /** NaN if either is NaN. */
  static void max(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = Math.max(a[x + k], b[y + k]);
    }
  }

  /** NaN if either is NaN. */
  static void min(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = Math.min(a[x + k], b[y + k]);
    }
  }

  static void squaredDifference(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      float difference = a[x + k] - b[y + k];
      out[i + k] = difference * difference;
    }
  }

  /** {@code to[i] = (from[at + i] − shift) · factor}, the result at {@code at} too. */
  static void shiftAndScale(
      float[] from, float[] to, int at, int count, float shift, float factor) {
    for (int i = at; i < at + count; i++) {
      to[i] = (from[i] - shift) * factor;
    }
  }

  /** Adds {@code count} elements from {@code at} on to {@code sums}. */
  static void addTo(double[] sums, float[] from, int at, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += from[at + i];
    }
  }
}
