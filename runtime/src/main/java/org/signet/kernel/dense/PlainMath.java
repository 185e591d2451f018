package org.signet.kernel.dense;

/**
 * Elementary functions as sequences of float32 operations. NaN gives NaN. Error bounds are in units
 * in the last place of the result, as {@code PlainMathTest} measures them against double precision.
 */
public final class PlainMath {
  public static final float LOG2_E = 1.442695f;

  /** 1.5·2²³: added to a small number, it leaves the nearest integer in the low bits. */
  public static final float ROUNDING = 0x1.8p23f;

  public static final int ROUNDING_BITS = 0x4B400000;

  /** ln 2 in two parts, the first with so few bits that its multiples are exact. */
  public static final float LN2_HIGH = 0.6933594f;

  public static final float LN2_LOW = -2.1219444e-4f;

  /** Beyond these e^x is 0 or infinite in float32. */
  public static final float EXP_MIN = -104;

  public static final float EXP_MAX = 89;

  public static final int EXPONENT_BIAS = 127;
  public static final int EXPONENT_SHIFT = 23;

  /** Cephes' polynomial for (e^r − 1 − r) / r², |r| ≤ ½ ln 2, from the highest power down. */
  public static final float EXP_5 = 1.9875691e-4f;

  public static final float EXP_4 = 1.3981999e-3f;
  public static final float EXP_3 = 8.333452e-3f;
  public static final float EXP_2 = 0.041665796f;
  public static final float EXP_1 = 0.16666666f;
  public static final float EXP_0 = 0.5f;

  /** Beyond these the logistic function is 0, or has a subnormal value, or is 1. */
  public static final float LOGISTIC_MIN = -89;

  /** Below it {@link #LOGISTIC_MIN} is taken: between them is infinity less infinity. */
  public static final float LOGISTIC_ZERO = -88.37f;

  public static final float LOGISTIC_MAX = 87;

  /** As {@link #ROUNDING}, but leaves the bits of 2ⁿ's exponent. */
  public static final float POWER_ROUNDING = ROUNDING + EXPONENT_BIAS;

  /**
   * A shorter polynomial for the same, with the least relative error of e^r, 3e-9: a sixteenth of a
   * unit.
   */
  public static final float LOGISTIC_4 = 1.381454e-3f;

  public static final float LOGISTIC_3 = 8.368745e-3f;
  public static final float LOGISTIC_2 = 0.04166839f;
  public static final float LOGISTIC_1 = 0.16666521f;
  public static final float LOGISTIC_0 = 0.49999994f;

  /** Makes normal numbers of subnormal ones: 2 to the power of {@link #EXPONENT_SHIFT}. */
  public static final float LOG_SCALE = 0x1p23f;

  /** Cephes' polynomial for (ln(1 + r) − r + r²/2) / r³, from the highest power down. */
  public static final float LOG_8 = 0.07037683f;

  public static final float LOG_7 = -0.1151461f;
  public static final float LOG_6 = 0.11676998f;
  public static final float LOG_5 = -0.12420141f;
  public static final float LOG_4 = 0.14249323f;
  public static final float LOG_3 = -0.16668057f;
  public static final float LOG_2 = 0.20000714f;
  public static final float LOG_1 = -0.24999994f;
  public static final float LOG_0 = 0.3333333f;

  /** ½√2. */
  public static final int HALF_ROOT_BITS = 0x3F3504F3;

  /** From here on the hyperbolic tangent is 1 in float32, and its approximation is above 1. */
  public static final float TANH_MAX = 9.8f;

  /** Its numerator, an odd polynomial, from the highest power down, and its denominator. */
  public static final float TANH_P6 = -2.7607684e-16f;

  public static final float TANH_P5 = 2.000188e-13f;
  public static final float TANH_P4 = -8.604672e-11f;
  public static final float TANH_P3 = 5.1222973e-8f;
  public static final float TANH_P2 = 1.48572235e-5f;
  public static final float TANH_P1 = 6.3726195e-4f;
  public static final float TANH_P0 = 4.8935246e-3f;
  public static final float TANH_Q3 = 1.1982584e-6f;
  public static final float TANH_Q2 = 1.1853471e-4f;
  public static final float TANH_Q1 = 2.2684347e-3f;
  public static final float TANH_Q0 = 4.893525e-3f;

  /** Likewise the error function. */
  private static final float ERF_MAX = 4.1f;

  private PlainMath() {}

