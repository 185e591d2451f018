package org.signet.kernel.vector;

import static org.signet.kernel.dense.PlainMath.EXPONENT_BIAS;
import static org.signet.kernel.dense.PlainMath.EXPONENT_SHIFT;
import static org.signet.kernel.dense.PlainMath.EXP_0;
import static org.signet.kernel.dense.PlainMath.EXP_1;
import static org.signet.kernel.dense.PlainMath.EXP_2;
import static org.signet.kernel.dense.PlainMath.EXP_3;
import static org.signet.kernel.dense.PlainMath.EXP_4;
import static org.signet.kernel.dense.PlainMath.EXP_5;
import static org.signet.kernel.dense.PlainMath.EXP_MAX;
import static org.signet.kernel.dense.PlainMath.EXP_MIN;
import static org.signet.kernel.dense.PlainMath.HALF_ROOT_BITS;
import static org.signet.kernel.dense.PlainMath.LN2_HIGH;
import static org.signet.kernel.dense.PlainMath.LN2_LOW;
import static org.signet.kernel.dense.PlainMath.LOG2_E;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_0;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_1;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_2;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_3;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_4;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_MAX;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_MIN;
import static org.signet.kernel.dense.PlainMath.LOGISTIC_ZERO;
import static org.signet.kernel.dense.PlainMath.LOG_0;
import static org.signet.kernel.dense.PlainMath.LOG_1;
import static org.signet.kernel.dense.PlainMath.LOG_2;
import static org.signet.kernel.dense.PlainMath.LOG_3;
import static org.signet.kernel.dense.PlainMath.LOG_4;
import static org.signet.kernel.dense.PlainMath.LOG_5;
import static org.signet.kernel.dense.PlainMath.LOG_6;
import static org.signet.kernel.dense.PlainMath.LOG_7;
import static org.signet.kernel.dense.PlainMath.LOG_8;
import static org.signet.kernel.dense.PlainMath.LOG_SCALE;
import static org.signet.kernel.dense.PlainMath.POWER_ROUNDING;
import static org.signet.kernel.dense.PlainMath.ROUNDING;
import static org.signet.kernel.dense.PlainMath.ROUNDING_BITS;
import static org.signet.kernel.dense.PlainMath.TANH_MAX;
import static org.signet.kernel.dense.PlainMath.TANH_P0;
import static org.signet.kernel.dense.PlainMath.TANH_P1;
import static org.signet.kernel.dense.PlainMath.TANH_P2;
import static org.signet.kernel.dense.PlainMath.TANH_P3;
import static org.signet.kernel.dense.PlainMath.TANH_P4;
import static org.signet.kernel.dense.PlainMath.TANH_P5;
import static org.signet.kernel.dense.PlainMath.TANH_P6;
import static org.signet.kernel.dense.PlainMath.TANH_Q0;
import static org.signet.kernel.dense.PlainMath.TANH_Q1;
import static org.signet.kernel.dense.PlainMath.TANH_Q2;
import static org.signet.kernel.dense.PlainMath.TANH_Q3;
import static org.signet.kernel.vector.Lanes.SPECIES;
import static org.signet.kernel.vector.Lanes.multiplyAdd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions of vectors. NaN gives NaN. Error bounds are in units in the last place of
 * the result, as {@code PlainMathTest} measures them against double precision.
 */
final class VectorMath {
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
    FloatVector p = multiplyAdd(constant(EXP_5), r, constant(EXP_4));
    p = multiplyAdd(p, r, constant(EXP_3));
    p = multiplyAdd(p, r, constant(EXP_2));
    p = multiplyAdd(p, r, constant(EXP_1));
    p = multiplyAdd(p, r, constant(EXP_0));
    p = multiplyAdd(p, r.mul(r), r).add(1);
    IntVector n = shifted.reinterpretAsInts().sub(ROUNDING_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return raised(n.add(EXPONENT_BIAS));
  }

  /** The power of two with this biased exponent. */
  private static FloatVector raised(IntVector exponent) {
    return exponent.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
  }

