package org.signet.op;

import org.signet.tensor.Tensor;

/** Normalizations along the last dimension of floating tensors. */
public final class RowNormalization {
  /** The smallest length that L2 normalization divides by. */
  private static final double SHORTEST = 1e-6;

  private RowNormalization() {}

  /** Turns one row into its normalized form, in place. */
  @FunctionalInterface
  private interface Body {
    void normalize(double[] row);
  }

  private static void eachRow(OpCall call, Body body) {
    Tensor input = call.operand(0);
    Shapes.require(input.rank() > 0, "a scalar has no rows");
    Tensor result = call.result(0, input.dtype(), input.shape());
    double[] row = new double[input.dim(-1)];
    for (int at = 0; at < input.size(); at += row.length) {
      for (int i = 0; i < row.length; i++) {
        row[i] = input.getDouble(at + i);
      }
      body.normalize(row);
      NumberArrays.store(row, 0, row.length, result, at);
    }
  }

  /** Sets result 0 to {@code exp(beta·x) / Σ exp(beta·x)}. */
  public static void softmax(OpCall call, double beta) {
    eachRow(
        call,
        row -> {
          double highest = highest(row);
          double sum = 0;
          for (int i = 0; i < row.length; i++) {
            row[i] = Math.exp((row[i] - highest) * beta);
            sum += row[i];
          }
          for (int i = 0; i < row.length; i++) {
            row[i] /= sum;
          }
        });
  }

  /** Sets result 0 to {@code x − ln Σ exp(x)}. */
  public static void logSoftmax(OpCall call) {
    eachRow(
        call,
        row -> {
          double highest = highest(row);
          double sum = 0;
          for (double value : row) {
            sum += Math.exp(value - highest);
          }
          double shift = Math.log(sum);
          for (int i = 0; i < row.length; i++) {
            row[i] = row[i] - highest - shift;
          }
        });
  }

  private static double highest(double[] row) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : row) {
      highest = Math.max(highest, value);
    }
    return highest;
  }

  /** Sets result 0 to {@code x / max(√Σx², 10⁻⁶)}. */
  static void euclidean(OpCall call) {
    eachRow(
        call,
        row -> {
          double sum = 0;
          for (double value : row) {
            sum += value * value;
          }
          double length = Math.max(Math.sqrt(sum), SHORTEST);
          for (int i = 0; i < row.length; i++) {
            row[i] /= length;
          }
        });
  }

  /**
   * Sets result 0 to {@code x · (bias + alpha · Σ x²)^−beta}, the sum being over the {@code radius}
   * neighbours to each side.
   */
  public static void localResponse(
      OpCall call, int radius, double bias, double alpha, double beta) {
    eachRow(
        call,
        row -> {
          double[] values = row.clone();
          for (int i = 0; i < row.length; i++) {
            double sum = 0;
            for (int j = Math.max(0, i - radius);
                j <= Math.min((long) row.length - 1, (long) i + radius);
                j++) {
              sum += values[j] * values[j];
            }
            row[i] = values[i] * Math.pow(bias + alpha * sum, -beta);
          }
        });
  }
}
