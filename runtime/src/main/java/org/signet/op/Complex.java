package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A complex number, for reference evaluation.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(double re, double im) {
  public static final Complex ZERO = new Complex(0, 0);
  public static final Complex ONE = new Complex(1, 0);

  /** Element {@code i} of a complex64 or complex128 tensor. */
  public static Complex get(Tensor tensor, int i) {
    return tensor.dtype() == DType.COMPLEX64
        ? new Complex(tensor.floats()[2 * i], tensor.floats()[2 * i + 1])
        : new Complex(tensor.doubles()[2 * i], tensor.doubles()[2 * i + 1]);
  }

  /** Stores this as element {@code i}, rounded to the tensor's type. */
  public void store(Tensor tensor, int i) {
    if (tensor.dtype() == DType.COMPLEX64) {
      tensor.floats()[2 * i] = (float) re;
      tensor.floats()[2 * i + 1] = (float) im;
    } else {
      tensor.doubles()[2 * i] = re;
      tensor.doubles()[2 * i + 1] = im;
    }
  }

  /** The type of the parts of a complex type. */
  public static DType partType(DType complex) {
    return complex == DType.COMPLEX64 ? DType.FLOAT32 : DType.FLOAT64;
  }

  public Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  public Complex minus(Complex other) {
    return new Complex(re - other.re, im - other.im);
  }

  public Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  /** The quotient, by Smith's method, which does not overflow where the result doesn't. */
  public Complex dividedBy(Complex other) {
    if (Math.abs(other.re) >= Math.abs(other.im)) {
      double ratio = other.im / other.re;
      double scale = other.re + other.im * ratio;
      return new Complex((re + im * ratio) / scale, (im - re * ratio) / scale);
    }
    double ratio = other.re / other.im;
    double scale = other.re * ratio + other.im;
    return new Complex((re * ratio + im) / scale, (im * ratio - re) / scale);
  }

  public Complex negated() {
    return new Complex(-re, -im);
  }

  public Complex conjugate() {
    return new Complex(re, -im);
  }

  public double abs() {
    return Math.hypot(re, im);
  }

  public double angle() {
    return Math.atan2(im, re);
  }

  public Complex exp() {
    double size = Math.exp(re);
    return new Complex(size * Math.cos(im), size * Math.sin(im));
  }

  public Complex log() {
    return new Complex(Math.log(abs()), angle());
  }

  /** The root with a real part that is not negative. */
  public Complex sqrt() {
    double size = abs();
    if (size == 0) {
      return ZERO;
    }
    double larger = Math.sqrt((size + Math.abs(re)) / 2);
    double smaller = Math.abs(im) / (2 * larger);
    return new Complex(re >= 0 ? larger : smaller, Math.copySign(re >= 0 ? smaller : larger, im));
  }

  /** This number to a power. */
  public Complex pow(Complex exponent) {
    if (exponent.equals(ZERO)) {
      return ONE;
    }
    return abs() == 0 ? ZERO : log().times(exponent).exp();
  }
}
