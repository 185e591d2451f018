package org.signet.op.quant;

/**
 * Functions of fixed-point numbers, as iterations of Newton's method on 32-bit integers. A number
 * of {@code k} integer bits is its raw integer divided by {@code 2^(31 − k)}.
 */
public final class FixedPoint {
  /** 1.5 with 3 integer bits. */
  private static final int ONE_AND_A_HALF = (1 << 28) + (1 << 27);

  /** √½ with no integer bits. */
  private static final int ROOT_OF_HALF = 1_518_500_250;

  /** 48/17 with 2 integer bits. */
  private static final int START = 1_515_870_810;

  /** −32/17 with 2 integer bits. */
  private static final int SLOPE = -1_010_580_540;

  private static final int ROOT_STEPS = 5;
  private static final int RECIPROCAL_STEPS = 3;

  private FixedPoint() {}

  /** The product of two numbers, of as many integer bits as both have. */
  private static int product(int a, int b) {
    return QuantizedMultiplier.doublingHighProduct(a, b);
  }

  /** {@code x · 2^bits}, or the nearest integer there is. */
  private static int shiftLeft(int x, int bits) {
    return Math.clamp((long) x << bits, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** The factor {@code 1 / √x} for {@code x ≥ 0}; of 0 that of 1. */
  public static QuantizedMultiplier inverseRoot(int x) {
    if (x <= 1) {
      return new QuantizedMultiplier(Integer.MAX_VALUE, 0);
    }
    int input = x;
    int shift = 11;
    while (input >= 1 << 29) {
      input /= 4;
      shift++;
    }
    int pairs = (Integer.numberOfLeadingZeros(input) - 1) / 2 - 1;
    shift -= pairs;
    input <<= 2 * pairs;
    int half = Rounding.shiftRight(input >> 1, 1);
    int root = 1 << 28;
    for (int i = 0; i < ROOT_STEPS; i++) {
      int cube = shiftLeft(product(product(root, root), root), 6);
      root = shiftLeft(product(ONE_AND_A_HALF, root) - product(half, cube), 3);
    }
    int mantissa = product(root, ROOT_OF_HALF);
    return shift < 0
        ? new QuantizedMultiplier(mantissa << -shift, 0)
        : new QuantizedMultiplier(mantissa, -shift);
  }

  /** The factor {@code 1 / x} for {@code x > 0}. */
  static QuantizedMultiplier reciprocal(int x) {
    int zeros = Integer.numberOfLeadingZeros(x);
    // x = (1 + fraction) · 2^(31 − zeros)
    int fraction = (x << zeros) - (1 << 31);
    long sum = (long) fraction + Integer.MAX_VALUE;
    int denominator = (int) ((sum + 1) / 2);
    int inverse = START + product(denominator, SLOPE);
    for (int i = 0; i < RECIPROCAL_STEPS; i++) {
      int rest = (1 << 29) - product(denominator, inverse);
      inverse += shiftLeft(product(inverse, rest), 2);
    }
    return new QuantizedMultiplier(shiftLeft(inverse, 1), zeros - 31);
  }
}
