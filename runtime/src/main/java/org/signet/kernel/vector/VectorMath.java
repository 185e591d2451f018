package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.SPECIES;
import static org.signet.kernel.vector.Lanes.multiplyAdd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of vectors. NaN gives NaN. Error bounds are in units in the last place of
 * the result, as {@code VectorMathTest} measures them against double precision.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // constants as they are published
final class VectorMath {
  private static final float LOG2_E = 1.44269504f;

  /** 1.5·2²³: added to a small number, it leaves the nearest integer in the low bits. */
  private static final float ROUNDING = 0x1.8p23f;

  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  /** ln 2 in two parts, the first with so few bits that its multiples are exact. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** Beyond these e^x is 0 or infinite in float32. */
  private static final float EXP_MIN = -104;

  private static final float EXP_MAX = 89;

  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  /** Where the rational function of the hyperbolic tangent ends; the tangent is 1 in float32. */
  private static final float TANH_MAX = 9;

  /** Likewise for the error function. */
  private static final float ERF_MAX = 4;

  private VectorMath() {}

  /**
   * e^x to 2 units; also where the result is subnormal. Cephes' {@code expf}: 2ⁿ·e^r with |r| ≤ ½
   * ln 2 and a polynomial of degree 7; two factors of 2ⁿ, since one may exceed the range.
   */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = bounded(x, EXP_MIN, EXP_MAX);
    FloatVector shifted = multiplyAdd(bounded, constant(LOG2_E), constant(ROUNDING));
    FloatVector whole = shifted.sub(ROUNDING);
    FloatVector high = multiplyAdd(whole, constant(-LN2_HIGH), bounded);
    FloatVector r = multiplyAdd(whole, constant(-LN2_LOW), high);
    FloatVector p = multiplyAdd(constant(1.9875691500e-4f), r, constant(1.3981999507e-3f));
    p = multiplyAdd(p, r, constant(8.3334519073e-3f));
    p = multiplyAdd(p, r, constant(4.1665795894e-2f));
    p = multiplyAdd(p, r, constant(1.6666665459e-1f));
    p = multiplyAdd(p, r, constant(5.0000001201e-1f));
    p = multiplyAdd(p, r.mul(r), r).add(1);
    IntVector n = shifted.reinterpretAsInts().sub(ROUNDING_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
        .reinterpretAsFloats();
  }

  /** 1 / (1 + e^−x). */
  static FloatVector logistic(FloatVector x) {
    return constant(1).div(exp(x.neg()).add(1));
  }

  /** A rational function of degree 13 over 6; exactly ±1 from ±{@value #TANH_MAX} on. */
  static FloatVector tanh(FloatVector x) {
    FloatVector s = x.mul(x);
    FloatVector p =
        multiplyAdd(constant(-2.76076847742355e-16f), s, constant(2.00018790482477e-13f));
    p = multiplyAdd(p, s, constant(-8.60467152213735e-11f));
    p = multiplyAdd(p, s, constant(5.12229709037114e-08f));
    p = multiplyAdd(p, s, constant(1.48572235717979e-05f));
    p = multiplyAdd(p, s, constant(6.37261928875436e-04f));
    p = multiplyAdd(p, s, constant(4.89352455891786e-03f));
    FloatVector q =
        multiplyAdd(constant(1.19825839466702e-06f), s, constant(1.18534705686654e-04f));
    q = multiplyAdd(q, s, constant(2.26843463243900e-03f));
    q = multiplyAdd(q, s, constant(4.89352518554385e-03f));
    return unitFrom(TANH_MAX, x, x.mul(p).div(q));
  }

  /** A rational function of degree 13 over 8; exactly ±1 from ±{@value #ERF_MAX} on. */
  static FloatVector erf(FloatVector x) {
    FloatVector s = x.mul(x);
    FloatVector p =
        multiplyAdd(constant(-2.72614225801306e-10f), s, constant(2.77068142495902e-08f));
    p = multiplyAdd(p, s, constant(-2.10102402082508e-06f));
    p = multiplyAdd(p, s, constant(-5.69250639462346e-05f));
    p = multiplyAdd(p, s, constant(-7.34990630326855e-04f));
    p = multiplyAdd(p, s, constant(-2.95459980854025e-03f));
    p = multiplyAdd(p, s, constant(-1.60960333262415e-02f));
    FloatVector q =
        multiplyAdd(constant(-1.45660718464996e-05f), s, constant(-2.13374055278905e-04f));
    q = multiplyAdd(q, s, constant(-1.68282697438203e-03f));
    q = multiplyAdd(q, s, constant(-7.37332916720468e-03f));
    q = multiplyAdd(q, s, constant(-1.42647390514189e-02f));
    return unitFrom(ERF_MAX, x, x.mul(p).div(q));
  }

  /** {@code y}, but 1 where {@code x ≥ limit} and −1 where {@code x ≤ −limit}. */
  private static FloatVector unitFrom(float limit, FloatVector x, FloatVector y) {
    return y.blend(1, x.compare(VectorOperators.GE, limit))
        .blend(-1, x.compare(VectorOperators.LE, -limit));
  }

  /** The nearest value from {@code min} to {@code max}. */
  static FloatVector bounded(FloatVector x, float min, float max) {
    FloatVector raised = x.blend(min, x.compare(VectorOperators.LT, min));
    return raised.blend(max, raised.compare(VectorOperators.GT, max));
  }

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
