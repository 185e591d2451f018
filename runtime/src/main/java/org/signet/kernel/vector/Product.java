package org.signet.kernel.vector;

import org.signet.op.FusedActivation;

/**
 * Products of rows with a packed matrix, by blocks that stay in the caches.
 *
 * <p>A block of rows meets all panels before the next begins. If all panels fit into half of a
 * common second-level cache, blocks are small, so that they stay in the first; else they are large,
 * so that panels are read from afar less often.
 */
final class Product {
  /** Floats of a packed matrix that leave room in the second-level cache: 256 KB. */
  private static final int NEAR_PANELS = 1 << 16;

  /** Floats of a block of rows that stays in the first-level cache: 16 KB. */
  private static final int NEAR_ROWS = 1 << 12;

  /** Floats of a block of rows for a large matrix. */
  private static final int FAR_ROWS = 1 << 16;

  private static final int MIN_FAR_ROWS = 16 * MicroKernel.ROWS;
  private static final int MAX_ROWS = 170 * MicroKernel.ROWS;

  private Product() {}

  /**
   * Writes {@code rows} rows of {@code columns} sums, one after the other from {@code at} on.
   *
   * @param panels the second matrix, packed by {@link Panels}
   * @param bias what the sums start from, filled up to whole panels
   * @param activation bounds the sums
   */
  static void multiply(
      Left left,
      int rows,
      float[] panels,
      int columns,
      float[] bias,
      float[] out,
      int at,
      FusedActivation activation) {
    int block = Math.min(blockRows(left.length(), columns), rows);
    int[] starts = new int[block + MicroKernel.ROWS];
    float[] tile = Tile.allocate();
    for (int first = 0; first < rows; first += block) {
      int count = Math.min(block, rows - first);
      left.starts(first, count, starts);
      multiplyBlock(
          left, starts, count, panels, columns, bias, tile, out, at + first * columns, activation);
    }
  }

  private static int blockRows(int length, int columns) {
    boolean near = (long) length * columns <= NEAR_PANELS;
    int rows = near ? NEAR_ROWS / length : Math.max(FAR_ROWS / length, MIN_FAR_ROWS);
    int whole = rows / MicroKernel.ROWS * MicroKernel.ROWS;
    return Math.min(Math.max(whole, MicroKernel.ROWS), MAX_ROWS);
  }

  private static void multiplyBlock(
      Left left,
      int[] starts,
      int count,
      float[] panels,
      int columns,
      float[] bias,
      float[] tile,
      float[] out,
      int at,
      FusedActivation activation) {
    int panelSize = left.length() * Lanes.PANEL;
    int limit = at + count * columns;
    // Backwards, since whole vectors are stored: what the last panel has too much is overwritten.
    for (int p = Panels.count(columns) - 1; p >= 0; p--) {
      int column = p * Lanes.PANEL;
      int width = Math.min(Lanes.PANEL, columns - column);
      for (int r = 0; r < count; r += MicroKernel.ROWS) {
        int n = Math.min(MicroKernel.ROWS, count - r);
        MicroKernel.run(
            n,
            left.data(),
            starts,
            r,
            left.taps(),
            left.depth(),
            panels,
            p * panelSize,
            bias,
            column,
            tile);
        Tile.store(
            tile,
            n,
            width,
            out,
            at + r * columns + column,
            columns,
            limit,
            activation.min(),
            activation.max());
      }
    }
  }
}
