package org.signet.op.quant;

/**
 * LOGISTIC and TANH of 16-bit fixed-point numbers as TFLite's integer LSTM computes them: by powers
 * of e and Newton's method on 16-bit integers, to the bit. A number of {@code k} integer bits is
 * its raw integer divided by {@code 2^(15 − k)}; results have none.
 */
public final class ShortFixedPoint {
  /** The greatest number without integer bits, which stands for 1. */
  private static final int ONE = Short.MAX_VALUE;

  private static final int HALF = 1 << 14;

  /** 1 with two integer bits. */
  private static final int ONE_OF_TWO_BITS = 1 << 13;

  private static final int EXP_OF_MINUS_EIGHTH = constant(1_895_147_668);
  private static final int THIRD = constant(715_827_883);

  /** 48/17 and −32/17 with two integer bits. */
  private static final int START = constant(1_515_870_810);

  private static final int SLOPE = constant(-1_010_580_540);
  private static final int NEWTON_STEPS = 3;

  /** {@code exp(−2^i)} for i = −2 … 4. */
  private static final int[] POWERS = {
    constant(1_672_461_947),
    constant(1_302_514_674),
    constant(790_015_084),
    constant(290_630_308),
    constant(39_332_535),
    constant(720_401),
    constant(242)
  };

  private static final int LEAST_POWER = -2;

  private ShortFixedPoint() {}

  /** A 32-bit constant in 16 bits. */
  private static int constant(int value) {
    return Rounding.shiftRight(value, 16);
  }

  private static int saturated(int x) {
    return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** {@code 2·a·b / 2^16}, rounded to nearest, halves up; saturates. */
  public static int product(int a, int b) {
    if (a == Short.MIN_VALUE && b == Short.MIN_VALUE) {
      return Short.MAX_VALUE;
    }
    int product = a * b;
    int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
    return (short) ((product + nudge) / (1 << 15));
  }

  /** {@code exp(a)} for −¼ ≤ a < 0, by a series around −⅛. */
  private static int expNearZero(int a) {
    int x = (short) (a + (1 << 12));
    int square = product(x, x);
    int cube = product(square, x);
    int fourth = Rounding.shiftRight(product(square, square), 2);
    int terms = (short) (product((short) (fourth + cube), THIRD) + square);
    int sum = (short) (x + Rounding.shiftRight(terms, 1));
    return saturated(EXP_OF_MINUS_EIGHTH + product(EXP_OF_MINUS_EIGHTH, sum));
  }

  /** {@code exp(a)} for a ≤ 0 with so many integer bits. */
  private static int exp(int a, int integerBits) {
    if (a == 0) {
      return ONE;
    }
    int fractionBits = 15 - integerBits;
    int quarter = 1 << (fractionBits - 2);
    int rest = (a & (quarter - 1)) - quarter;
    int result = expNearZero(saturated(rest << integerBits));
    int powers = (short) (rest - a);
    for (int i = 0; i < POWERS.length && integerBits > i + LEAST_POWER; i++) {
      if ((powers & 1 << (fractionBits + i + LEAST_POWER)) != 0) {
        result = product(result, POWERS[i]);
      }
    }
    return integerBits > 5 && a < -32 << fractionBits ? 0 : result;
  }

  /** {@code 2 / (1 + a)} for 0 ≤ a ≤ 1, with two integer bits. */
  private static int reciprocal(int a) {
    int sum = a + ONE;
    int halfDenominator = (sum + (sum >= 0 ? 1 : -1)) / 2;
    int x = (short) (START + product(halfDenominator, SLOPE));
    for (int i = 0; i < NEWTON_STEPS; i++) {
      int rest = (short) (ONE_OF_TWO_BITS - product(halfDenominator, x));
      x = (short) (x + saturated(product(x, rest) << 2));
    }
    return x;
  }

  /** {@code 1 / (1 + e^−a)}. */
  public static int logistic(int a, int integerBits) {
    if (a == 0) {
      return HALF;
    }
    int negative = a > 0 ? (short) -a : a;
    int result = saturated(reciprocal(exp(negative, integerBits)) << 1);
    return a > 0 ? result : ONE - result;
  }

  /** The hyperbolic tangent. */
  public static int tanh(int a, int integerBits) {
    if (a == 0) {
      return 0;
    }
    int negative = a < 0 ? a : (short) -a;
    // The same integer with one more integer bit is twice the number.
    int result =
        saturated((short) (reciprocal(exp(negative, integerBits + 1)) - ONE_OF_TWO_BITS) << 2);
    return a < 0 ? -result : result;
  }
}
