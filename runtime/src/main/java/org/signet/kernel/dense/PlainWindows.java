package org.signet.kernel.dense;

import org.signet.op.FusedActivation;

/** What engines compute of windows, bit for bit, in plain loops; see {@link Engine}. */
public final class PlainWindows {
  private PlainWindows() {}

  /** The sums of windows, as {@link Engine#depthwise}. */
  public static void depthwise(
      float[] from,
      WindowLines lines,
      float[] weights,
      float[] start,
      int channels,
      FusedActivation activation,
      float[] out,
      int at) {
    int step = lines.stride() * channels;
    float min = activation.min();
    float max = activation.max();
    lines.forEach(
        channels,
        (window, windows, taps, places, count) -> {
          for (int i = 0; i < windows; i++) {
            int to = at + (window + i) * channels;
            depthwise(
                from, i * step, taps, places, count, weights, start, channels, min, max, out, to);
          }
        });
  }

  /** The sums of one window; {@code shift} is added to all positions. */
  public static void depthwise(
      float[] from,
      int shift,
      int[] taps,
      int[] places,
      int count,
      float[] weights,
      float[] start,
      int channels,
      float min,
      float max,
      float[] out,
      int to) {
    for (int c = 0; c < channels; c++) {
      float sum = start[c];
      for (int t = 0; t < count; t++) {
        sum = MultiplyAdd.of(from[taps[t] + shift + c], weights[places[t] * channels + c], sum);
      }
      out[to + c] = sum < min ? min : sum > max ? max : sum;
    }
  }

  /** The largest or the mean of one window. */
  public static void pool(
      boolean largest,
      float[] from,
      int shift,
      int[] taps,
      int count,
      int channels,
      float[] out,
      int to) {
    for (int c = 0; c < channels; c++) {
      float highest = -Float.MAX_VALUE;
      float sum = 0;
      for (int t = 0; t < count; t++) {
        float x = from[taps[t] + shift + c];
        highest = x > highest ? x : highest;
        sum += x;
      }
      out[to + c] = largest ? highest : sum / count;
    }
  }
}
