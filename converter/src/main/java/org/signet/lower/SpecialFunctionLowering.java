package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Erf, Erfc, Erfinv, Lgamma and Digamma of float32 by polynomials of builtins.
 *
 * <p>Error bounds: Erf 3e-7 absolute and relative; Erfc 1e-6 relative where it is a normal float;
 * Erfinv 2e-6 relative; Lgamma and Digamma 2e-6 of the larger of 1 and the result.
 */
final class SpecialFunctionLowering implements Lowering {
  /** erf(x) / x by powers of x², for |x| to 1: a least-squares fit, relative error 1.3e-9. */
  private static final double[] ERF = {
    7.84725916e-05,
    -0.000800818933,
    0.00518809889,
    -0.0268536911,
    0.112835822,
    -0.376126256,
    1.12837917
  };

  /** erfc(x) exp(x²) by powers of 1 / (1 + 0.4 x), for x from 0.9 to 10: relative error 4.1e-8. */
  private static final double[] ERFC = {
    -0.117516965,
    0.24743114,
    0.00342254314,
    0.216340617,
    0.197487455,
    0.22698707,
    0.225591246,
    1.7888583e-06
  };

  private static final double[] INVERSE_ERF = {
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941
  };

  private static final double[] INVERSE_ERF_TAIL = {
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682
  };

