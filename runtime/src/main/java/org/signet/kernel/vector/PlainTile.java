package org.signet.kernel.vector;

import org.signet.kernel.dense.MultiplyAdd;

/** The sums of {@link MicroKernel}, bit for bit, in a plain loop. */
final class PlainTile {
  /** Columns that are summed together; a panel has a multiple of it. */
  private static final int COLUMNS = 4;

  private PlainTile() {}

  /** Computes {@code count} rows; the operands are those of {@link MicroKernel#run}. */
  static void run(
      int count,
      float[] a,
      int[] rows,
      int at,
      int[] taps,
      int depth,
      float[] b,
      int panel,
      float[] bias,
      int column,
      float[] tile) {
    for (int i = 0; i < count; i++) {
      int sums = i * Lanes.PANEL;
      System.arraycopy(bias, column, tile, sums, Lanes.PANEL);
      int from = panel;
      for (int shift : taps) {
        for (int j = 0; j < Lanes.PANEL; j += COLUMNS) {
          addRun(a, rows[at + i] + shift, depth, b, from + j, tile, sums + j);
        }
        from += depth * Lanes.PANEL;
      }
    }
  }

  /** Adds the products of a run of a row with that of {@value #COLUMNS} columns. */
  private static void addRun(
      float[] a, int row, int depth, float[] b, int from, float[] tile, int sums) {
    float sum0 = tile[sums];
    float sum1 = tile[sums + 1];
    float sum2 = tile[sums + 2];
    float sum3 = tile[sums + 3];
    for (int k = 0; k < depth; k++) {
      float x = a[row + k];
      int y = from + k * Lanes.PANEL;
      sum0 = MultiplyAdd.of(x, b[y], sum0);
      sum1 = MultiplyAdd.of(x, b[y + 1], sum1);
      sum2 = MultiplyAdd.of(x, b[y + 2], sum2);
      sum3 = MultiplyAdd.of(x, b[y + 3], sum3);
    }
    tile[sums] = sum0;
    tile[sums + 1] = sum1;
    tile[sums + 2] = sum2;
    tile[sums + 3] = sum3;
  }
}
