package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.multiplyAdd;

/**
 * Elementary functions as sequences of float32 operations. NaN gives NaN. Error bounds are in units
 * in the last place of the result, as {@code PlainMathTest} measures them against double precision.
 */
final class PlainMath {
  static final float LOG2_E = 1.442695f;

  /** 1.5·2²³: added to a small number, it leaves the nearest integer in the low bits. */
  static final float ROUNDING = 0x1.8p23f;

  static final int ROUNDING_BITS = 0x4B400000;

  /** ln 2 in two parts, the first with so few bits that its multiples are exact. */
  static final float LN2_HIGH = 0.6933594f;

  static final float LN2_LOW = -2.1219444e-4f;

  /** Beyond these e^x is 0 or infinite in float32. */
  static final float EXP_MIN = -104;

  static final float EXP_MAX = 89;

  static final int EXPONENT_BIAS = 127;
  static final int EXPONENT_SHIFT = 23;

  /** Cephes' polynomial for (e^r − 1 − r) / r², |r| ≤ ½ ln 2, from the highest power down. */
  static final float EXP_5 = 1.9875691e-4f;

  static final float EXP_4 = 1.3981999e-3f;
  static final float EXP_3 = 8.333452e-3f;
  static final float EXP_2 = 0.041665796f;
  static final float EXP_1 = 0.16666666f;
  static final float EXP_0 = 0.5f;

  /** From here on the hyperbolic tangent is 1 in float32, and its approximation is above 1. */
  private static final float TANH_MAX = 9.8f;

  /** Likewise the error function. */
  private static final float ERF_MAX = 4.1f;

  private PlainMath() {}

  /** {@link VectorMath#exp}, bit for bit. */
  static float exp(float x) {
    float bounded = x < EXP_MIN ? EXP_MIN : x > EXP_MAX ? EXP_MAX : x;
    float shifted = multiplyAdd(bounded, LOG2_E, ROUNDING);
    float whole = shifted - ROUNDING;
    float r = multiplyAdd(whole, -LN2_LOW, multiplyAdd(whole, -LN2_HIGH, bounded));
    float p = multiplyAdd(EXP_5, r, EXP_4);
    p = multiplyAdd(p, r, EXP_3);
    p = multiplyAdd(p, r, EXP_2);
    p = multiplyAdd(p, r, EXP_1);
    p = multiplyAdd(p, r, EXP_0);
    p = multiplyAdd(p, r * r, r) + 1;
    int n = Float.floatToRawIntBits(shifted) - ROUNDING_BITS;
    int half = n >> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + EXPONENT_BIAS) << EXPONENT_SHIFT);
  }

  /** {@link VectorMath#logistic}, bit for bit. */
  static float logistic(float x) {
    return 1 / (exp(-x) + 1);
  }

  /** The hyperbolic tangent: a rational function of degree 13 over 6, from −1 to 1. */
  static float tanh(float value) {
    float x = Math.max(-TANH_MAX, Math.min(TANH_MAX, value));
    float s = x * x;
    float p = multiplyAdd(-2.7607684e-16f, s, 2.000188e-13f);
    p = multiplyAdd(p, s, -8.604672e-11f);
    p = multiplyAdd(p, s, 5.1222973e-8f);
    p = multiplyAdd(p, s, 1.48572235e-5f);
    p = multiplyAdd(p, s, 6.3726195e-4f);
    p = multiplyAdd(p, s, 4.8935246e-3f);
    float q = multiplyAdd(1.1982584e-6f, s, 1.1853471e-4f);
    q = multiplyAdd(q, s, 2.2684347e-3f);
    q = multiplyAdd(q, s, 4.893525e-3f);
    return Math.max(-1, Math.min(1, x * p / q));
  }

  /** The error function: a rational function of degree 13 over 8, from −1 to 1. */
  static float erf(float value) {
    float x = Math.max(-ERF_MAX, Math.min(ERF_MAX, value));
    float s = x * x;
    float p = multiplyAdd(-2.7261424e-10f, s, 2.7706815e-8f);
    p = multiplyAdd(p, s, -2.101024e-6f);
    p = multiplyAdd(p, s, -5.6925062e-5f);
    p = multiplyAdd(p, s, -7.3499064e-4f);
    p = multiplyAdd(p, s, -2.9546e-3f);
    p = multiplyAdd(p, s, -0.016096033f);
    float q = multiplyAdd(-1.45660715e-5f, s, -2.1337405e-4f);
    q = multiplyAdd(q, s, -1.682827e-3f);
    q = multiplyAdd(q, s, -7.3733293e-3f);
    q = multiplyAdd(q, s, -0.014264739f);
    return Math.max(-1, Math.min(1, x * p / q));
  }
}
