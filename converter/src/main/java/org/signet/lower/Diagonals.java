package org.signet.lower;

import java.util.Arrays;

/**
 * Where the elements of a band of diagonals are: in a matrix, and packed into rows of one length,
 * the uppermost diagonal first.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param lowest the number of the lowest diagonal; 0 is the main one, negative ones are below
 * @param highest the number of the highest
 * @param length of each row of packed diagonals
 * @param alignment of shorter ones in their rows: above the main diagonal, then below, as {@code
 *     RIGHT_LEFT}
 */
record Diagonals(int rows, int columns, int lowest, int highest, int length, String alignment) {
  /** The number of diagonals. */
  int count() {
    return highest - lowest + 1;
  }

  /**
   * For each element of the matrix, where it is among the packed ones; the one after them if not.
   */
  int[] whenMade() {
    int[] table = new int[rows * columns];
    for (int i = 0; i < table.length; i++) {
      int packed = packed(i / columns, i % columns);
      table[i] = packed < 0 ? count() * length : packed;
    }
    return table;
  }

  /** For each packed element, where it is in the matrix; the one after it if it is in none. */
  int[] whenTaken() {
    int[] table = new int[count() * length];
    Arrays.fill(table, rows * columns);
    for (int i = 0; i < rows * columns; i++) {
      int packed = packed(i / columns, i % columns);
      if (packed >= 0) {
        table[packed] = i;
      }
    }
    return table;
  }

  /** For each element of the matrix, itself, or its new value among packed ones that follow it. */
  int[] whenSet() {
    int[] table = new int[rows * columns];
    for (int i = 0; i < table.length; i++) {
      int packed = packed(i / columns, i % columns);
      table[i] = packed < 0 ? i : table.length + packed;
    }
    return table;
  }

  private int packed(int row, int column) {
    int number = column - row;
    if (number < lowest || number > highest) {
      return -1;
    }
    int own = Math.min(rows + Math.min(number, 0), columns - Math.max(number, 0));
    boolean left =
        (number >= 0 && alignment.startsWith("LEFT"))
            || (number <= 0 && alignment.endsWith("LEFT"));
    int offset = left ? 0 : length - own;
    return (highest - number) * length + offset + Math.min(row, column);
  }
}
