package org.signet.op.quant;

/**
 * How a row of floats is rounded to 8 bits: to multiples of a scale above an offset.
 *
 * @param at the first element
 * @param step from one element to the next
 * @param count the number of elements
 * @param scale what one unit stands for; 0 for a row of zeros
 * @param inverse the number of units in 1, rounded on its own
 * @param zeroPoint the integer that stands for zero
 * @param min the least integer
 */
public record RowRounding(
    int at, int step, int count, float scale, float inverse, int zeroPoint, int min) {
  private static final int MAX = 127;

  /**
   * The rounding that spans the elements.
   *
   * @param asymmetric whether zero may be off the middle
   */
  static RowRounding of(float[] values, int at, int step, int count, boolean asymmetric) {
    double low = 0;
    double high = 0;
    for (int i = 0; i < count; i++) {
      low = Math.min(low, values[at + i * step]);
      high = Math.max(high, values[at + i * step]);
    }
    if (low == high) {
      return new RowRounding(at, step, count, 0, 0, 0, -MAX);
    }
    if (!asymmetric) {
      float range = (float) Math.max(-low, high);
      return new RowRounding(at, step, count, range / MAX, MAX / range, 0, -MAX);
    }
    int min = -MAX - 1;
    double scale = (high - low) / (MAX - min);
    double fromLow = min - low / scale;
    double fromHigh = MAX - high / scale;
    boolean lowIsBetter = -min + Math.abs(low / scale) < MAX + Math.abs(high / scale);
    double zero = lowIsBetter ? fromLow : fromHigh;
    int zeroPoint = Math.clamp(Rounding.awayFromZero(zero), min, MAX);
    return new RowRounding(at, step, count, (float) scale, 1 / (float) scale, zeroPoint, min);
  }

  /** A row of floats, rounded. */
  public static float[] rounded(float[] row, boolean asymmetric) {
    float[] result = new float[row.length];
    of(row, 0, 1, row.length, asymmetric).apply(row, result);
    return result;
  }

  /** Writes the rounded elements. */
  void apply(float[] values, float[] result) {
    if (scale == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int k = at + i * step;
      long q = Rounding.awayFromZero((double) (zeroPoint + values[k] * inverse));
      result[k] = scale * (Math.clamp(q, min, MAX) - zeroPoint);
    }
  }
}
