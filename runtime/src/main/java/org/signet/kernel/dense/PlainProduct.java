package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.FusedActivation;

/**
 * The same sums as {@link Product}, bit for bit, in plain loops without packing: for small
 * products, over which vectors would be slower until they are compiled.
 */
final class PlainProduct {
  private PlainProduct() {}

  /** Writes {@code rows} rows of sums from {@code at} on, {@code step} elements apart. */
  static void multiply(
      Left left,
      int rows,
      Right right,
      Optional<float[]> bias,
      float[] out,
      int at,
      int step,
      FusedActivation activation) {
    int[] starts = new int[rows];
    left.starts(0, rows, starts);
    float[] sums = new float[right.columns()];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] = bias.isPresent() ? bias.get()[j] : 0;
      }
      int row = 0;
      for (int shift : left.taps()) {
        addRun(left, starts[i] + shift, right, row, sums);
        row += left.depth();
      }
      for (int j = 0; j < sums.length; j++) {
        out[at + i * step + j] = activation.apply(sums[j]);
      }
    }
  }

  /** Adds the products of a run of a row with that of every column that begins at {@code row}. */
  private static void addRun(Left left, int from, Right right, int row, float[] sums) {
    float[] a = left.data();
    float[] b = right.data().floats();
    int step = right.depthStep();
    int depth = left.depth();
    int j = 0;
    for (; j + 2 <= sums.length; j += 2) {
      int even = right.at() + j * right.columnStep() + row * step;
      int odd = even + right.columnStep();
      float sum0 = sums[j];
      float sum1 = sums[j + 1];
      for (int k = 0; k < depth; k++) {
        sum0 = MultiplyAdd.of(a[from + k], b[even + k * step], sum0);
        sum1 = MultiplyAdd.of(a[from + k], b[odd + k * step], sum1);
      }
      sums[j] = sum0;
      sums[j + 1] = sum1;
    }
    if (j < sums.length) {
      int last = right.at() + j * right.columnStep() + row * step;
      for (int k = 0; k < depth; k++) {
        sums[j] = MultiplyAdd.of(a[from + k], b[last + k * step], sums[j]);
      }
    }
  }
}
