package org.signet.op.quant;

/**
 * A real factor as TFLite's kernels apply it to integers: {@code mantissa · 2^(shift − 31)}.
 *
 * @param mantissa 2^30 … 2^31−1 in magnitude, or 0
 * @param shift the power of two
 */
public record QuantizedMultiplier(int mantissa, int shift) {
  private static final int BITS = 31;

  /** The nearest such factor; 0 for one below 2^−32. */
  public static QuantizedMultiplier of(double factor) {
    if (factor == 0) {
      return new QuantizedMultiplier(0, 0);
    }
    int shift = Math.getExponent(factor) + 1;
    long mantissa = Rounding.awayFromZero(Math.scalb(factor, BITS - shift));
    if (Math.abs(mantissa) == 1L << BITS) {
      mantissa /= 2;
      shift++;
    }
    return shift < -BITS
        ? new QuantizedMultiplier(0, 0)
        : new QuantizedMultiplier((int) mantissa, shift);
  }

  /** {@code x} times the factor, rounded twice: to 31 bits and to an integer. */
  public int apply(int x) {
    int high = doublingHighProduct(x << Math.max(shift, 0), mantissa);
    return Rounding.shiftRight(high, Math.max(-shift, 0));
  }

  /** {@code x} times the factor, rounded twice, halves up. */
  public int applyUpwards(int x) {
    long product = (long) (x << Math.max(shift, 0)) * mantissa;
    long high = (product + (1L << (BITS - 1))) >> BITS;
    return (int) (shift < 0 ? (high + (1L << (-shift - 1))) >> -shift : high);
  }

  /** {@code x} times the factor, rounded once, halves up; the product may have 128 bits. */
  public int applyOnce(long x) {
    int bits = BITS - shift;
    long low = x * mantissa;
    long rounded = low + (1L << (bits - 1));
    long carry = Long.compareUnsigned(rounded, low) < 0 ? 1 : 0;
    long high = Math.multiplyHigh(x, mantissa) + carry;
    return (int) (rounded >>> bits | high << (Long.SIZE - bits));
  }

  /**
   * {@code x}, of up to 48 bits, times the factor, rounded once, halves up; of the mantissa 15 bits
   * count.
   */
  public int applyToLong(long x) {
    long reduced = mantissa < 0x7FFF0000 ? (mantissa + (1 << 15)) >> 16 : 0x7FFF;
    int bits = 15 - shift;
    return (int) ((x * reduced + (1L << (bits - 1))) >> bits);
  }

  /** {@code 2·a·b / 2^32}, rounded to nearest, halves away from zero; saturates. */
  static int doublingHighProduct(int a, int b) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      return Integer.MAX_VALUE;
    }
    long product = (long) a * b;
    long nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
    return (int) ((product + nudge) / (1L << BITS));
  }
}
