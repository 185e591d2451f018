package org.signet.op;

/** The functions of one number that builtins and TensorFlow's ops share. */
public final class UnaryFunctions {
  private UnaryFunctions() {}

  public static final UnaryFunction ABS = UnaryFunction.of(Math::abs, Math::abs);
  public static final UnaryFunction NEG =
      UnaryFunction.of(x -> -x, x -> -x).withComplex(Complex::negated);
  public static final UnaryFunction SIGN =
      UnaryFunction.of(Math::signum, Long::signum)
          .withComplex(UnaryFunctions::direction)
          .withFloats((from, to, count) -> {
            for (int i = 0; i < count; i++) {
              to[i] = Math.signum(from[i]);
            }
          });
  public static final UnaryFunction SQUARE =
      UnaryFunction.of(x -> x * x, x -> x * x).withComplex(z -> z.times(z));
  public static final UnaryFunction RECIPROCAL =
      UnaryFunction.of(x -> 1 / x, x -> IntegerMath.divide(1, x))
          .withComplex(Complex.ONE::dividedBy);
  public static final UnaryFunction SQRT =
      UnaryFunction.ofReals(Math::sqrt).withComplex(Complex::sqrt);
  public static final UnaryFunction RSQRT =
      UnaryFunction.ofReals(x -> 1 / Math.sqrt(x))
          .withComplex(z -> Complex.ONE.dividedBy(z.sqrt()));
  public static final UnaryFunction EXP =
      UnaryFunction.ofReals(Math::exp).withComplex(Complex::exp);
  public static final UnaryFunction LOG =
      UnaryFunction.ofReals(Math::log).withComplex(Complex::log);
  public static final UnaryFunction SIN =
      UnaryFunction.ofReals(Math::sin).withComplex(ComplexMath::sin);
  public static final UnaryFunction COS =
      UnaryFunction.ofReals(Math::cos).withComplex(ComplexMath::cos);
  public static final UnaryFunction TANH =
      UnaryFunction.ofReals(Math::tanh).withComplex(ComplexMath::tanh);
  public static final UnaryFunction LOGISTIC =
      UnaryFunction.ofReals(RealMath::logistic).withComplex(ComplexMath::logistic);
  public static final UnaryFunction FLOOR =
      UnaryFunction.of(Math::floor, x -> x)
          .withFloats((from, to, count) -> {
            for (int i = 0; i < count; i++) {
              to[i] = (float) Math.floor(from[i]);
            }
          });
  public static final UnaryFunction CEIL =
      UnaryFunction.of(Math::ceil, x -> x)
          .withFloats((from, to, count) -> {
            for (int i = 0; i < count; i++) {
              to[i] = (float) Math.ceil(from[i]);
            }
          });

  /** To the nearest integer, halves to the even one. */
  public static final UnaryFunction ROUND =
      UnaryFunction.of(Math::rint, x -> x)
          .withFloats((from, to, count) -> {
            for (int i = 0; i < count; i++) {
              to[i] = (float) Math.rint(from[i]);
            }
          });

  /** The number of magnitude 1 in the direction of another; 0 for 0. */
  static Complex direction(Complex z) {
    double size = z.abs();
    return size == 0 ? Complex.ZERO : new Complex(z.re() / size, z.im() / size);
  }
}
