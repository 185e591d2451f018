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

  /**
   * How a line or column of a filter is transformed: whole numbers, whose products are exact. What
   * they should be divided by, {@link #six} divides pixels by, of which there are fewer.
   */
  private static final float[][] FILTER = {
    {1, 0, 0},
    {1, 1, 1},
    {1, -1, 1},
    {1, 2, 4},
    {1, -2, 4},
    {0, 0, 1}
  };

  private static final float FOURTH = 1f / 4;
  private static final float SIXTH = 1f / 6;
  private static final float TWENTY_FOURTH = 1f / 24;

  private Winograd() {}

  /**
   * Transforms a line of filters, as {@link Engine#winogradFilters}. The other lines need not be
   * kept meanwhile: the transformed filters, four times as large, so stay in the caches.
   */
  public static void filters(
      float[] from, int at, int count, int line, float[] to, int toAt, int placeStep) {
    float[] factors = FILTER[line];
    for (int i = 0; i < count; i++) {
      float a = down(factors, from, at + i, count);
      float b = down(factors, from, at + count + i, count);
      float c = down(factors, from, at + 2 * count + i, count);
      float p = a + c;
      float q = a + c * 4;
      float r = b * 2;
      int first = toAt + i;
      to[first] = a;
      to[first + placeStep] = p + b;
      to[first + 2 * placeStep] = p - b;
      to[first + 3 * placeStep] = q + r;
      to[first + 4 * placeStep] = q - r;
      to[first + 5 * placeStep] = c;
    }
  }

  /** The column of a filter whose first tap is at {@code at}. */
  private static float down(float[] factors, float[] from, int at, int count) {
    float first = from[at] * factors[0];
    float second = from[at + 3 * count] * factors[1];
    float third = from[at + 6 * count] * factors[2];
    return first + third + second;
  }

  /** Transforms tiles of pixels, as {@link Engine#winogradIn}. */
  public static void in(
      float[] from,
      int[] starts,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] to,
      int placeStep) {
    float[] between = new float[PLACES * channels];
    int line = PIXELS * channels;
    for (int i = first; i < end; i++) {
      int at = i * channels;
      for (int x = 0; x < PIXELS; x++) {
        int pixel = x * channels;
        six(from, starts[i] + pixel, rowStep, between, pixel, line, channels);
      }
      for (int y = 0; y < PIXELS; y++) {
        int place = at + y * PIXELS * placeStep;
        six(between, y * line, channels, to, place, placeStep, channels);
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
      to[toAt + i] = (a * 4 - c * 5 + e) * FOURTH;
      to[toAt + toStep + i] = (p + q) * -SIXTH;
      to[toAt + 2 * toStep + i] = (p - q) * -SIXTH;
      to[toAt + 3 * toStep + i] = (r + s) * TWENTY_FOURTH;
      to[toAt + 4 * toStep + i] = (r - s) * TWENTY_FOURTH;
      to[toAt + 5 * toStep + i] = b * 4 - d * 5 + f;
    }
  }

  /** Transforms tiles of sums to results, as {@link Engine#winogradOut}. */
  public static void out(
      float[] from,
      int placeStep,
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
      int at = i * channels;
      for (int x = 0; x < PIXELS; x++) {
        four(from, at + x * placeStep, PIXELS * placeStep, between, x * channels, line, channels);
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
