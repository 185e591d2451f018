package org.signet.op.flex.linalg;

import org.signet.op.Complex;

/**
 * Householder's reflection {@code 1 − τ v v*}, which turns a column into a multiple of its first
 * axis. The multiple is real, of the opposite sign of the column's first element, as Eigen and
 * LAPACK choose it: that settles the signs of what is made of reflections.
 *
 * @param first the row that {@code v} begins at
 * @param v with a leading 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Householder(int first, Complex[] v, Complex tau) {
  /** The reflection that clears column {@code column} of {@code matrix} below row {@code first}. */
  static Householder clearing(ComplexMatrix matrix, int first, int column) {
    double tail = 0;
    for (int i = first + 1; i < matrix.rows; i++) {
      tail += Math.pow(matrix.get(i, column).abs(), 2);
    }
    Complex[] v = new Complex[matrix.rows];
    v[first] = Complex.ONE;
    Complex head = matrix.get(first, column);
    boolean clear = tail == 0 && head.im() == 0;
    double norm = Math.sqrt(tail + Math.pow(head.abs(), 2));
    Complex goal = new Complex(head.re() >= 0 ? -norm : norm, 0);
    for (int i = first + 1; i < matrix.rows; i++) {
      v[i] = clear ? Complex.ZERO : matrix.get(i, column).dividedBy(head.minus(goal));
    }
    Complex tau = clear ? Complex.ZERO : goal.minus(head).dividedBy(goal).conjugate();
    return new Householder(first, v, tau);
  }

  /** {@code matrix = (1 − τ v v*) · matrix}. */
  void applyLeft(ComplexMatrix matrix) {
    for (int c = 0; c < matrix.columns; c++) {
      Complex sum = Complex.ZERO;
      for (int i = first; i < matrix.rows; i++) {
        sum = sum.plus(v[i].conjugate().times(matrix.get(i, c)));
      }
      for (int i = first; i < matrix.rows; i++) {
        matrix.set(i, c, matrix.get(i, c).minus(tau.times(v[i]).times(sum)));
      }
    }
  }

  /** {@code matrix = matrix · (1 − τ v v*)*}. */
  void applyAdjointRight(ComplexMatrix matrix) {
    for (int r = 0; r < matrix.rows; r++) {
      Complex sum = Complex.ZERO;
      for (int i = first; i < matrix.columns; i++) {
        sum = sum.plus(matrix.get(r, i).times(v[i]));
      }
      for (int i = first; i < matrix.columns; i++) {
        Complex change = tau.conjugate().times(sum).times(v[i].conjugate());
        matrix.set(r, i, matrix.get(r, i).minus(change));
      }
    }
  }
}
