package org.signet.op.flex.linalg;

import org.signet.op.Complex;

/**
 * Schur's decomposition {@code u · t · u*} of a square matrix into a unitary and an upper
 * triangular one: reflections make it a Hessenberg matrix, shifted QR steps triangular, in the
 * order of Eigen's {@code ComplexSchur}.
 */
final class ComplexSchur {
  private static final int STEPS_PER_VALUE = 30;

  final ComplexMatrix t;
  final ComplexMatrix u;
  private final double epsilon;

  /**
   * @param matrix it is used up
   * @param epsilon the precision of its elements
   */
  ComplexSchur(ComplexMatrix matrix, double epsilon) {
    this.epsilon = epsilon;
    t = matrix;
    int n = t.rows;
    u = ComplexMatrix.identity(n);
    for (int i = 0; i < n - 1; i++) {
      Householder reflection = Householder.clearing(t, i + 1, i);
      reflection.applyLeft(t);
      reflection.applyAdjointRight(t);
      reflection.applyAdjointRight(u);
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i - 1; k++) {
        t.set(i, k, Complex.ZERO);
      }
    }
    triangularize(n);
  }

  private static double size(Complex number) {
    return Math.abs(number.re()) + Math.abs(number.im());
  }

  private boolean negligible(int i) {
    double diagonal = size(t.get(i, i)) + size(t.get(i + 1, i + 1));
    if (size(t.get(i + 1, i)) > diagonal * epsilon) {
      return false;
    }
    t.set(i + 1, i, Complex.ZERO);
    return true;
  }

  private void triangularize(int n) {
    int end = n - 1;
    int steps = 0;
    for (int total = 0; total <= STEPS_PER_VALUE * n; total++) {
      while (end > 0 && negligible(end - 1)) {
        end--;
        steps = 0;
      }
      if (end <= 0) {
        return;
      }
      int start = end - 1;
      while (start > 0 && !negligible(start - 1)) {
        start--;
      }
      step(start, end, shift(end, ++steps));
    }
  }

  private void step(int start, int end, Complex shift) {
    turn(PlaneRotation.givens(t.get(start, start).minus(shift), t.get(start + 1, start)), start);
    for (int i = start + 1; i < end; i++) {
      turn(PlaneRotation.givens(t.get(i, i - 1), t.get(i + 1, i - 1)), i);
      t.set(i + 1, i - 1, Complex.ZERO);
    }
  }

  private void turn(PlaneRotation rotation, int i) {
    rotation.adjoint().rotateRows(t, i, i + 1);
    rotation.rotateColumns(t, i, i + 1);
    rotation.rotateColumns(u, i, i + 1);
  }

  /** The eigenvalue of the last two rows that is closest to the last diagonal element. */
  private Complex shift(int end, int steps) {
    if ((steps == 10 || steps == 20) && end > 1) {
      double exceptional =
          Math.abs(t.get(end, end - 1).re()) + Math.abs(t.get(end - 1, end - 2).re());
      return new Complex(exceptional, 0);
    }
    Complex a = t.get(end - 1, end - 1);
    Complex d = t.get(end, end);
    Complex bc = t.get(end - 1, end).times(t.get(end, end - 1));
    Complex difference = a.minus(d);
    Complex root = difference.times(difference).plus(bc.times(new Complex(4, 0))).sqrt();
    Complex two = new Complex(2, 0);
    Complex first = a.plus(d).plus(root).dividedBy(two);
    Complex second = a.plus(d).minus(root).dividedBy(two);
    Complex determinant = a.times(d).minus(bc);
    if (size(first) > size(second)) {
      second = determinant.dividedBy(first);
    } else if (size(second) > 0) {
      first = determinant.dividedBy(second);
    }
    return size(first.minus(d)) < size(second.minus(d)) ? first : second;
  }
}
