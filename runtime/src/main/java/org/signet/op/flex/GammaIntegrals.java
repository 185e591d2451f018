package org.signet.op.flex;

import org.signet.op.SpecialFunctions;

/**
 * Incomplete gamma and beta functions, zeta and polygamma, and the inverse of the normal
 * distribution, in double precision.
 */
final class GammaIntegrals {
  private static final int MOST_TERMS = 100_000;
  private static final double SMALL = 1e-300;
  private static final double PRECISE = 1e-17;

  /** B(2k) / (2k)!: the coefficients of the Euler-Maclaurin formula. */
  private static final double[] BERNOULLI = {
    1.0 / 12,
    -1.0 / 720,
    1.0 / 30240,
    -1.0 / 1209600,
    1.0 / 47900160,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0
  };

  private GammaIntegrals() {}

  /** The lower integral over Γ(a) (Abramowitz and Stegun 6.5.29, 6.5.31). */
  static double lower(double a, double x) {
    if (!(a > 0) || !(x >= 0)) {
      return a == 0 && x > 0 ? 1 : Double.NaN;
    }
    if (Double.isInfinite(a)) {
      return Double.isInfinite(x) ? Double.NaN : 0;
    }
    return x > 1 && x > a ? 1 - fraction(a, x) : series(a, x);
  }

  static double upper(double a, double x) {
    if (!(a > 0) || !(x >= 0)) {
      return a == 0 && x > 0 ? 0 : Double.NaN;
    }
    if (Double.isInfinite(a)) {
      return Double.isInfinite(x) ? Double.NaN : 1;
    }
    return x < 1 || x < a ? 1 - series(a, x) : fraction(a, x);
  }

  private static double series(double a, double x) {
    if (x == 0) {
      return 0;
    }
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_TERMS && term > sum * PRECISE; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * Math.exp(a * Math.log(x) - x - SpecialFunctions.logGamma(a));
  }

  private static double fraction(double a, double x) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    double b = x + 1 - a;
    double c = 1 / SMALL;
    double d = 1 / b;
    double value = d;
    for (int i = 1; i < MOST_TERMS; i++) {
      double numerator = -i * (i - a);
      b += 2;
      d = 1 / nonzero(numerator * d + b);
      c = nonzero(b + numerator / c);
      value *= d * c;
      if (Math.abs(d * c - 1) < PRECISE * 10) {
        break;
      }
    }
    return value * Math.exp(a * Math.log(x) - x - SpecialFunctions.logGamma(a));
  }

  private static double nonzero(double value) {
    return Math.abs(value) < SMALL ? SMALL : value;
  }

  /** The regularized incomplete beta function, by the continued fraction 26.5.8. */
  static double beta(double a, double b, double x) {
    if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) {
      return Double.NaN;
    }
    if (x == 0 || x == 1) {
      return x;
    }
    double front =
        Math.exp(
            SpecialFunctions.logGamma(a + b)
                - SpecialFunctions.logGamma(a)
                - SpecialFunctions.logGamma(b)
                + a * Math.log(x)
                + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * betaFraction(a, b, x) / a
        : 1 - front * betaFraction(b, a, 1 - x) / b;
  }

  private static double betaFraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / nonzero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonzero(1 + even * d);
      c = nonzero(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonzero(1 + odd * d);
      c = nonzero(1 + odd / c);
      value *= d * c;
      if (Math.abs(d * c - 1) < PRECISE * 10) {
        break;
      }
    }
    return value;
  }

  /** Hurwitz's zeta function for x > 1, by the Euler-Maclaurin formula (23.2.9). */
  static double zeta(double x, double q) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (!(x > 1)) {
      return Double.NaN;
    }
    if (q <= 0) {
      if (q == Math.floor(q)) {
        return x % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      if (x != Math.floor(x)) {
        return Double.NaN;
      }
    }
    double sum = 0;
    double a = q;
    for (; a < 12; a++) {
      sum += Math.pow(a, -x);
    }
    sum += Math.pow(a, 1 - x) / (x - 1) + Math.pow(a, -x) / 2;
    double factor = x;
    double power = Math.pow(a, -x - 1);
    for (int k = 0; k < BERNOULLI.length; k++) {
      sum += factor * power * BERNOULLI[k];
      factor *= (x + 2 * k + 1) * (x + 2 * k + 2);
      power /= a * a;
    }
    return sum;
  }

  /** Derivative {@code n} of digamma (6.4.10). */
  static double polygamma(double n, double x) {
    if (n != Math.floor(n) || n < 0) {
      return Double.NaN;
    }
    if (n == 0) {
      return SpecialFunctions.digamma(x);
    }
    double sign = n % 2 == 0 ? -1 : 1;
    return sign * Math.exp(SpecialFunctions.logGamma(n + 1)) * zeta(n + 1, x);
  }

  /** The number below which a normal number lies with probability {@code p}. */
  static double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    if (p == 0 || p == 1) {
      return p == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return p > 0.5 ? -tailQuantile(1 - p) : tailQuantile(p);
  }

  /** Halley's method from 26.2.22 on. */
  private static double tailQuantile(double p) {
    double t = Math.sqrt(-2 * Math.log(p));
    double x = (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t) - t;
    for (int i = 0; i < 6; i++) {
      double error = SpecialFunctions.erfc(-x / Math.sqrt(2)) / 2 - p;
      double step = error * Math.sqrt(2 * Math.PI) * Math.exp(x * x / 2);
      x -= step / (1 + x * step / 2);
    }
    return x;
  }

  /** The inverse of the error function. */
  static double inverseErf(double y) {
    if (Math.abs(y) < 0.5) {
      double x = y * Math.sqrt(Math.PI) / 2;
      for (int i = 0; i < 6; i++) {
        double step = (SpecialFunctions.erf(x) - y) * Math.sqrt(Math.PI) / 2 * Math.exp(x * x);
        x -= step / (1 + x * step);
      }
      return x;
    }
    double size = -quantile((1 - Math.abs(y)) / 2) / Math.sqrt(2);
    return Math.copySign(size, y);
  }
}
