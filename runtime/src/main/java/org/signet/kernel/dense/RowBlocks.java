package org.signet.kernel.dense;

/**
 * How many rows of a product meet all panels before the next do. If all panels fit into half of a
 * common second-level cache, few, so that they stay in the first; else many, so that panels are
 * read from afar less often.
 */
public final class RowBlocks {
  /** Floats of a packed matrix that leave room in the second-level cache: 256 KB. */
  private static final int NEAR_PANELS = 1 << 16;

  /** Floats of a block of rows and its results that stay in the first-level cache: 32 KB. */
  private static final int NEAR_ROWS = 1 << 13;

  /** Floats of a block of rows for a large matrix. */
  private static final int FAR_ROWS = 1 << 16;

  /** Rows of a block for a large matrix, whatever their length. */
  private static final int MIN_FAR_ROWS = 96;

  /** Rows of any block. */
  private static final int MAX_ROWS = 1020;

  private RowBlocks() {}

  /**
   * The rows of a block, a multiple of {@code tile}. Blocks of a large matrix are made so even that
   * the last is not a small one, for which all panels would be read again.
   *
   * @param all rows of the product
   * @param length of a row
   * @param columns of the product
   * @param tile rows that the innermost loop takes together
   */
  public static int rows(int all, int length, int columns, int tile) {
    boolean near = (long) length * columns <= NEAR_PANELS;
    int rows = near ? NEAR_ROWS / (length + columns) : Math.max(FAR_ROWS / length, MIN_FAR_ROWS);
    int few = Math.min(rows, MAX_ROWS);
    if (near || few >= all) {
      return Math.max(few - few % tile, tile);
    }
    int blocks = (all + few / 2) / few;
    int even = Math.ceilDiv(Math.ceilDiv(all, blocks), tile) * tile;
    return Math.min(even, MAX_ROWS);
  }
}
