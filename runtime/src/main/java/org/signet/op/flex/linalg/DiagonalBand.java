package org.signet.op.flex.linalg;

import org.signet.op.Attributes;
import org.signet.op.Elements;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * Adjacent diagonals of a matrix, and how they lie in the rows of a compact tensor: the uppermost
 * diagonal first, shorter ones aligned to the left or right.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param lower the lowest diagonal; 0 is the main one, below it they are negative
 * @param upper the uppermost diagonal
 * @param alignment of diagonals above and below the main one: RIGHT_LEFT or the like
 */
record DiagonalBand(int rows, int columns, int lower, int upper, String alignment) {
  /** How V3 of the ops is told to align; V1 and V2 always do it to the left. */
  static String alignment(Attributes attributes) {
    return attributes.getString("align", "LEFT_LEFT");
  }

  /**
   * Lowest and uppermost diagonal as an operand gives them: alone or as a pair.
   *
   * @throws IllegalArgumentException if it holds neither
   */
  static int[] range(Tensor operand) {
    int[] k = operand.toInts();
    Shapes.require(k.length == 1 || k.length == 2, "diagonals %s", Shapes.text(k));
    int[] range = {k[0], k[k.length - 1]};
    Shapes.require(range[0] <= range[1], "diagonals %s", Shapes.text(k));
    return range;
  }

  /** Throws {@link IllegalArgumentException} unless both ends lie in the matrix. */
  DiagonalBand checked() {
    boolean empty = rows == 0 || columns == 0;
    boolean inside = lower > -rows && lower < columns && upper > -rows && upper < columns;
    Shapes.require(
        inside || (empty && lower <= 0 && upper >= 0) || (lower == 0 && upper == 0),
        "diagonals %d to %d of a matrix of %d x %d",
        lower,
        upper,
        rows,
        columns);
    return this;
  }

  int count() {
    return upper - lower + 1;
  }

  /** The length of the longest diagonal. */
  int longest() {
    return Math.min(rows + Math.min(upper, 0), columns - Math.max(lower, 0));
  }

  private int length(int diagonal) {
    return Math.min(rows + Math.min(diagonal, 0), columns - Math.max(diagonal, 0));
  }

  private int offset(int diagonal) {
    boolean left =
        (diagonal >= 0 && alignment.startsWith("LEFT"))
            || (diagonal <= 0 && alignment.endsWith("LEFT"));
    return left ? 0 : longest() - length(diagonal);
  }

  /** Copies the diagonals of each matrix into the compact tensor. */
  void extract(Tensor matrices, Tensor compact) {
    copy(matrices, compact, true);
  }

  /** Copies the diagonals out of the compact tensor into each matrix. */
  void insert(Tensor compact, Tensor matrices) {
    copy(matrices, compact, false);
  }

  private void copy(Tensor matrices, Tensor compact, boolean extract) {
    int matrixSize = rows * columns;
    int compactSize = count() * longest();
    int batch = matrixSize == 0 ? 0 : matrices.size() / matrixSize;
    for (int n = 0; n < batch; n++) {
      for (int diagonal = lower; diagonal <= upper; diagonal++) {
        int row = Math.max(-diagonal, 0);
        int column = Math.max(diagonal, 0);
        int at = n * compactSize + (upper - diagonal) * longest() + offset(diagonal);
        for (int i = 0; i < length(diagonal); i++) {
          int element = n * matrixSize + (row + i) * columns + column + i;
          if (extract) {
            Elements.copy(matrices, element, compact, at + i, 1);
          } else {
            Elements.copy(compact, at + i, matrices, element, 1);
          }
        }
      }
    }
  }
}
