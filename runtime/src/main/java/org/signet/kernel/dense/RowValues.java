package org.signet.kernel.dense;

import java.util.Arrays;

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
    this(new float[count][], new int[count], new int[count], length);
  }

  private RowValues(float[][] arrays, int[] starts, int[] steps, int length) {
    this.arrays = arrays;
    this.starts = starts;
    this.steps = steps;
    this.length = length;
  }

  /** A value is in this array, its rows so far apart. */
  void set(int value, float[] array, int step) {
    arrays[value] = array;
    steps[value] = step;
  }

  /**
   * The same for one thread, with the values that have a place in the working memory there: those
   * in no array, and single elements, repeated.
   *
   * @param at where the working memory begins
   */
  RowValues in(float[] memory, int at, int[] places) {
    RowValues placed = new RowValues(arrays.clone(), starts.clone(), steps.clone(), length);
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        int start = at + places[i] * length;
        if (arrays[i] != null) {
          Arrays.fill(memory, start, start + length, arrays[i][0]);
        }
        placed.arrays[i] = memory;
        placed.starts[i] = start;
      }
    }
    return placed;
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
