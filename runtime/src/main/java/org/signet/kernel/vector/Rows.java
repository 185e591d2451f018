package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What becomes of {@code count} elements in a row. */
final class Rows {
  /** Elements that are summed in float32 before the sum goes on in float64. */
  private static final int BLOCK = 64 * COUNT;

  private Rows() {}

  /** The largest; NaN if one is NaN, −∞ of none. */
  static float max(float[] from, int at, int count) {
    float highest = Float.NEGATIVE_INFINITY;
    int i = 0;
    if (count >= COUNT) {
      FloatVector all = FloatVector.fromArray(SPECIES, from, at);
      for (i = COUNT; i + COUNT <= count; i += COUNT) {
        all = all.max(FloatVector.fromArray(SPECIES, from, at + i));
      }
      highest = all.reduceLanes(VectorOperators.MAX);
    }
    for (; i < count; i++) {
      highest = Math.max(highest, from[at + i]);
    }
    return highest;
  }

  /** The sum, also where a part of it is beyond the range of float32. */
  static double sum(float[] from, int at, int count) {
    double sum = 0;
    int whole = count - count % BLOCK;
    for (int i = 0; i < whole; i += BLOCK) {
      sum += sumBlock(from, at + i, BLOCK);
    }
    int rest = (count - whole) / COUNT * COUNT;
    sum += rest == 0 ? 0 : sumBlock(from, at + whole, rest);
    sum += sumEach(from, at + whole + rest, count - whole - rest);
    return Double.isFinite(sum) ? sum : sumEach(from, at, count);
  }

  /** Sums whole vectors. */
  private static float sumBlock(float[] from, int at, int count) {
    FloatVector even = FloatVector.zero(SPECIES);
    FloatVector odd = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + 2 * COUNT <= count; i += 2 * COUNT) {
      even = even.add(FloatVector.fromArray(SPECIES, from, at + i));
      odd = odd.add(FloatVector.fromArray(SPECIES, from, at + i + COUNT));
    }
    if (i < count) {
      even = even.add(FloatVector.fromArray(SPECIES, from, at + i));
    }
    return even.add(odd).reduceLanes(VectorOperators.ADD);
  }

  private static double sumEach(float[] from, int at, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += from[at + i];
    }
    return sum;
  }
}
