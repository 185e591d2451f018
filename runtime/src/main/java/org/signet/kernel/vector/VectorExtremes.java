package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The largest and least elements of rows and of columns: NaN if there is one. */
final class VectorExtremes {
  private VectorExtremes() {}

  /** The largest of {@code count} elements from {@code at} on, a whole number of vectors. */
  static float max(float[] from, int at, int count) {
    FloatVector a = load(from, at);
    FloatVector b = a;
    int i = COUNT;
    for (; i + 2 * COUNT <= count; i += 2 * COUNT) {
      a = a.max(load(from, at + i));
      b = b.max(load(from, at + i + COUNT));
    }
    for (; i < count; i += COUNT) {
      a = a.max(load(from, at + i));
    }
    return a.max(b).reduceLanes(VectorOperators.MAX);
  }

  /** The least of such elements. */
  static float min(float[] from, int at, int count) {
    FloatVector a = load(from, at);
    FloatVector b = a;
    int i = COUNT;
    for (; i + 2 * COUNT <= count; i += 2 * COUNT) {
      a = a.min(load(from, at + i));
      b = b.min(load(from, at + i + COUNT));
    }
    for (; i < count; i += COUNT) {
      a = a.min(load(from, at + i));
    }
    return a.min(b).reduceLanes(VectorOperators.MIN);
  }

  /**
   * The largest of each column of rows that begin at {@code at} and {@code step} apart, for {@code
   * count} columns, a whole number of vectors.
   */
  static void max(float[] from, int at, int rows, int step, int count, float[] out, int to) {
    for (int c = 0; c < count; c += COUNT) {
      FloatVector most = load(from, at + c);
      for (int k = 1; k < rows; k++) {
        most = most.max(load(from, at + k * step + c));
      }
      most.intoArray(out, to + c);
    }
  }

  /** The least ones. */
  static void min(float[] from, int at, int rows, int step, int count, float[] out, int to) {
    for (int c = 0; c < count; c += COUNT) {
      FloatVector least = load(from, at + c);
      for (int k = 1; k < rows; k++) {
        least = least.min(load(from, at + k * step + c));
      }
      least.intoArray(out, to + c);
    }
  }

  private static FloatVector load(float[] from, int i) {
    return FloatVector.fromArray(SPECIES, from, i);
  }
}
