package org.signet.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Moves the sums that a micro-kernel leaves to the result, bounded by the fused activation. */
final class Tile {
  private Tile() {}

  /**
   * Stores the first {@code width} columns of the first {@code rows} rows. Stores are whole
   * vectors, the last as long as it ends before {@code limit}: it also changes what follows a row
   * in {@code out}, which the caller must write later.
   *
   * @param at where the first row goes
   * @param step from one row to the next in {@code out}
   * @param limit where the part of {@code out} ends that is written later; 0 if there is none
   * @param min sums below become this; −∞ if there is no bound
   * @param max sums above become this; +∞ if there is no bound
   */
  static void store(
      float[] tile,
      int rows,
      int width,
      float[] out,
      int at,
      int step,
      int limit,
      float min,
      float max) {
    for (int i = 0; i < rows; i++) {
      int to = at + i * step;
      for (int j = 0; j < width; j += Lanes.COUNT) {
        if (j + Lanes.COUNT <= width || to + j + Lanes.COUNT <= limit) {
          storeVector(tile, i * Lanes.PANEL + j, out, to + j, min, max);
        } else {
          storeEach(tile, i * Lanes.PANEL + j, out, to + j, width - j, min, max);
        }
      }
    }
  }

  /** Stores the same sums element by element, and nothing else. */
  static void storePlain(
      float[] tile, int rows, int width, float[] out, int at, int step, float min, float max) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        float sum = tile[i * Lanes.PANEL + j];
        out[at + i * step + j] = sum < min ? min : sum > max ? max : sum;
      }
    }
  }

  private static void storeVector(
      float[] tile, int from, float[] out, int to, float min, float max) {
    FloatVector sums = FloatVector.fromArray(Lanes.SPECIES, tile, from);
    sums = sums.blend(min, sums.compare(VectorOperators.LT, min));
    sums = sums.blend(max, sums.compare(VectorOperators.GT, max));
    sums.intoArray(out, to);
  }

  private static void storeEach(
      float[] tile, int from, float[] out, int to, int count, float min, float max) {
    for (int j = 0; j < Math.min(count, Lanes.COUNT); j++) {
      float sum = tile[from + j];
      out[to + j] = sum < min ? min : sum > max ? max : sum;
    }
  }
}
