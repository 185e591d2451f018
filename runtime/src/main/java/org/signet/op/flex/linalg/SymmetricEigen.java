package org.signet.op.flex.linalg;

import java.util.stream.IntStream;
import org.signet.op.Complex;

/**
 * Eigenvalues, ascending, and eigenvectors, by columns, of a Hermitian matrix: reflections make it
 * tridiagonal, QR steps with Wilkinson's shift diagonal. The order of the steps is that of Eigen's
 * solver, on which the signs of the vectors depend.
 */
final class SymmetricEigen {
  private static final int STEPS_PER_VALUE = 30;

  final double[] values;
  final ComplexMatrix vectors;
  private final double[] beside;
  private final double epsilon;

  /**
   * @param matrix of which the lower triangle counts; it is used up
   * @param epsilon the precision of its elements
   */
  SymmetricEigen(ComplexMatrix matrix, double epsilon) {
    this.epsilon = epsilon;
    int n = matrix.rows;
    mirror(matrix);
    vectors = ComplexMatrix.identity(n);
    for (int i = 0; i < n - 1; i++) {
      Householder reflection = Householder.clearing(matrix, i + 1, i);
      reflection.applyLeft(matrix);
      reflection.applyAdjointRight(matrix);
      reflection.applyAdjointRight(vectors);
    }
    values = IntStream.range(0, n).mapToDouble(i -> matrix.get(i, i).re()).toArray();
    beside =
        IntStream.range(0, Math.max(0, n - 1))
            .mapToDouble(i -> matrix.get(i + 1, i).re())
            .toArray();
    diagonalize();
    sort();
  }

  private static void mirror(ComplexMatrix matrix) {
    for (int i = 0; i < matrix.rows; i++) {
      matrix.set(i, i, new Complex(matrix.get(i, i).re(), 0));
      for (int k = 0; k < i; k++) {
        matrix.set(k, i, matrix.get(i, k).conjugate());
      }
    }
  }

  private void diagonalize() {
    int end = values.length - 1;
    int steps = 0;
    while (end > 0) {
      for (int i = 0; i < end; i++) {
        double scaled = beside[i] / epsilon;
        if (Math.abs(beside[i]) < Double.MIN_NORMAL
            || scaled * scaled <= Math.abs(values[i]) + Math.abs(values[i + 1])) {
          beside[i] = 0;
        }
      }
      while (end > 0 && beside[end - 1] == 0) {
        end--;
      }
      if (end == 0 || ++steps > STEPS_PER_VALUE * values.length) {
        return;
      }
      int start = end - 1;
      while (start > 0 && beside[start - 1] != 0) {
        start--;
      }
      step(start, end);
    }
  }

  private void step(int start, int end) {
    double x = values[start] - shift(end);
    double z = beside[start];
    for (int k = start; k < end && z != 0; k++) {
      PlaneRotation rotation = PlaneRotation.givens(new Complex(x, 0), new Complex(z, 0));
      double c = rotation.c().re();
      double s = rotation.s().re();
      double low = s * values[k] + c * beside[k];
      double high = s * beside[k] + c * values[k + 1];
      values[k] = c * (c * values[k] - s * beside[k]) - s * (c * beside[k] - s * values[k + 1]);
      values[k + 1] = s * low + c * high;
      beside[k] = c * low - s * high;
      if (k > start) {
        beside[k - 1] = c * beside[k - 1] - s * z;
      }
      x = beside[k];
      if (k < end - 1) {
        z = -s * beside[k + 1];
        beside[k + 1] = c * beside[k + 1];
      }
      rotation.rotateColumns(vectors, k, k + 1);
    }
  }

  private double shift(int end) {
    double half = (values[end - 1] - values[end]) / 2;
    double e = beside[end - 1];
    if (half == 0) {
      return values[end] - Math.abs(e);
    }
    return values[end] - e * (e / (half + Math.copySign(Math.hypot(half, e), half)));
  }

  private void sort() {
    for (int i = 0; i < values.length; i++) {
      int least = i;
      for (int k = i + 1; k < values.length; k++) {
        least = values[k] < values[least] ? k : least;
      }
      double swapped = values[i];
      values[i] = values[least];
      values[least] = swapped;
      vectors.swapColumns(i, least);
    }
  }
}
