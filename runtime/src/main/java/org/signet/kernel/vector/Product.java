package org.signet.kernel.vector;

import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
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

  private final Patience patience;
  private final Left left;
  private final float[] panels;
  private final int columns;
  private final float[] bias;
  private final float[] out;
  private final float min;
  private final float max;
  private final float[] tile = new float[MicroKernel.ROWS * Lanes.PANEL];

  /**
   * A product.
   *
   * @param patience for the micro-kernels
   * @param activation bounds the sums
   * @param out gets rows of {@code columns} sums, one after the other
   */
  Product(
      Patience patience, Left left, PackedMatrix right, FusedActivation activation, float[] out) {
    this.patience = patience;
    this.left = left;
    this.panels = right.panels();
    this.columns = right.columns();
    this.bias = right.bias();
    this.out = out;
    min = activation.min();
    max = activation.max();
  }

  /** Writes the first {@code rows} rows, from {@code at} on. */
  void compute(int rows, int at) {
    int block = Math.min(blockRows(left.length(), columns), rows);
    int[] starts = new int[block + MicroKernel.ROWS];
    for (int first = 0; first < rows; first += block) {
      int count = Math.min(block, rows - first);
      left.starts(first, count, starts);
      boolean vectors = patience.isOver((long) count * columns * left.length());
      computeBlock(starts, count, at + first * columns, vectors);
    }
  }

  private static int blockRows(int length, int columns) {
    boolean near = (long) length * columns <= NEAR_PANELS;
    int rows = near ? NEAR_ROWS / length : Math.max(FAR_ROWS / length, MIN_FAR_ROWS);
    int whole = rows / MicroKernel.ROWS * MicroKernel.ROWS;
    return Math.clamp(whole, MicroKernel.ROWS, MAX_ROWS);
  }

  private void computeBlock(int[] starts, int count, int at, boolean vectors) {
    int limit = at + count * columns;
    // Backwards, since whole vectors are stored: what the last panel has too much is overwritten.
    for (int p = Math.ceilDiv(columns, Lanes.PANEL) - 1; p >= 0; p--) {
      for (int r = 0; r < count; r += MicroKernel.ROWS) {
        int rows = Math.min(MicroKernel.ROWS, count - r);
        if (vectors) {
          computeTile(starts, r, rows, p, at + r * columns, limit);
        } else {
          computeTilePlainly(starts, r, rows, p, at + r * columns);
        }
      }
    }
  }

  private void computeTile(int[] starts, int r, int rows, int p, int at, int limit) {
    int column = p * Lanes.PANEL;
    int panel = column * left.length();
    int width = Math.min(Lanes.PANEL, columns - column);
    float[] a = left.data();
    MicroKernel.run(
        rows, a, starts, r, left.taps(), left.depth(), panels, panel, bias, column, tile);
    Tile.store(tile, rows, width, out, at + column, columns, limit, min, max);
  }

  private void computeTilePlainly(int[] starts, int r, int rows, int p, int at) {
    int column = p * Lanes.PANEL;
    int panel = column * left.length();
    int width = Math.min(Lanes.PANEL, columns - column);
    float[] a = left.data();
    PlainTile.run(rows, a, starts, r, left.taps(), left.depth(), panels, panel, bias, column, tile);
    Tile.storePlain(tile, rows, width, out, at + column, columns, min, max);
  }
}
