package org.signet.op.flex.linalg;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** Products with tridiagonal matrices, and systems of equations of few diagonals. */
final class TfBandedMatrices {
  private TfBandedMatrices() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("TridiagonalSolve", LinearSystems::infer, TfBandedMatrices::solve)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "TridiagonalMatMul",
                op -> List.of(Shapes.plain(op.dtype(3), op.shape(3))),
                TfBandedMatrices::multiply)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "BandedTriangularSolve", LinearSystems::infer, TfBandedMatrices::solveTriangle)
            .accurate(Accuracy.ACCUMULATED));
  }

  /**
   * Diagonals as rows: above (its last element does not count), main, below (its first does not).
   * Elimination takes the larger of two rows as its pivot where {@code partial_pivoting} says so.
   */
  private static void solve(OpCall call) {
    Shapes.require(
        call.operand(0).dim(-2) == 3, "%s are no three diagonals", call.operand(0).type());
    boolean pivoting = call.attributes().getBoolean("partial_pivoting", true);
    LinearSystems.solve(call, (bands, b) -> eliminated(bands, b, pivoting));
  }

  private static ComplexMatrix eliminated(ComplexMatrix bands, ComplexMatrix b, boolean pivoting) {
    int n = bands.columns;
    // Column 0 is the diagonal of what is left of a row, 1 and 2 lie right of it.
    ComplexMatrix rest = new ComplexMatrix(n, 3);
    for (int i = 0; i < n; i++) {
      rest.set(i, 0, bands.get(1, i));
      rest.set(i, 1, i < n - 1 ? bands.get(0, i) : Complex.ZERO);
    }
    for (int i = 0; i < n - 1; i++) {
      Complex below = bands.get(2, i + 1);
      if (pivoting && below.abs() > rest.get(i, 0).abs()) {
        Complex[] upper = {rest.get(i, 0), rest.get(i, 1)};
        rest.set(i, 0, below);
        rest.set(i, 1, rest.get(i + 1, 0));
        rest.set(i, 2, rest.get(i + 1, 1));
        below = upper[0];
        rest.set(i + 1, 0, upper[1]);
        rest.set(i + 1, 1, Complex.ZERO);
        b.swapRows(i, i + 1);
      }
      Complex factor = below.dividedBy(rest.get(i, 0)).negated();
      rest.set(i + 1, 0, rest.get(i + 1, 0).plus(factor.times(rest.get(i, 1))));
      rest.set(i + 1, 1, rest.get(i + 1, 1).plus(factor.times(rest.get(i, 2))));
      b.addRow(i, i + 1, factor, 0);
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = 1; k < 3 && i + k < n; k++) {
        b.addRow(i + k, i, rest.get(i, k).negated(), 0);
      }
      b.scaleRow(i, Complex.ONE.dividedBy(rest.get(i, 0)));
    }
    return b;
  }

  /** Operands: the diagonals above, main and below as in {@link #solve}, each a row; matrices. */
  private static void multiply(OpCall call) {
    Tensor right = call.operand(3);
    int batch = TfLinearAlgebra.batch(right);
    Tensor result = call.result(0, right.dtype(), right.shape());
    for (int b = 0; b < batch; b++) {
      ComplexMatrix above = ComplexMatrix.read(call.operand(0), b);
      ComplexMatrix main = ComplexMatrix.read(call.operand(1), b);
      ComplexMatrix below = ComplexMatrix.read(call.operand(2), b);
      ComplexMatrix x = ComplexMatrix.read(right, b);
      Shapes.require(main.columns == x.rows, "%s diagonals, %s rows", main.columns, x.rows);
      ComplexMatrix product = new ComplexMatrix(x.rows, x.columns);
      for (int i = 0; i < x.rows; i++) {
        for (int k = 0; k < x.columns; k++) {
          Complex sum = main.get(0, i).times(x.get(i, k));
          if (i > 0) {
            sum = sum.plus(below.get(0, i).times(x.get(i - 1, k)));
          }
          if (i < x.rows - 1) {
            sum = sum.plus(above.get(0, i).times(x.get(i + 1, k)));
          }
          product.set(i, k, sum);
        }
      }
      product.store(result, b);
    }
  }

  /** The main diagonal is the first row of a lower triangle, the last of an upper one. */
  private static void solveTriangle(OpCall call) {
    boolean lower = call.attributes().getBoolean("lower", true);
    boolean adjoint = call.attributes().getBoolean("adjoint", false);
    LinearSystems.solve(
        call,
        (bands, b) -> {
          ComplexMatrix triangle = triangle(bands, lower);
          for (int i = 0; i < triangle.rows; i++) {
            Shapes.require(triangle.get(i, i).abs() > 0, "Input is not invertible.");
          }
          ComplexMatrix.solveTriangle(
              adjoint ? triangle.adjoint() : triangle, b, lower != adjoint, false);
          return b;
        });
  }

  /** Element {@code i} of a diagonal belongs to row {@code i}. */
  private static ComplexMatrix triangle(ComplexMatrix bands, boolean lower) {
    int n = bands.columns;
    Shapes.require(bands.rows >= 1 && bands.rows <= n, "%s diagonals of %s", bands.rows, n);
    ComplexMatrix triangle = new ComplexMatrix(n, n);
    for (int row = 0; row < bands.rows; row++) {
      int distance = lower ? row : bands.rows - 1 - row;
      for (int i = lower ? distance : 0; i < (lower ? n : n - distance); i++) {
        triangle.set(i, lower ? i - distance : i + distance, bands.get(row, i));
      }
    }
    return triangle;
  }
}