  /** e^x to 2 units, see {@code VectorMath.exp}: the same bits. */
  public static float exp(float x) {
    float bounded = x < EXP_MIN ? EXP_MIN : x > EXP_MAX ? EXP_MAX : x;
    float shifted = MultiplyAdd.of(bounded, LOG2_E, ROUNDING);
    float whole = shifted - ROUNDING;
    float r = MultiplyAdd.of(whole, -LN2_LOW, MultiplyAdd.of(whole, -LN2_HIGH, bounded));
    float p = MultiplyAdd.of(EXP_5, r, EXP_4);
    p = MultiplyAdd.of(p, r, EXP_3);
    p = MultiplyAdd.of(p, r, EXP_2);
    p = MultiplyAdd.of(p, r, EXP_1);
    p = MultiplyAdd.of(p, r, EXP_0);
    p = MultiplyAdd.of(p, r * r, r) + 1;
    int n = Float.floatToRawIntBits(shifted) - ROUNDING_BITS;
    int half = n >> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + EXPONENT_BIAS) << EXPONENT_SHIFT);
  }

  /**
   * The natural logarithm to 1 unit; −∞ of 0, NaN below. Cephes' {@code logf}: n·ln 2 + ln m with
   * ½√2 ≤ m &lt; √2.
   */
  public static float log(float x) {
    if (!(x > 0 && x < Float.POSITIVE_INFINITY)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
    }
    boolean isTiny = x < Float.MIN_NORMAL;
    int shifted = Float.floatToRawIntBits(isTiny ? x * LOG_SCALE : x) - HALF_ROOT_BITS;
    float n = (shifted >> EXPONENT_SHIFT) - (isTiny ? EXPONENT_SHIFT : 0);
    int mantissa = shifted & ((1 << EXPONENT_SHIFT) - 1);
    float m = Float.intBitsToFloat(mantissa + HALF_ROOT_BITS) - 1;
    float s = m * m;
    float p = MultiplyAdd.of(LOG_8, m, LOG_7);
    p = MultiplyAdd.of(p, m, LOG_6);
    p = MultiplyAdd.of(p, m, LOG_5);
    p = MultiplyAdd.of(p, m, LOG_4);
    p = MultiplyAdd.of(p, m, LOG_3);
    p = MultiplyAdd.of(p, m, LOG_2);
    p = MultiplyAdd.of(p, m, LOG_1);
    p = MultiplyAdd.of(p, m, LOG_0);
    p = MultiplyAdd.of(n, LN2_LOW, p * m * s);
    p = MultiplyAdd.of(s, -0.5f, p);
    return MultiplyAdd.of(n, LN2_HIGH, m + p);
  }

  /**
   * {@code x} above 0, else e^x − 1 to 9 units: by the hyperbolic tangent t of x/2, which is as
   * exact where it is small, as 2t / (1 − t).
   */
  public static float elu(float x) {
    float t = tanh(0.5f * x);
    return x > 0 ? x : (t + t) / (1 - t);
  }

  /** 1 / (1 + e^−x) to 2.5 units; 0 below −88.37, where it is subnormal. */
  public static float logistic(float x) {
    float bounded = x < LOGISTIC_ZERO ? LOGISTIC_MIN : x > LOGISTIC_MAX ? LOGISTIC_MAX : x;
    float shifted = MultiplyAdd.of(bounded, -LOG2_E, POWER_ROUNDING);
    float whole = shifted - POWER_ROUNDING;
    float r = MultiplyAdd.of(whole, -LN2_LOW, MultiplyAdd.of(whole, -LN2_HIGH, -bounded));
    float p = MultiplyAdd.of(LOGISTIC_4, r, LOGISTIC_3);
    p = MultiplyAdd.of(p, r, LOGISTIC_2);
    p = MultiplyAdd.of(p, r, LOGISTIC_1);
    p = MultiplyAdd.of(p, r, LOGISTIC_0);
    p = MultiplyAdd.of(p, r * r, r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT);
    return 1 / (MultiplyAdd.of(p, power, power) + 1);
  }

  /** The hyperbolic tangent: a rational function of degree 13 over 6, from −1 to 1. */
  public static float tanh(float value) {
    float x = Math.max(-TANH_MAX, Math.min(TANH_MAX, value));
    float s = x * x;
    float p = MultiplyAdd.of(TANH_P6, s, TANH_P5);
    p = MultiplyAdd.of(p, s, TANH_P4);
    p = MultiplyAdd.of(p, s, TANH_P3);
    p = MultiplyAdd.of(p, s, TANH_P2);
    p = MultiplyAdd.of(p, s, TANH_P1);
    p = MultiplyAdd.of(p, s, TANH_P0);
    float q = MultiplyAdd.of(TANH_Q3, s, TANH_Q2);
    q = MultiplyAdd.of(q, s, TANH_Q1);
    q = MultiplyAdd.of(q, s, TANH_Q0);
    return Math.max(-1, Math.min(1, x * p / q));
  }

  /** The error function: a rational function of degree 13 over 8, from −1 to 1. */
  public static float erf(float value) {
    float x = Math.max(-ERF_MAX, Math.min(ERF_MAX, value));
    float s = x * x;
    float p = MultiplyAdd.of(-2.7261424e-10f, s, 2.7706815e-8f);
    p = MultiplyAdd.of(p, s, -2.101024e-6f);
    p = MultiplyAdd.of(p, s, -5.6925062e-5f);
    p = MultiplyAdd.of(p, s, -7.3499064e-4f);
    p = MultiplyAdd.of(p, s, -2.9546e-3f);
    p = MultiplyAdd.of(p, s, -0.016096033f);
    float q = MultiplyAdd.of(-1.45660715e-5f, s, -2.1337405e-4f);
    q = MultiplyAdd.of(q, s, -1.682827e-3f);
    q = MultiplyAdd.of(q, s, -7.3733293e-3f);
    q = MultiplyAdd.of(q, s, -0.014264739f);
    return Math.max(-1, Math.min(1, x * p / q));
  }
}
