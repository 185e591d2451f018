package org.signet.op;

/**
 * Error function, log-gamma and digamma in double precision.
 *
 * <p>The error function is its Taylor series times e^(−x²) near zero and Laplace's continued
 * fraction further out (Abramowitz and Stegun 7.1.6, 7.1.14); the gamma functions shift their
 * argument up and use Stirling's series (6.1.41, 6.3.18).
 */
public final class SpecialFunctions {
  private static final double FRACTION_FROM = 2.5;
  private static final double VANISHES_FROM = 27.5;
  private static final int FRACTION_TERMS = 60;
  private static final double STIRLING_FROM = 10;

  /** B(2k) / (2k(2k−1)): Stirling's series of log-gamma. */
  private static final double[] LOG_GAMMA_SERIES = {
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
  };

  /** B(2k) / 2k: the series of digamma. */
  private static final double[] DIGAMMA_SERIES = {
    1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12
  };

  private SpecialFunctions() {}

  public static double erf(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    return Math.abs(x) < FRACTION_FROM ? series(x) : Math.copySign(1 - tail(Math.abs(x)), x);
  }

  /** 1 − erf(x), without cancellation for large {@code x}. */
  public static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) < FRACTION_FROM) {
      return 1 - series(x);
    }
    return x > 0 ? tail(x) : 2 - tail(-x);
  }

  private static double series(double x) {
    double square = x * x;
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-square) * sum;
  }

  /** erfc of {@code x} ≥ {@value #FRACTION_FROM}. */
  private static double tail(double x) {
    if (x > VANISHES_FROM) {
      return 0;
    }
    double fraction = x;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      fraction = x + k / 2.0 / fraction;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }

  /** log |Γ(x)|; +∞ at the poles. */
  public static double logGamma(double x) {
    if (Double.isInfinite(x)) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 0.5) {
      double sine = Math.abs(Math.sin(Math.PI * (x - Math.rint(x))));
      return Math.log(Math.PI / sine) - logGamma(1 - x);
    }
    double product = 1;
    double shifted = x;
    while (shifted < STIRLING_FROM) {
      product *= shifted++;
    }
    double sum = 0;
    double power = 1 / shifted;
    for (double coefficient : LOG_GAMMA_SERIES) {
      sum += coefficient * power;
      power /= shifted * shifted;
    }
    double stirling =
        (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + sum;
    return product == 1 ? stirling : stirling - Math.log(product);
  }

  /** Γ'(x)/Γ(x); NaN at the poles. */
  public static double digamma(double x) {
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x <= 0 && x == Math.rint(x)) {
      return Double.NaN;
    }
    if (x < 0) {
      return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.rint(x)));
    }
    double sum = 0;
    double shifted = x;
    while (shifted < STIRLING_FROM) {
      sum -= 1 / shifted++;
    }
    sum += Math.log(shifted) - 0.5 / shifted;
    double power = 1 / (shifted * shifted);
    for (double coefficient : DIGAMMA_SERIES) {
      sum -= coefficient * power;
      power /= shifted * shifted;
    }
    return sum;
  }
}
