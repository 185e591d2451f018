package org.signet.op;

/** Functions of complex numbers, principal values, with C's branch cuts. */
public final class ComplexMath {
  private static final Complex TWO = new Complex(2, 0);

  private ComplexMath() {}

  public static Complex sin(Complex z) {
    return new Complex(Math.sin(z.re()) * Math.cosh(z.im()), Math.cos(z.re()) * Math.sinh(z.im()));
  }

  public static Complex cos(Complex z) {
    return new Complex(Math.cos(z.re()) * Math.cosh(z.im()), -Math.sin(z.re()) * Math.sinh(z.im()));
  }

  public static Complex tan(Complex z) {
    return overI(tanh(timesI(z)));
  }

  public static Complex sinh(Complex z) {
    return overI(sin(timesI(z)));
  }

  public static Complex cosh(Complex z) {
    return cos(timesI(z));
  }

  /** By exponentials that do not grow, unlike sine and cosine. */
  public static Complex tanh(Complex z) {
    Complex mirrored = z.re() < 0 ? z.negated() : z;
    Complex small = mirrored.times(TWO).negated().exp();
    Complex result = Complex.ONE.minus(small).dividedBy(Complex.ONE.plus(small));
    return z.re() < 0 ? result.negated() : result;
  }

  public static Complex asin(Complex z) {
    return overI(asinh(timesI(z)));
  }

  public static Complex acos(Complex z) {
    Complex complement = asin(z);
    return new Complex(Math.PI / 2 - complement.re(), -complement.im());
  }

  public static Complex atan(Complex z) {
    return overI(atanh(timesI(z)));
  }

  public static Complex asinh(Complex z) {
    if (Math.copySign(1, z.re()) < 0) {
      return asinh(z.negated()).negated();
    }
    Complex above = new Complex(z.re(), z.im() + 1).sqrt();
    Complex below = new Complex(z.re(), z.im() - 1).sqrt();
    return z.plus(above.times(below)).log();
  }

  public static Complex acosh(Complex z) {
    Complex right = new Complex(z.re() + 1, z.im()).sqrt();
    Complex left = new Complex(z.re() - 1, z.im()).sqrt();
    return z.plus(right.times(left)).log();
  }

  public static Complex atanh(Complex z) {
    Complex upper = new Complex(1 + z.re(), z.im()).log();
    Complex lower = new Complex(1 - z.re(), -z.im()).log();
    return upper.minus(lower).dividedBy(TWO);
  }

  /** {@code exp(z) − 1}, exact near zero. */
  public static Complex expm1(Complex z) {
    double half = Math.sin(z.im() / 2);
    double scale = Math.exp(z.re());
    return new Complex(
        Math.expm1(z.re()) * Math.cos(z.im()) - 2 * half * half, scale * Math.sin(z.im()));
  }

  /** {@code log(1 + z)}, exact near zero. */
  public static Complex log1p(Complex z) {
    double grown = z.re() * (2 + z.re()) + z.im() * z.im();
    return new Complex(Math.log1p(grown) / 2, Math.atan2(z.im(), 1 + z.re()));
  }

  /** {@code 1 / (1 + exp(−z))}. */
  public static Complex logistic(Complex z) {
    return Complex.ONE.dividedBy(Complex.ONE.plus(z.negated().exp()));
  }

  /** {@code a · b}, 0 where {@code b} is 0. */
  public static Complex multiplyNoNan(Complex a, Complex b) {
    return b.abs() == 0 ? Complex.ZERO : a.times(b);
  }

  /** {@code a / b}, 0 where {@code b} is 0. */
  public static Complex divideNoNan(Complex a, Complex b) {
    return b.abs() == 0 ? Complex.ZERO : a.dividedBy(b);
  }

  /** {@code a / b}, 0 where {@code a} is 0. */
  public static Complex zeroOrDivide(Complex a, Complex b) {
    return a.abs() == 0 ? Complex.ZERO : a.dividedBy(b);
  }

  /** {@code a · log(b)}, 0 where {@code a} is 0. */
  public static Complex timesLog(Complex a, Complex b) {
    return a.abs() == 0 ? Complex.ZERO : a.times(b.log());
  }

  /** {@code a · log(1 + b)}, 0 where {@code a} is 0. */
  public static Complex timesLog1p(Complex a, Complex b) {
    return a.abs() == 0 ? Complex.ZERO : a.times(log1p(b));
  }

  private static Complex timesI(Complex z) {
    return new Complex(-z.im(), z.re());
  }

  private static Complex overI(Complex z) {
    return new Complex(z.im(), -z.re());
  }
}
