package org.signet.op.flex.linalg;

import org.signet.op.Complex;

/**
 * Eigenvalues, by ascending absolute value, and eigenvectors of length 1, by columns, of a square
 * matrix, from {@link ComplexSchur}'s decomposition.
 */
final class GeneralEigen {
  final Complex[] values;
  final ComplexMatrix vectors;

  /**
   * @param matrix it is used up
   * @param epsilon the precision of its elements
   */
  GeneralEigen(ComplexMatrix matrix, double epsilon) {
    ComplexSchur schur = new ComplexSchur(matrix, epsilon);
    int n = matrix.rows;
    values = new Complex[n];
    double norm = 0;
    for (int i = 0; i < n; i++) {
      values[i] = schur.t.get(i, i);
      norm = Math.max(norm, values[i].abs());
    }
    vectors = schur.u.times(triangularVectors(schur.t, epsilon * norm));
    for (int k = 0; k < n; k++) {
      double length = 0;
      for (int i = 0; i < n; i++) {
        length = Math.hypot(length, vectors.get(i, k).abs());
      }
      vectors.scaleColumn(k, new Complex(1 / length, 0));
    }
    sort();
  }

  /** The eigenvectors of a triangular matrix, by columns; {@code least} stands for 0 as divisor. */
  private static ComplexMatrix triangularVectors(ComplexMatrix t, double least) {
    ComplexMatrix x = new ComplexMatrix(t.rows, t.rows);
    for (int k = t.rows - 1; k >= 0; k--) {
      x.set(k, k, Complex.ONE);
      for (int i = k - 1; i >= 0; i--) {
        Complex sum = t.get(i, k).negated();
        for (int j = i + 1; j < k; j++) {
          sum = sum.minus(t.get(i, j).times(x.get(j, k)));
        }
        Complex z = t.get(i, i).minus(t.get(k, k));
        x.set(i, k, sum.dividedBy(z.abs() == 0 ? new Complex(least, 0) : z));
      }
    }
    return x;
  }

  private void sort() {
    for (int i = 0; i < values.length; i++) {
      int least = i;
      for (int k = i + 1; k < values.length; k++) {
        least = values[k].abs() < values[least].abs() ? k : least;
      }
      Complex swapped = values[i];
      values[i] = values[least];
      values[least] = swapped;
      vectors.swapColumns(i, least);
    }
  }
}
