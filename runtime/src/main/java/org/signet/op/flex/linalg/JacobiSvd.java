package org.signet.op.flex.linalg;

import org.signet.op.Complex;

/**
 * The singular value decomposition {@code u · diag(values) · v*} by two-sided Jacobi rotations,
 * after a QR decomposition with pivots if the matrix is not square. Rotations come in the order of
 * Eigen's {@code JacobiSVD}, on which the signs of the vectors depend; TensorFlow uses that up to
 * 15 columns.
 */
final class JacobiSvd {
  final double[] values;
  final ComplexMatrix u;
  final ComplexMatrix v;
  private final ComplexMatrix work;
  private final double precision;
  private final boolean complex;
  private double largest;

  /**
   * @param epsilon the precision of the matrix's elements
   */
  JacobiSvd(ComplexMatrix matrix, double epsilon) {
    precision = 2 * epsilon;
    int n = Math.min(matrix.rows, matrix.columns);
    if (matrix.rows > matrix.columns) {
      PivotedQr qr = new PivotedQr(matrix);
      work = qr.triangle.part(n, n);
      u = qr.orthogonal;
      v = qr.permutation;
    } else if (matrix.rows < matrix.columns) {
      PivotedQr qr = new PivotedQr(matrix.adjoint());
      work = qr.triangle.part(n, n).adjoint();
      u = qr.permutation;
      v = qr.orthogonal;
    } else {
      work = matrix.part(n, n);
      u = ComplexMatrix.identity(n);
      v = ComplexMatrix.identity(n);
    }
    complex = work.isComplex();
    values = new double[n];
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, work.get(i, i).abs());
    }
    while (sweep(n)) {}
    for (int i = 0; i < n; i++) {
      Complex value = work.get(i, i);
      values[i] = value.abs();
      if (value.im() != 0 || value.re() < 0) {
        u.scaleColumn(i, value.dividedBy(new Complex(values[i], 0)));
      }
    }
    sort();
  }

  private boolean above(Complex number) {
    return number.abs() > Math.max(Double.MIN_NORMAL, precision * largest);
  }

  /** Whether anything was left to rotate. */
  private boolean sweep(int n) {
    boolean rotated = false;
    for (int p = 1; p < n; p++) {
      for (int q = 0; q < p; q++) {
        if (above(work.get(p, q)) || above(work.get(q, p))) {
          rotated = true;
          makeReal(p, q);
          if (above(work.get(p, q)) || above(work.get(q, p))) {
            rotate(p, q);
          }
          grow(p, q);
        }
      }
    }
    return rotated;
  }

  private void grow(int p, int q) {
    largest = Math.max(largest, Math.max(work.get(p, p).abs(), work.get(q, q).abs()));
  }

  private void rotate(int p, int q) {
    double pp = work.get(p, p).re();
    double pq = work.get(p, q).re();
    double qp = work.get(q, p).re();
    double qq = work.get(q, q).re();
    double d = qp - pq;
    double c = 1;
    double s = 0;
    if (Math.abs(d) >= Double.MIN_NORMAL) {
      double ratio = (pp + qq) / d;
      s = 1 / Math.sqrt(1 + ratio * ratio);
      c = ratio * s;
    }
    PlaneRotation right = PlaneRotation.jacobi(c * pp + s * qp, c * pq + s * qq, -s * pq + c * qq);
    PlaneRotation left = PlaneRotation.of(c, s).times(right.transpose());
    left.rotateRows(work, p, q);
    left.transpose().rotateColumns(u, p, q);
    right.rotateColumns(work, p, q);
    right.rotateColumns(v, p, q);
  }

  /** Makes the elements in rows and columns p and q real; nothing if they are. */
  private void makeReal(int p, int q) {
    if (!complex) {
      return;
    }
    double norm = Math.hypot(work.get(p, p).abs(), work.get(q, p).abs());
    if (norm == 0) {
      work.set(p, p, Complex.ZERO);
      work.set(q, p, Complex.ZERO);
      turnRow(p, work.get(p, q));
    } else {
      Complex scale = new Complex(norm, 0);
      PlaneRotation rotation =
          new PlaneRotation(
              work.get(p, p).conjugate().dividedBy(scale), work.get(q, p).dividedBy(scale));
      rotation.rotateRows(work, p, q);
      rotation.adjoint().rotateColumns(u, p, q);
      Complex beside = work.get(p, q);
      if (Math.abs(beside.im()) > Double.MIN_NORMAL) {
        Complex turn = new Complex(beside.abs(), 0).dividedBy(beside);
        work.scaleColumn(q, turn);
        v.scaleColumn(q, turn);
      }
    }
    turnRow(q, work.get(q, q));
    grow(p, q);
  }

  /** Turns a row so that this element of it becomes real. */
  private void turnRow(int row, Complex element) {
    if (Math.abs(element.im()) > Double.MIN_NORMAL) {
      Complex turn = new Complex(element.abs(), 0).dividedBy(element);
      work.scaleRow(row, turn);
      u.scaleColumn(row, turn.conjugate());
    }
  }

  private void sort() {
    for (int i = 0; i < values.length; i++) {
      int most = i;
      for (int k = i + 1; k < values.length; k++) {
        most = values[k] > values[most] ? k : most;
      }
      double swapped = values[i];
      values[i] = values[most];
      values[most] = swapped;
      u.swapColumns(i, most);
      v.swapColumns(i, most);
    }
  }

  /** {@code orthogonal · triangle · permutation*}, the longest column left taken first. */
  private static final class PivotedQr {
    final ComplexMatrix triangle;
    final ComplexMatrix orthogonal;
    final ComplexMatrix permutation;

    PivotedQr(ComplexMatrix matrix) {
      triangle = matrix.part(matrix.rows, matrix.columns);
      permutation = ComplexMatrix.identity(matrix.columns);
      ComplexMatrix reflections = ComplexMatrix.identity(matrix.rows);
      for (int k = 0; k < Math.min(matrix.rows, matrix.columns); k++) {
        int pivot = longest(k);
        triangle.swapColumns(k, pivot);
        permutation.swapColumns(k, pivot);
        Householder reflection = Householder.clearing(triangle, k, k);
        reflection.applyLeft(triangle);
        reflection.applyLeft(reflections);
        for (int i = k + 1; i < matrix.rows; i++) {
          triangle.set(i, k, Complex.ZERO);
        }
      }
      orthogonal = reflections.adjoint();
    }

    private int longest(int from) {
      int longest = from;
      double most = -1;
      for (int c = from; c < triangle.columns; c++) {
        double norm = 0;
        for (int i = from; i < triangle.rows; i++) {
          norm += Math.pow(triangle.get(i, c).abs(), 2);
        }
        if (norm > most) {
          most = norm;
          longest = c;
        }
      }
      return longest;
    }
  }
}
