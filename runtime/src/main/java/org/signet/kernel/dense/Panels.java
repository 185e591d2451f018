package org.signet.kernel.dense;

/**
 * A matrix cut into panels of {@link Engine#panel} columns, the last filled up with zeros: element
 * {@code k} of column {@code j} is at {@code ((j / P) · depth + k) · P + j % P}, P being the width
 * of a panel. The micro-kernels read it in the order in which it lies.
 */
final class Panels {
  /**
   * Rows that are packed together when columns are read in their own order: as much as stays near.
   */
  private static final int BLOCK = 64;

  private Panels() {}

  /** The number of panels. */
  static int count(int columns, int width) {
    return Math.ceilDiv(columns, width);
  }

  /**
   * The elements of the packed matrix.
   *
   * @throws ArithmeticException if they are too many for an array
   */
  static int size(Right matrix, int width) {
    return Math.multiplyExact(
        Math.multiplyExact(count(matrix.columns(), width), width), matrix.depth());
  }

  /** Packs a matrix into an array with room for {@link #size}. */
  static float[] pack(Right matrix, int width, float[] to) {
    int panel = matrix.depth() * width;
    float[] room = new float[matrix.data().isOnHeap() ? 0 : panel];
    for (int p = 0; p < count(matrix.columns(), width); p++) {
      int first = p * width;
      Right part = matrix.part(first, Math.min(width, matrix.columns() - first), room);
      if (part.columnStep() == 1) {
        packRows(part, width, to, p * panel);
      } else {
        packColumns(part, width, to, p * panel);
      }
    }
    return to;
  }

  private static void packRows(Right matrix, int width, float[] to, int at) {
    float[] data = matrix.data().floats();
    int filled = matrix.columns();
    for (int k = 0; k < matrix.depth(); k++) {
      int source = matrix.at() + k * matrix.depthStep();
      int target = at + k * width;
      for (int j = 0; j < filled; j++) {
        to[target + j] = data[source + j];
      }
      for (int j = filled; j < width; j++) {
        to[target + j] = 0;
      }
    }
  }

  private static void packColumns(Right matrix, int width, float[] to, int at) {
    float[] data = matrix.data().floats();
    int filled = matrix.columns();
    int step = matrix.depthStep();
    for (int block = 0; block < matrix.depth(); block += BLOCK) {
      int end = Math.min(block + BLOCK, matrix.depth());
      for (int j = 0; j < width; j++) {
        int column = matrix.at() + j * matrix.columnStep();
        for (int k = block; k < end; k++) {
          to[at + k * width + j] = j < filled ? data[column + k * step] : 0;
        }
      }
    }
  }
}