  /** C. Lanczos' series of the gamma function for g = 7 and 9 terms. */
  private static final double[] LANCZOS = {
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private static final double LANCZOS_FIRST = 0.9999999999998099;
  private static final double LANCZOS_G = 7;

  @Override
  public Set<String> ops() {
    return Set.of("Digamma", "Erf", "Erfc", "Erfinv", "Lgamma");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    FloatMath m = new FloatMath(emit);
    return Lowered.to(
        Elementwise.apply(
            op.operand(0),
            emit,
            x ->
                switch (op.name()) {
                  case "Digamma" -> digamma(x, m);
                  case "Erf" -> erf(x, m);
                  case "Erfc" -> erfc(x, m);
                  case "Erfinv" -> inverseErf(x, m);
                  default -> logGamma(x, m);
                }));
  }

  private static Value erf(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value far = m.subtract(1, erfcOfPositive(size, m));
    far = m.select(m.less(x, 0), m.negate(far), far);
    return m.select(m.less(size, 1), erfNearZero(x, m), far);
  }

  private static Value erfc(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value far = erfcOfPositive(size, m);
    far = m.select(m.less(x, 0), m.subtract(2, far), far);
    return m.select(m.less(size, 0.9), m.subtract(1, erfNearZero(x, m)), far);
  }

  /**
   * erf⁻¹(x) / x by powers of w = −log(1 − x²), less 2.5, or of √w less 3 in the tails; M. Giles'
   * fit in single precision.
   */
  private static Value inverseErf(Value x, FloatMath m) {
    Value w = m.negate(m.add(m.logOfOnePlus(x), m.logOfOnePlus(m.negate(x))));
    Value near = m.polynomial(m.add(w, -2.5), INVERSE_ERF);
    Value far = m.polynomial(m.add(m.sqrt(m.atLeast(w, 5)), -3), INVERSE_ERF_TAIL);
    Value result = m.multiply(x, m.select(m.less(w, 5), near, far));
    Value limit = m.multiply(m.sign(x), Double.POSITIVE_INFINITY);
    return m.select(m.equal(m.abs(x), 1), limit, result);
  }

  private static Value erfNearZero(Value x, FloatMath m) {
    Value square = m.multiply(x, x);
    return m.multiply(x, m.polynomial(m.atMost(square, 1), ERF));
  }

  /**
   * For x from 0.9 on. exp(−x²) is exp(−z²) exp((z − x)(z + x)) of z, which is x in sixteenths: its
   * square is exact.
   */
  private static Value erfcOfPositive(Value size, FloatMath m) {
    Value x = m.atMost(size, 11);
    Value z = m.multiply(m.round(m.multiply(x, 16)), 1.0 / 16);
    Value power = m.exp(m.negate(m.multiply(z, z)));
    Value rest = m.exp(m.multiply(m.subtract(z, x), m.add(z, x)));
    Value t = m.divide(1, m.add(m.multiply(x, 0.4), 1));
    return m.multiply(m.multiply(power, rest), m.polynomial(t, ERFC));
  }

  /** log Γ(1 + z) = log √2π + (z + ½) log t − t + log A(z), with t = z + g + ½. */
  private static Value logGamma(Value x, FloatMath m) {
    Value mirrored = m.less(x, 0.5);
    Value z = m.select(mirrored, m.negate(x), m.add(x, -1));
    Value t = m.add(z, LANCZOS_G + 0.5);
    Value logT = logOfT(z, m);
    Value product = m.multiply(m.subtract(m.add(z, 0.5), m.divide(t, logT)), logT);
    Value gamma = m.add(m.add(product, 0.5 * Math.log(2 * Math.PI)), m.log(lanczos(z, m)));
    // Γ(x) Γ(1 − x) = π / sin πx
    Value size = m.abs(x);
    Value fraction = m.subtract(size, m.floor(size));
    Value nearest = m.atMost(fraction, 0.5);
    nearest = m.select(m.greater(fraction, 0.5), m.subtract(1, fraction), nearest);
    Value sine = m.log(m.sin(m.multiply(nearest, Math.PI)));
    Value reflected = m.subtract(m.subtract(Math.log(Math.PI), sine), gamma);
    Value pole = m.number(Double.POSITIVE_INFINITY);
    Value below = m.select(m.equal(nearest, 0), pole, reflected);
    Value result = m.select(mirrored, below, gamma);
    return m.select(m.equal(size, Double.POSITIVE_INFINITY), pole, result);
  }

  /** log(z + g + ½) as log(g + ½) + log(1 + z / (g + ½)). */
  private static Value logOfT(Value z, FloatMath m) {
    double first = LANCZOS_G + 0.5;
    return m.add(m.logOfOnePlus(m.multiply(z, 1 / first)), Math.log(first));
  }

  private static Value lanczos(Value z, FloatMath m) {
    Value sum = m.number(LANCZOS_FIRST);
    for (int i = 0; i < LANCZOS.length; i++) {
      sum = m.add(sum, m.divide(LANCZOS[i], m.add(z, i + 1)));
    }
    return sum;
  }

  /** The derivative of {@link #logGamma}: log t + A′(z) / A(z) − g / t. */
  private static Value digamma(Value x, FloatMath m) {
    Value mirrored = m.less(x, 0.5);
    Value z = m.select(mirrored, m.negate(x), m.add(x, -1));
    Value slope = m.number(0);
    for (int i = 0; i < LANCZOS.length; i++) {
      Value place = m.add(z, i + 1);
      slope = m.subtract(slope, m.divide(LANCZOS[i], m.multiply(place, place)));
    }
    Value t = m.add(z, LANCZOS_G + 0.5);
    Value sum = m.add(logOfT(z, m), m.divide(slope, lanczos(z, m)));
    Value gamma = m.subtract(sum, m.divide(LANCZOS_G, t));
    // ψ(x) = ψ(1 − x) − π / tan πx; whole numbers from 0 downwards are poles.
    Value whole = m.floor(m.add(x, 0.5));
    Value angle = m.multiply(m.subtract(x, whole), Math.PI);
    Value cotangent = m.divide(m.cos(angle), m.sin(angle));
    Value reflected = m.subtract(gamma, m.multiply(cotangent, Math.PI));
    Value below = m.select(m.equal(angle, 0), m.number(Double.NaN), reflected);
    Value result = m.select(mirrored, below, gamma);
    // TFLite's cosine of infinity is a number.
    Value limit = m.select(m.greater(x, 0), x, m.number(Double.NaN));
    return m.select(m.equal(m.abs(x), Double.POSITIVE_INFINITY), limit, result);
  }
}
