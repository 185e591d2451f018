package org.signet.kernel.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.signet.op.RealMath;
import org.signet.op.SpecialFunctions;

/** The errors of the elementary functions, against double precision. */
class PlainMathTest {
  private interface Function {
    float at(float x);
  }

  /** The largest error, in units in the last place of the true result as a float. */
  private static double worst(
      Function function, DoubleUnaryOperator truth, float from, float to, int steps) {
    double worst = 0;
    for (int i = 0; i <= steps; i++) {
      float x = (float) (from + (double) i / steps * (to - from));
      double exact = truth.applyAsDouble(x);
      worst = Math.max(worst, Math.abs(function.at(x) - exact) / Math.ulp((float) exact));
    }
    return worst;
  }

  @Test
  void exponential() {
    assertThat(worst(PlainMath::exp, Math::exp, -87, 88.7f, 1_000_000)).isBetween(0.5, 1.1);
    assertThat(worst(PlainMath::exp, Math::exp, -104, -87, 100_000)).isBetween(0.4, 1.1);
    assertThat(PlainMath.exp(88.8f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(PlainMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(PlainMath.exp(-104)).isZero();
    assertThat(PlainMath.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(PlainMath.exp(0)).isEqualTo(1);
    assertThat(PlainMath.exp(Float.NaN)).isNaN();
  }

  /** A loop's function of one number. */
  private static Function each(Unary.Loop loop) {
    return x -> {
      float[] one = {x};
      loop.run(one, one, 0, 1);
      return one[0];
    };
  }

  @Test
  void waves() {
    Function sin = each(PlainWaves::sin);
    Function cos = each(PlainWaves::cos);
    assertThat(worst(sin, Math::sin, -20, 20, 1_000_000)).isBetween(0.4, 2.0);
    assertThat(worst(cos, Math::cos, -20, 20, 1_000_000)).isBetween(0.4, 2.0);
    assertThat(worst(sin, Math::sin, 0, 20_000, 1_000_000)).isBetween(0.4, 2.0);
    assertThat(worst(cos, Math::cos, -20_000, 0, 1_000_000)).isBetween(0.4, 2.0);
    assertThat(sin.at(1e30f)).isEqualTo((float) Math.sin(1e30f));
    assertThat(cos.at(-1e30f)).isEqualTo((float) Math.cos(1e30f));
    assertThat(sin.at(0)).isZero();
    assertThat(sin.at(Float.POSITIVE_INFINITY)).isNaN();
    assertThat(cos.at(Float.NaN)).isNaN();
  }

  @Test
  void logarithm() {
    assertThat(worst(PlainMath::log, Math::log, 1e-4f, 4, 1_000_000)).isBetween(0.4, 1.5);
    assertThat(worst(PlainMath::log, Math::log, 1, 1e30f, 1_000_000)).isBetween(0.4, 1.5);
    assertThat(PlainMath.log(Float.MIN_VALUE)).isEqualTo((float) Math.log(Float.MIN_VALUE));
    assertThat(PlainMath.log(0)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(PlainMath.log(-1)).isNaN();
    assertThat(PlainMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(PlainMath.log(1)).isZero();
  }

  @Test
  void exponentialLessOne() {
    Function elu = each(PlainWaves::elu);
    assertThat(worst(elu, Math::expm1, -30, 0, 1_000_000)).isBetween(0.4, 9.0);
    assertThat(worst(elu, Math::expm1, -1e-3f, 0, 10_000)).isBetween(0.3, 9.0);
    assertThat(elu.at(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(elu.at(3)).isEqualTo(3);
    assertThat(elu.at(Float.NaN)).isNaN();
  }

  @Test
  void logistic() {
    assertThat(worst(PlainMath::logistic, RealMath::logistic, -87, 30, 1_000_000))
        .isBetween(0.5, 2.5);
    assertThat(PlainMath.logistic(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(PlainMath.logistic(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(PlainMath.logistic(Float.NaN)).isNaN();
  }

  @Test
  void hyperbolicTangent() {
    assertThat(worst(PlainMath::tanh, Math::tanh, -12, 12, 1_000_000)).isBetween(0.5, 6.0);
    assertThat(worst(PlainMath::tanh, Math::tanh, -1e-3f, 1e-3f, 10_000)).isBetween(0.3, 6.0);
    assertThat(PlainMath.tanh(-1e30f)).isEqualTo(-1);
    assertThat(PlainMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(PlainMath.tanh(Float.NaN)).isNaN();
  }

  @Test
  void errorFunction() {
    assertThat(worst(PlainMath::erf, SpecialFunctions::erf, -5, 5, 200_000)).isBetween(0.5, 9.0);
    assertThat(PlainMath.erf(-1e30f)).isEqualTo(-1);
    assertThat(PlainMath.erf(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(PlainMath.erf(Float.NaN)).isNaN();
  }

  @Test
  void logisticIsZeroWhereThePowerOverflows() {
    for (float x = -88; x > -90; x -= 0.001f) {
      assertThat(PlainMath.logistic(x)).as("of %s", x).isBetween(0f, 1e-38f);
    }
  }
}
