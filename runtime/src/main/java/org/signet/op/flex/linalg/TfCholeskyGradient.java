package org.signet.op.flex.linalg;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * CholeskyGrad: the gradient of a matrix from that of its Cholesky factor {@code l} (Murray, 2016):
 * {@code l⁻ᵀ Φ(lᵀ ḡ) l⁻¹}, made symmetric, where {@code Φ} keeps the lower triangle and halves the
 * diagonal. Operands: factors, their gradients.
 */
final class TfCholeskyGradient {
  private TfCholeskyGradient() {}

  static List<OpDefinition> definitions() {
    return List.of(gradient("CholeskyGrad"), gradient("BatchCholeskyGrad"));
  }

  private static OpDefinition gradient(String name) {
    return OpDefinition.tf(name, Shapes.SAME, TfCholeskyGradient::evaluate)
        .accurate(Accuracy.ACCUMULATED);
  }

  private static void evaluate(OpCall call) {
    Tensor factors = call.operand(0);
    Tensor gradients = call.operand(1);
    int batch = TfLinearAlgebra.squares(factors);
    Shapes.require(
        gradients.hasShape(factors.shape()),
        "gradients %s of %s",
        gradients.type(),
        factors.type());
    Tensor result = call.result(0, factors.dtype(), factors.shape());
    for (int b = 0; b < batch; b++) {
      ComplexMatrix l = lower(ComplexMatrix.read(factors, b), 1);
      ComplexMatrix g = lower(ComplexMatrix.read(gradients, b), 1);
      ComplexMatrix adjoint = l.adjoint();
      ComplexMatrix half = lower(adjoint.times(g), 0.5);
      ComplexMatrix.solveTriangle(adjoint, half, false, false);
      ComplexMatrix right = half.adjoint();
      ComplexMatrix.solveTriangle(adjoint, right, false, false);
      ComplexMatrix zero = new ComplexMatrix(l.rows, l.rows);
      zero.plus(right, 0.5).plus(right.adjoint(), 0.5).store(result, b);
    }
  }

  /** The lower triangle, its diagonal times a factor. */
  private static ComplexMatrix lower(ComplexMatrix matrix, double diagonal) {
    ComplexMatrix result = new ComplexMatrix(matrix.rows, matrix.rows);
    for (int i = 0; i < matrix.rows; i++) {
      for (int k = 0; k <= i; k++) {
        Complex factor = new Complex(i == k ? diagonal : 1, 0);
        result.set(i, k, matrix.get(i, k).times(factor));
      }
    }
    return result;
  }
}
