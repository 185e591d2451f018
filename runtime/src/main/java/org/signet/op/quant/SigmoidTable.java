package org.signet.op.quant;

import org.signet.op.RealMath;

/**
 * LOGISTIC and TANH of 16-bit integers, by interpolation in a table of the logistic function at
 * multiples of 1/24, to 16 bits.
 *
 * @param factor inputs times this, shifted, are multiples of 3/4 · 2^−12
 * @param shift how far products are shifted right
 */
record SigmoidTable(int factor, int shift) {
  private static final int SIZE = 256;
  private static final int ONE = 1 << 16;
  private static final double STEPS_PER_UNIT = 24;
  private static final int[] TABLE = table();

  /** Each sample is moved up by half the error at the middle between it and the next. */
  private static int[] table() {
    int[] table = new int[SIZE];
    for (int i = 0; i < SIZE - 1; i++) {
      double error = sample(i + 0.5) - (sample(i) + sample(i + 1.0)) / 2;
      table[i] = (int) Math.rint(sample(i) + error / 2);
    }
    table[SIZE - 1] = ONE - 1;
    return table;
  }

  private static double sample(double index) {
    return ONE * RealMath.logistic(index / STEPS_PER_UNIT);
  }

  /** The table for inputs of this scale; a power of two needs no rounding. */
  static SigmoidTable of(Affine from, boolean tanh) {
    int exponent = Math.getExponent(from.scale());
    int left = exponent + 12;
    if (from.scale() == Math.scalb(1f, exponent) && left >= 0 && left <= (tanh ? 1 : 0)) {
      return new SigmoidTable(3 << left, 0);
    }
    double factor = from.scale() * 4096 * 3.0;
    int shift = 0;
    while (factor <= Short.MAX_VALUE / 2.0 && shift <= 30) {
      shift++;
      factor *= 2;
    }
    return new SigmoidTable((int) factor, shift);
  }

  private int scaled(int x) {
    int half = shift > 0 ? 1 << (shift - 1) : 0;
    return (x * factor + half) >> shift;
  }

  /** In multiples of 2^−15. */
  int logistic(int x) {
    int input = scaled(x);
    int size = Math.abs(input);
    int index = size >> 9;
    int result =
        index >= SIZE - 1
            ? Short.MAX_VALUE << 10
            : (TABLE[index] << 9) + (size & 0x1FF) * (TABLE[index + 1] - TABLE[index]);
    int rounded = input >= 0 ? result + (1 << 9) : (1 << 25) - result + (1 << 9) - 1;
    return rounded >>> 10;
  }

  /** In multiples of 2^−15. */
  int tanh(int x) {
    int input = scaled(x);
    int size = Math.abs(input);
    int index = size >> 8;
    int result =
        index >= SIZE - 1
            ? 0xFFFF << 8
            : (TABLE[index] << 8) + (size & 0xFF) * (TABLE[index + 1] - TABLE[index]);
    int rounded = input >= 0 ? result - (1 << 23) + (1 << 7) : -result + (1 << 23) + (1 << 7) - 1;
    return rounded >> 8;
  }
}
