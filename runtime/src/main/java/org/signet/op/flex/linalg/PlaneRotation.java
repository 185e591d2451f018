package org.signet.op.flex.linalg;

import org.signet.op.Complex;

/**
 * A rotation in the plane of two rows or columns, {@code (c, s̄; −s, c̄)} as it acts on the rows.
 *
 * @param c the cosine, complex where numbers are
 * @param s the sine
 */
record PlaneRotation(Complex c, Complex s) {
  static PlaneRotation of(double c, double s) {
    return new PlaneRotation(new Complex(c, 0), new Complex(s, 0));
  }

  /** The rotation whose adjoint turns {@code (p, q)} into {@code (r, 0)}. */
  static PlaneRotation givens(Complex p, Complex q) {
    double sizeP = p.abs();
    double sizeQ = q.abs();
    double sign = p.re() < 0 ? -1 : 1;
    if (sizeQ == 0) {
      return of(sign, 0);
    }
    if (sizeP == 0) {
      return new PlaneRotation(Complex.ZERO, q.negated().dividedBy(new Complex(sizeQ, 0)));
    }
    double size = sign * Math.hypot(sizeP, sizeQ);
    Complex turned = q.times(p.conjugate()).negated();
    return new PlaneRotation(
        new Complex(sizeP / size, 0), turned.dividedBy(new Complex(sizeP * size, 0)));
  }

  /** The rotation that makes the real symmetric {@code (x, y; y, z)} diagonal. */
  static PlaneRotation jacobi(double x, double y, double z) {
    if (2 * Math.abs(y) < Double.MIN_NORMAL) {
      return of(1, 0);
    }
    double tau = (x - z) / (2 * Math.abs(y));
    double w = Math.sqrt(tau * tau + 1);
    double t = tau > 0 ? 1 / (tau + w) : 1 / (tau - w);
    double n = 1 / Math.sqrt(t * t + 1);
    return of(n, -Math.signum(t) * Math.signum(y) * Math.abs(t) * n);
  }

  PlaneRotation transpose() {
    return new PlaneRotation(c, s.conjugate().negated());
  }

  PlaneRotation adjoint() {
    return new PlaneRotation(c.conjugate(), s.negated());
  }

  PlaneRotation times(PlaneRotation other) {
    return new PlaneRotation(
        c.times(other.c).minus(s.conjugate().times(other.s)),
        c.times(other.s.conjugate()).plus(s.conjugate().times(other.c.conjugate())).conjugate());
  }

  /** Turns rows {@code p} and {@code q}. */
  void rotateRows(ComplexMatrix matrix, int p, int q) {
    for (int k = 0; k < matrix.columns; k++) {
      Complex x = matrix.get(p, k);
      Complex y = matrix.get(q, k);
      matrix.set(p, k, c.times(x).plus(s.conjugate().times(y)));
      matrix.set(q, k, c.conjugate().times(y).minus(s.times(x)));
    }
  }

  /** Turns columns {@code p} and {@code q}: the product with this rotation from the right. */
  void rotateColumns(ComplexMatrix matrix, int p, int q) {
    PlaneRotation turned = transpose();
    for (int k = 0; k < matrix.rows; k++) {
      Complex x = matrix.get(k, p);
      Complex y = matrix.get(k, q);
      matrix.set(k, p, turned.c.times(x).plus(turned.s.conjugate().times(y)));
      matrix.set(k, q, turned.c.conjugate().times(y).minus(turned.s.times(x)));
    }
  }
}
