package org.signet.kernel.dense;

import org.signet.op.FusedActivation;

/**
 * The transforms of Winograd's F(4×4, 3×3) convolution (Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks", 2016): 4×4 results take 36 multiplications a channel, not 144.
 * The points of interpolation are 0, ±1, ±2 and ∞.
 */
public final class Winograd {
  /** Lines and columns of results in a tile. */
  public static final int RESULTS = 4;

  /** Lines and columns of pixels that they see. */
  public static final int PIXELS = 6;

  /** Elements of a transformed tile. */
  public static final int PLACES = PIXELS * PIXELS;

  /** Elements of a filter. */
  public static final int TAPS = 9;

  private static final int KERNEL = 3;

  private static final double[][] FILTER = {
    {1.0 / 4, 0, 0},
    {-1.0 / 6, -1.0 / 6, -1.0 / 6},
    {-1.0 / 6, 1.0 / 6, -1.0 / 6},
    {1.0 / 24, 1.0 / 12, 1.0 / 6},
    {1.0 / 24, -1.0 / 12, 1.0 / 6},
    {0, 0, 1}
  };

  private Winograd() {}

  /**
   * Transforms filters.
   *
   * @param filter [outputs, 3, 3, channels]
   * @param transformed [36, outputs, channels]: 36 matrices, the columns of each one after the
   *     other
   */
  public static void filters(float[] filter, int outputs, int channels, float[] transformed) {
    double[][] half = new double[PIXELS * KERNEL][channels];
    for (int o = 0; o < outputs; o++) {
      int from = o * KERNEL * KERNEL * channels;
      for (int i = 0; i < half.length; i++) {
        int pixel = from + i % KERNEL * channels;
        addUp(FILTER[i / KERNEL], filter, pixel, KERNEL * channels, half[i]);
      }
      for (int i = 0; i < PLACES; i++) {
        int first = i / PIXELS * KERNEL;
        int at = (i * outputs + o) * channels;
        addUp(FILTER[i % PIXELS], half[first], half[first + 1], half[first + 2], transformed, at);
      }
    }
  }

  /** Three numbers, {@code step} apart, times a factor each, for each channel. */
  private static void addUp(double[] factors, float[] from, int at, int step, double[] to) {
    double first = factors[0];
    double second = factors[1];
    double third = factors[2];
    for (int c = 0; c < to.length; c++) {
      int i = at + c;
      to[c] = 0.0 + first * from[i] + second * from[i + step] + third * from[i + 2 * step];
    }
  }

  private static void addUp(
      double[] factors, double[] a, double[] b, double[] c, float[] to, int at) {
    double first = factors[0];
    double second = factors[1];
    double third = factors[2];
    for (int i = 0; i < a.length; i++) {
      to[at + i] = (float) (0.0 + a[i] * first + b[i] * second + c[i] * third);
    }
  }

  /** Transforms tiles of pixels, as {@link Engine#winogradIn}. */
  public static void in(
      float[] from, int[] starts, int first, int end, int rowStep, int channels, float[] to) {
    float[] between = new float[PLACES * channels];
    int line = PIXELS * channels;
    for (int i = first; i < end; i++) {
      int at = i * PLACES * channels;
      for (int x = 0; x < PIXELS; x++) {
        int pixel = x * channels;
        six(from, starts[i] + pixel, rowStep, between, pixel, line, channels);
      }
      for (int y = 0; y < PIXELS; y++) {
        six(between, y * line, channels, to, at + y * line, channels, channels);
      }
    }
  }

  private static void six(
      float[] from, int at, int step, float[] to, int toAt, int toStep, int count) {
    for (int i = 0; i < count; i++) {
      float a = from[at + i];
      float b = from[at + step + i];
      float c = from[at + 2 * step + i];
      float d = from[at + 3 * step + i];
      float e = from[at + 4 * step + i];
      float f = from[at + 5 * step + i];
      float p = e - c * 4;
      float q = d - b * 4;
      float r = e - c;
      float s = (d - b) * 2;
      to[toAt + i] = a * 4 - c * 5 + e;
      to[toAt + toStep + i] = p + q;
      to[toAt + 2 * toStep + i] = p - q;
      to[toAt + 3 * toStep + i] = r + s;
      to[toAt + 4 * toStep + i] = r - s;
      to[toAt + 5 * toStep + i] = b * 4 - d * 5 + f;
    }
  }

  /** Transforms tiles of sums to results, as {@link Engine#winogradOut}. */
  public static void out(
      float[] from,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] bias,
      FusedActivation activation,
      float[] out) {
    float[] between = new float[RESULTS * PIXELS * channels];
    float[] last = new float[RESULTS * RESULTS * channels];
    int line = PIXELS * channels;
    for (int i = first; i < end; i++) {
      int at = i * PLACES * channels;
      for (int x = 0; x < PIXELS; x++) {
        int pixel = x * channels;
        four(from, at + pixel, line, between, pixel, line, channels);
      }
      for (int y = 0; y < RESULTS; y++) {
        four(between, y * line, channels, last, y * RESULTS * channels, channels, channels);
      }
      for (int y = 0; y < places[3 * i + 1]; y++) {
        for (int x = 0; x < places[3 * i + 2]; x++) {
          int to = places[3 * i] + y * rowStep + x * channels;
          PlainLoops.add(last, (y * RESULTS + x) * channels, bias, 0, out, to, channels);
          PlainLoops.bound(out, out, to, channels, activation.min(), activation.max());
        }
      }
    }
  }

  private static void four(
      float[] from, int at, int step, float[] to, int toAt, int toStep, int count) {
    for (int i = 0; i < count; i++) {
      float a = from[at + i];
      float b = from[at + step + i];
      float c = from[at + 2 * step + i];
      float d = from[at + 3 * step + i];
      float e = from[at + 4 * step + i];
      float f = from[at + 5 * step + i];
      float p = b + c;
      float q = b - c;
      float r = d + e;
      float s = d - e;
      to[toAt + i] = a + p + r;
      to[toAt + toStep + i] = q + s * 2;
      to[toAt + 2 * toStep + i] = p + r * 4;
      to[toAt + 3 * toStep + i] = q + s * 8 + f;
    }
  }
}
