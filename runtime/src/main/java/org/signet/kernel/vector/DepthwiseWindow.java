package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;
import static org.signet.kernel.vector.Lanes.multiplyAdd;

import jdk.incubator.vector.FloatVector;
import org.signet.kernel.dense.WindowLines;
import org.signet.op.FusedActivation;

/** The sums of a window of a depthwise convolution. */
final class DepthwiseWindow {
  private DepthwiseWindow() {}

  /** The sums of windows, as the engine's. */
  static void sums(
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
            sum(from, i * step, taps, weights, places, count, start, channels, out, to, min, max);
          }
        });
  }

  /** The last vectors overlap with those before, so that no channel is left over. */
  private static void sum(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    int c = 0;
    for (; c + 4 * COUNT <= channels; c += 4 * COUNT) {
      fourVectors(
          from, shift + c, taps, weights, c, places, count, start, channels, out, to + c, min, max);
    }
    for (; c < channels; c += COUNT) {
      int at = Math.min(c, channels - COUNT);
      oneVector(
          from,
          shift + at,
          taps,
          weights,
          at,
          places,
          count,
          start,
          channels,
          out,
          to + at,
          min,
          max);
    }
  }

  private static void fourVectors(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int c,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    FloatVector sum0 = FloatVector.fromArray(SPECIES, start, c);
    FloatVector sum1 = FloatVector.fromArray(SPECIES, start, c + COUNT);
    FloatVector sum2 = FloatVector.fromArray(SPECIES, start, c + 2 * COUNT);
    FloatVector sum3 = FloatVector.fromArray(SPECIES, start, c + 3 * COUNT);
    for (int t = 0; t < count; t++) {
      int x = taps[t] + shift;
      int w = places[t] * channels + c;
      sum0 = product(from, x, weights, w, sum0);
      sum1 = product(from, x + COUNT, weights, w + COUNT, sum1);
      sum2 = product(from, x + 2 * COUNT, weights, w + 2 * COUNT, sum2);
      sum3 = product(from, x + 3 * COUNT, weights, w + 3 * COUNT, sum3);
    }
    VectorMath.bounded(sum0, min, max).intoArray(out, to);
    VectorMath.bounded(sum1, min, max).intoArray(out, to + COUNT);
    VectorMath.bounded(sum2, min, max).intoArray(out, to + 2 * COUNT);
    VectorMath.bounded(sum3, min, max).intoArray(out, to + 3 * COUNT);
  }

  private static void oneVector(
      float[] from,
      int shift,
      int[] taps,
      float[] weights,
      int c,
      int[] places,
      int count,
      float[] start,
      int channels,
      float[] out,
      int to,
      float min,
      float max) {
    FloatVector sum = FloatVector.fromArray(SPECIES, start, c);
    for (int t = 0; t < count; t++) {
      sum = product(from, taps[t] + shift, weights, places[t] * channels + c, sum);
    }
    VectorMath.bounded(sum, min, max).intoArray(out, to);
  }

  private static FloatVector product(float[] a, int x, float[] b, int y, FloatVector sum) {
    return multiplyAdd(
        FloatVector.fromArray(SPECIES, a, x), FloatVector.fromArray(SPECIES, b, y), sum);
  }
}
