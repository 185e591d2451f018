package org.signet.op.flex;

/**
 * Bessel functions of orders 0 and 1, in double precision, by the integrals and series of
 * Abramowitz and Stegun, chapter 9. The trapezoidal rule converges geometrically on these
 * integrals.
 */
final class BesselFunctions {
  /** From here on Hankel's asymptotic series reach full precision. */
  private static final double ASYMPTOTIC_FROM = 30;

  private static final double EULER_GAMMA = 0.5772156649015329;
  private static final int MOST_TERMS = 500;

  private BesselFunctions() {}

  /** e^(−|x|) · I(x): the series 9.6.10, asymptotic 9.7.1. */
  static double scaledI(int order, double x) {
    double size = Math.abs(x);
    double sign = order % 2 == 1 && x < 0 ? -1 : 1;
    if (Double.isInfinite(x)) {
      return 0;
    }
    if (size > ASYMPTOTIC_FROM) {
      return sign * hankel(order, size, -1)[0] / Math.sqrt(2 * Math.PI * size);
    }
    double term = order == 0 ? 1 : size / 2;
    double sum = term;
    for (int k = 1; k < MOST_TERMS && term > sum * 1e-18; k++) {
      term *= size * size / 4 / (k * (double) (k + order));
      sum += term;
    }
    return sign * sum * Math.exp(-size);
  }

  static double i(int order, double x) {
    double scaled = scaledI(order, x);
    return scaled == 0 ? scaled : scaled * Math.exp(Math.abs(x));
  }

  /** e^x · K(x): the integral 9.6.24. */
  static double scaledK(int order, double x) {
    if (x == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (!(x > 0)) {
      return Double.NaN;
    }
    double step = 1.0 / 64;
    double sum = 0.5;
    for (int k = 1; k < 64 * 64; k++) {
      double t = k * step;
      double half = Math.sinh(t / 2);
      double value = Math.exp(-2 * x * half * half) * (order == 0 ? 1 : Math.cosh(t));
      sum += value;
      if (value < sum * 1e-18) {
        break;
      }
    }
    return sum * step;
  }

  static double k(int order, double x) {
    return scaledK(order, x) * Math.exp(-x);
  }

  static double j(int order, double x) {
    double size = Math.abs(x);
    double sign = order % 2 == 1 && x < 0 ? -1 : 1;
    return sign * (size > ASYMPTOTIC_FROM ? wave(order, size, false) : integralJ(order, size));
  }

  /** Bessel's integral 9.1.21. */
  private static double integralJ(int order, double x) {
    int points = 64 + 2 * order + (int) (2 * x);
    double sum = 0;
    for (int k = 0; k < points; k++) {
      double t = 2 * Math.PI * k / points;
      sum += Math.cos(order * t - x * Math.sin(t));
    }
    return sum / points;
  }

  /** Neumann's series 9.1.88 near zero. */
  static double y(int order, double x) {
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!(x > 0)) {
      return Double.NaN;
    }
    if (x > ASYMPTOTIC_FROM) {
      return wave(order, x, true);
    }
    double log = Math.log(x / 2) + EULER_GAMMA;
    double sum = 0;
    for (int k = 1; k < 40 + (int) x; k++) {
      double sign = k % 2 == 0 ? 1 : -1;
      sum +=
          order == 0
              ? sign * integralJ(2 * k, x) / k
              : sign * (2 * k + 1) * integralJ(2 * k + 1, x) / (k * (double) (k + 1));
    }
    return order == 0
        ? 2 / Math.PI * log * integralJ(0, x) - 4 / Math.PI * sum
        : -2 / (Math.PI * x) * integralJ(0, x)
            + 2 / Math.PI * (log - 1) * integralJ(1, x)
            - 2 / Math.PI * sum;
  }

  /** Hankel's expansions 9.2.5 and 9.2.6. */
  private static double wave(int order, double x, boolean second) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    double[] series = hankel(order, x, 1);
    double phase = x - (order / 2.0 + 0.25) * Math.PI;
    double scale = Math.sqrt(2 / (Math.PI * x));
    return second
        ? scale * (series[0] * Math.sin(phase) + series[1] * Math.cos(phase))
        : scale * (series[0] * Math.cos(phase) - series[1] * Math.sin(phase));
  }

  /**
   * With {@code kind} 1 the two sums of terms of even and odd number, with alternating signs; with
   * −1 the sum of all terms with alternating signs, alone.
   */
  private static double[] hankel(int order, double x, int kind) {
    double[] sums = {1, 0};
    double term = 1;
    double mu = 4.0 * order * order;
    for (int k = 1; k < MOST_TERMS; k++) {
      double next = term * (mu - (2.0 * k - 1) * (2 * k - 1)) / (k * 8 * x);
      if (Math.abs(next) >= Math.abs(term) || Math.abs(next) < 1e-18) {
        break;
      }
      term = next;
      if (kind < 0) {
        sums[0] += k % 2 == 0 ? term : -term;
      } else {
        sums[k % 2] += k / 2 % 2 == 0 ? term : -term;
      }
    }
    return sums;
  }
}
