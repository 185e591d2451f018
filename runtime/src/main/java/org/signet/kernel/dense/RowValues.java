package org.signet.kernel.dense;

/** Where the values of an {@link ElementGroup} are in one call. For one thread. */
final class RowValues {
  private final float[][] arrays;
  private final int[] starts;
  private final int[] steps;
  private final int length;

  /**
   * @param count how many values there are
   * @param length of a part of a row
   */
  RowValues(int count, int length) {
    this.arrays = new float[count][];
    this.starts = new int[count];
    this.steps = new int[count];
    this.length = length;
  }

  /** A value begins there in this array, its rows so far apart. */
  void set(int value, float[] array, int start, int step) {
    arrays[value] = array;
    starts[value] = start;
    steps[value] = step;
  }

  int length() {
    return length;
  }

  float[] array(int value) {
    return arrays[value];
  }

  int at(int value, int row) {
    return starts[value] + row * steps[value];
  }
}
