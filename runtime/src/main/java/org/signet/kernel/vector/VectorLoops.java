package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of elements that the JIT does not turn into vectors by itself. The loops are alike, and
 * written out, since a loop that gets its function from outside would allocate every vector.
 */
final class VectorLoops {
  private VectorLoops() {}

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  static void bound(float[] from, float[] to, int at, int count, float min, float max) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.bounded(load(from, i), min, max).intoArray(to, i);
    }
  }

  /** {@code slope · x} unless {@code x} is above 0. */
  static void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    for (int i = at; i < at + count; i += COUNT) {
      FloatVector x = load(from, i);
      x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0)).intoArray(to, i);
    }
  }

  static void exp(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.exp(load(from, i)).intoArray(to, i);
    }
  }

  static void logistic(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.logistic(load(from, i)).intoArray(to, i);
    }
  }

  /** {@code x} times its logistic. */
  static void swish(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      FloatVector x = load(from, i);
      x.mul(VectorMath.logistic(x)).intoArray(to, i);
    }
  }

  private static FloatVector load(float[] from, int i) {
    return FloatVector.fromArray(SPECIES, from, i);
  }
}
