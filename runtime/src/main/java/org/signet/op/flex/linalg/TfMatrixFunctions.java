package org.signet.op.flex.linalg;

import java.util.List;
import java.util.function.UnaryOperator;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** The exponential, logarithm and principal square root of square matrices. */
final class TfMatrixFunctions {
  private static final double EPSILON = Math.ulp(1.0);

  private TfMatrixFunctions() {}

  static List<OpDefinition> definitions() {
    return List.of(
        function("MatrixExponential", TfMatrixFunctions::exponential),
        function("MatrixLogarithm", TfMatrixFunctions::logarithm),
        function("MatrixSquareRoot", TfMatrixFunctions::squareRoot));
  }

  private static OpDefinition function(String name, UnaryOperator<ComplexMatrix> function) {
    return OpDefinition.tf(
            name,
            Shapes.SAME,
            call -> {
              Tensor input = call.operand(0);
              int batch = TfLinearAlgebra.squares(input);
              Tensor result = call.result(0, input.dtype(), input.shape());
              for (int b = 0; b < batch; b++) {
                ComplexMatrix matrix = ComplexMatrix.read(input, b);
                (matrix.isFinite()
                        ? function.apply(matrix)
                        : ComplexMatrix.nan(matrix.rows, matrix.rows))
                    .store(result, b);
              }
            })
        .accurate(Accuracy.ACCUMULATED);
  }

  /** The largest sum of absolute values in a row. */
  private static double norm(ComplexMatrix matrix) {
    double norm = 0;
    for (int i = 0; i < matrix.rows; i++) {
      double sum = 0;
      for (int k = 0; k < matrix.columns; k++) {
        sum += matrix.get(i, k).abs();
      }
      norm = Math.max(norm, sum);
    }
    return norm;
  }

  /** Taylor's series of a power of two of the matrix, squared as often. */
  private static ComplexMatrix exponential(ComplexMatrix matrix) {
    double norm = norm(matrix);
    int squarings = Math.max(0, Math.getExponent(norm) + 2);
    ComplexMatrix zero = new ComplexMatrix(matrix.rows, matrix.rows);
    ComplexMatrix scaled = zero.plus(matrix, Math.scalb(1.0, -squarings));
    ComplexMatrix term = ComplexMatrix.identity(matrix.rows);
    ComplexMatrix sum = term;
    for (int n = 1; norm(term) > EPSILON; n++) {
      term = zero.plus(term.times(scaled), 1.0 / n);
      sum = sum.plus(term, 1);
    }
    for (int i = 0; i < squarings; i++) {
      sum = sum.times(sum);
    }
    return sum;
  }

  private static ComplexMatrix turned(ComplexSchur schur, ComplexMatrix triangle) {
    return schur.u.times(triangle).times(schur.u.adjoint());
  }

  private static ComplexMatrix squareRoot(ComplexMatrix matrix) {
    ComplexSchur schur = new ComplexSchur(matrix, EPSILON);
    return turned(schur, triangularRoot(schur.t));
  }

  private static ComplexMatrix triangularRoot(ComplexMatrix t) {
    ComplexMatrix root = new ComplexMatrix(t.rows, t.rows);
    for (int k = 0; k < t.rows; k++) {
      root.set(k, k, t.get(k, k).sqrt());
      for (int i = k - 1; i >= 0; i--) {
        Complex sum = t.get(i, k);
        for (int j = i + 1; j < k; j++) {
          sum = sum.minus(root.get(i, j).times(root.get(j, k)));
        }
        Complex divisor = root.get(i, i).plus(root.get(k, k));
        root.set(i, k, sum.dividedBy(divisor)); // NaN without an inverse, as in TensorFlow
      }
    }
    return root;
  }

  /**
   * Roots until little differs from 1, there {@code 2 artanh z} of {@code z = (m − 1)/(m + 1)} as a
   * series, doubled as often.
   */
  private static ComplexMatrix logarithm(ComplexMatrix matrix) {
    ComplexSchur schur = new ComplexSchur(matrix, EPSILON);
    ComplexMatrix one = ComplexMatrix.identity(matrix.rows);
    ComplexMatrix root = schur.t;
    double factor = 2;
    for (int i = 0; i < Double.MAX_EXPONENT && norm(root.plus(one, -1)) > 0.25; i++) {
      root = triangularRoot(root);
      factor *= 2;
    }
    if (!(norm(root.plus(one, -1)) <= 0.25)) { // of zero there is none
      return ComplexMatrix.nan(matrix.rows, matrix.rows);
    }
    ComplexMatrix z = TfLinearAlgebra.solution(root.plus(one, 1), root.plus(one, -1));
    ComplexMatrix square = z.times(z);
    ComplexMatrix sum = new ComplexMatrix(matrix.rows, matrix.rows);
    ComplexMatrix power = z;
    for (int n = 1; norm(power) > EPSILON * EPSILON; n += 2) {
      sum = sum.plus(power, factor / n);
      power = power.times(square);
    }
    return turned(schur, sum);
  }
}
