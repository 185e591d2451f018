package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.signet.kernel.dense.Combination;

/**
 * Functions of two elements in whole vectors. The JIT makes vectors of plain loops only where all
 * arrays are at the same place, since they might overlap else.
 */
final class VectorCombinations {
  private VectorCombinations() {}

  /**
   * As {@link Combination.Loop#run}.
   *
   * @param count a multiple of the floats in a vector
   */
  static void run(
      Combination function, float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    switch (function) {
      case ADD -> add(a, x, b, y, out, i, count);
      case DIV -> divide(a, x, b, y, out, i, count);
      case MAXIMUM -> max(a, x, b, y, out, i, count);
      case MINIMUM -> min(a, x, b, y, out, i, count);
      case MUL -> multiply(a, x, b, y, out, i, count);
      case SQUARED_DIFFERENCE -> squaredDifference(a, x, b, y, out, i, count);
      case SUB -> subtract(a, x, b, y, out, i, count);
    }
  }

  private static void add(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).add(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void divide(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).div(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void max(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).max(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void min(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).min(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void multiply(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).mul(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void subtract(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      load(a, x + k).sub(load(b, y + k)).intoArray(out, i + k);
    }
  }

  private static void squaredDifference(
      float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k += COUNT) {
      FloatVector difference = load(a, x + k).sub(load(b, y + k));
      difference.mul(difference).intoArray(out, i + k);
    }
  }

  private static FloatVector load(float[] from, int i) {
    return FloatVector.fromArray(SPECIES, from, i);
  }
}
