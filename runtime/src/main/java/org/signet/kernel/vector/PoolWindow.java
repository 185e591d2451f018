package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The largest or the mean of the pixels of a window. */
final class PoolWindow {
  private PoolWindow() {}

  static void pool(
      boolean largest,
      float[] from,
      int shift,
      int[] taps,
      int count,
      float[] out,
      int to,
      int channels) {
    for (int c = 0; c < channels; c += COUNT) {
      // The last vector overlaps with the one before.
      int channel = Math.min(c, channels - COUNT);
      if (largest) {
        max(from, shift + channel, taps, count, out, to + channel);
      } else {
        average(from, shift + channel, taps, count, out, to + channel);
      }
    }
  }

  /** From the lowest finite number on; NaN is passed over. */
  private static void max(float[] from, int shift, int[] taps, int count, float[] out, int to) {
    FloatVector highest = FloatVector.broadcast(SPECIES, -Float.MAX_VALUE);
    for (int t = 0; t < count; t++) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, taps[t] + shift);
      highest = highest.blend(x, x.compare(VectorOperators.GT, highest));
    }
    highest.intoArray(out, to);
  }

  private static void average(float[] from, int shift, int[] taps, int count, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int t = 0; t < count; t++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, from, taps[t] + shift));
    }
    sum.div(count).intoArray(out, to);
  }
}
