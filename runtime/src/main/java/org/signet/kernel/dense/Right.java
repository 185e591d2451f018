package org.signet.kernel.dense;

import java.util.Optional;

/**
 * The second matrix of a product, in any layout: element {@code k} of column {@code j} is at {@code
 * at + j · columnStep + k · depthStep}.
 *
 * @param data holds all elements
 * @param at where column 0 begins
 * @param columns the number of columns
 * @param depth the length of a column
 * @param columnStep from one column to the next
 * @param depthStep from one element of a column to the next
 */
@SuppressWarnings("ArrayRecordComponent")
record Right(float[] data, int at, int columns, int depth, int columnStep, int depthStep) {

  /** Weights whose columns lie one after the other, as those of FULLY_CONNECTED and CONV_2D. */
  static Right columns(float[] data, int columns, int depth) {
    return new Right(data, 0, columns, depth, depth, 1);
  }

  /** A bias for whole panels: zeros where there is none. Not to be changed. */
  float[] paddedBias(Optional<float[]> bias, int width) {
    if (bias.isPresent() && columns % width == 0) {
      return bias.get();
    }
    float[] padded = new float[Panels.count(columns, width) * width];
    bias.ifPresent(values -> System.arraycopy(values, 0, padded, 0, columns));
    return padded;
  }
}
