package org.signet.kernel.vector;

import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.RowBlocks;
import org.signet.op.FusedActivation;

/** Products of rows with a packed matrix, by {@link RowBlocks} that stay in the caches. */
final class Product {
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
    int block = Math.min(RowBlocks.rows(left.length(), columns, MicroKernel.ROWS), rows);
    int[] starts = new int[block + MicroKernel.ROWS];
    for (int first = 0; first < rows; first += block) {
      int count = Math.min(block, rows - first);
      left.starts(first, count, starts);
      boolean vectors = patience.isOver((long) count * columns * left.length());
      computeBlock(starts, count, at + first * columns, vectors);
    }
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
