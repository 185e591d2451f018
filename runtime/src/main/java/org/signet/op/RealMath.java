package org.signet.op;

/** Functions of reals, where Java's differ from C's and TensorFlow's, or are missing. */
public final class RealMath {
  private static final double LARGE = 0x1p28;

  private RealMath() {}

  /** C's {@code pow}: one to any power is one, NaN included, and so is −1 to an infinite power. */
  public static double pow(double a, double b) {
    if (a == 1 || (a == -1 && Double.isInfinite(b))) {
      return 1;
    }
    return Math.pow(a, b);
  }

  /** The remainder with the sign of {@code b}. */
  public static double floorRemainder(double a, double b) {
    double remainder = a % b;
    return remainder != 0 && (b < 0) != (remainder < 0) ? remainder + b : remainder;
  }

  /** 0 where {@code b} is 0. */
  public static double divideNoNan(double a, double b) {
    return b == 0 ? 0 : a / b;
  }

  /** 0 where {@code b} is 0, even for an infinite or NaN {@code a}. */
  public static double multiplyNoNan(double a, double b) {
    return b == 0 ? 0 : a * b;
  }

  /** a·log(b), 0 where {@code a} is 0. */
  public static double timesLog(double a, double b) {
    return a == 0 ? 0 : a * Math.log(b);
  }

  /** a·log(1+b), 0 where {@code a} is 0. */
  public static double timesLog1p(double a, double b) {
    return a == 0 ? 0 : a * Math.log1p(b);
  }

  /** a/b, 0 where {@code a} is 0. */
  public static double zeroOrDivide(double a, double b) {
    return a == 0 ? 0 : a / b;
  }

  public static double asinh(double x) {
    double size = Math.abs(x);
    double result =
        size > LARGE
            ? Math.log(size) + Math.log(2)
            : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
    return Math.copySign(result, x);
  }

  public static double acosh(double x) {
    if (x < 1) {
      return Double.NaN; // which large negative numbers would not come to
    }
    double above = x - 1;
    return x > LARGE
        ? Math.log(x) + Math.log(2)
        : Math.log1p(above + Math.sqrt(2 * above + above * above));
  }

  public static double atanh(double x) {
    return Math.copySign(0.5 * Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))), x);
  }

  public static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** log(1 + e^x) without overflow. */
  public static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  public static double softsign(double x) {
    return Double.isInfinite(x) ? Double.NaN : x / (1 + Math.abs(x));
  }
}