  /** {@code PlainMath.logistic}: the same bits. */
  static FloatVector logistic(FloatVector x) {
    FloatVector below = x.blend(LOGISTIC_MAX, x.compare(VectorOperators.GT, LOGISTIC_MAX));
    FloatVector bounded = below.blend(LOGISTIC_MIN, x.compare(VectorOperators.LT, LOGISTIC_ZERO));
    FloatVector shifted = multiplyAdd(bounded, constant(-LOG2_E), constant(POWER_ROUNDING));
    FloatVector whole = shifted.sub(POWER_ROUNDING);
    FloatVector high = multiplyAdd(whole, constant(-LN2_HIGH), bounded.neg());
    FloatVector r = multiplyAdd(whole, constant(-LN2_LOW), high);
    FloatVector p = multiplyAdd(constant(LOGISTIC_4), r, constant(LOGISTIC_3));
    p = multiplyAdd(p, r, constant(LOGISTIC_2));
    p = multiplyAdd(p, r, constant(LOGISTIC_1));
    p = multiplyAdd(p, r, constant(LOGISTIC_0));
    p = multiplyAdd(p, r.mul(r), r);
    FloatVector power = raised(shifted.reinterpretAsInts());
    return constant(1).div(multiplyAdd(p, power, power).add(1));
  }

  /** {@code PlainMath.log}: the same bits. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    FloatVector scaled = x.blend(x.mul(LOG_SCALE), tiny);
    IntVector shifted = scaled.reinterpretAsInts().sub(HALF_ROOT_BITS);
    FloatVector n = toFloats(shifted.lanewise(VectorOperators.ASHR, EXPONENT_SHIFT));
    n = n.blend(n.sub(EXPONENT_SHIFT), tiny);
    IntVector mantissa = shifted.and((1 << EXPONENT_SHIFT) - 1);
    FloatVector m = mantissa.add(HALF_ROOT_BITS).reinterpretAsFloats().sub(1);
    FloatVector s = m.mul(m);
    FloatVector p = multiplyAdd(constant(LOG_8), m, constant(LOG_7));
    p = multiplyAdd(p, m, constant(LOG_6));
    p = multiplyAdd(p, m, constant(LOG_5));
    p = multiplyAdd(p, m, constant(LOG_4));
    p = multiplyAdd(p, m, constant(LOG_3));
    p = multiplyAdd(p, m, constant(LOG_2));
    p = multiplyAdd(p, m, constant(LOG_1));
    p = multiplyAdd(p, m, constant(LOG_0));
    p = multiplyAdd(n, constant(LN2_LOW), p.mul(m).mul(s));
    p = multiplyAdd(s, constant(-0.5f), p);
    p = multiplyAdd(n, constant(LN2_HIGH), m.add(p));
    FloatVector result = p.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
    result = result.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
    VectorMask<Float> number = x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY);
    return x.blend(result, number);
  }

  private static FloatVector toFloats(IntVector x) {
    return (FloatVector) x.convertShape(VectorOperators.I2F, SPECIES, 0);
  }

  /** {@code PlainMath.tanh}: the same bits. */
  static FloatVector tanh(FloatVector value) {
    FloatVector x = bounded(value, -TANH_MAX, TANH_MAX);
    FloatVector s = x.mul(x);
    FloatVector p = multiplyAdd(constant(TANH_P6), s, constant(TANH_P5));
    p = multiplyAdd(p, s, constant(TANH_P4));
    p = multiplyAdd(p, s, constant(TANH_P3));
    p = multiplyAdd(p, s, constant(TANH_P2));
    p = multiplyAdd(p, s, constant(TANH_P1));
    p = multiplyAdd(p, s, constant(TANH_P0));
    FloatVector q = multiplyAdd(constant(TANH_Q3), s, constant(TANH_Q2));
    q = multiplyAdd(q, s, constant(TANH_Q1));
    q = multiplyAdd(q, s, constant(TANH_Q0));
    return bounded(x.mul(p).div(q), -1, 1);
  }

  /** {@code PlainMath.elu}: the same bits. */
  static FloatVector elu(FloatVector x) {
    FloatVector t = tanh(x.mul(0.5f));
    FloatVector below = t.add(t).div(constant(1).sub(t));
    return below.blend(x, x.compare(VectorOperators.GT, 0));
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
