package org.signet.kernel.dense;

/**
 * Where rows of elements lie.
 *
 * @param data holds the elements
 * @param at where the first row begins
 * @param step from one row to the next; 0 if it is always the same one
 */
@SuppressWarnings("ArrayRecordComponent")
public record ElementRows(float[] data, int at, int step) {
  /** A row by itself. */
  public static ElementRows one(float[] data, int at) {
    return new ElementRows(data, at, 0);
  }

  int begin(int row) {
    return at + row * step;
  }
}
