package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * MatrixSolveLs: the {@code x} that makes {@code ‖a x − b‖² + λ‖x‖²} least, the shortest if there
 * are several. Operands: matrices, right-hand sides, λ.
 */
final class TfLeastSquares {
  private TfLeastSquares() {}

  static List<OpDefinition> definitions() {
    return List.of(solver("MatrixSolveLs"), solver("BatchMatrixSolveLs"));
  }

  private static OpDefinition solver(String name) {
    return OpDefinition.tf(name, TfLeastSquares::infer, TfLeastSquares::evaluate)
        .accurate(Accuracy.ACCUMULATED);
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape a = op.shape(0);
    Shape b = op.shape(1);
    if (!a.hasRank() || !b.hasRank()) {
      return List.of(Shapes.plain(op.dtype(0), Shape.unknownRank()));
    }
    Shape lead = TfLinearAlgebra.leading(a).refine(TfLinearAlgebra.leading(b));
    int[] dims = Arrays.copyOf(lead.dims(), lead.rank() + 2);
    dims[lead.rank()] = a.dim(a.rank() - 1);
    dims[lead.rank() + 1] = b.dim(b.rank() - 1);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static void evaluate(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int batch = TfLinearAlgebra.batch(a);
    Shapes.require(
        TfLinearAlgebra.batch(b) == batch && a.dim(-2) == b.dim(-2),
        "right-hand sides %s for %s",
        b.type(),
        a.type());
    double lambda = call.operand(2).getDouble(0);
    boolean fast = call.attributes().getBoolean("fast", true);
    int[] shape = b.shape();
    shape[shape.length - 2] = a.dim(-1);
    Tensor result = call.result(0, a.dtype(), shape);
    double epsilon = TfEigen.epsilon(a.dtype());
    for (int i = 0; i < batch; i++) {
      ComplexMatrix matrix = ComplexMatrix.read(a, i);
      ComplexMatrix right = ComplexMatrix.read(b, i);
      (fast ? normal(matrix, right, lambda) : shortest(matrix, right, epsilon)).store(result, i);
    }
  }

  /** By the normal equations. */
  private static ComplexMatrix normal(ComplexMatrix a, ComplexMatrix b, double lambda) {
    ComplexMatrix adjoint = a.adjoint();
    if (a.rows >= a.columns) {
      ComplexMatrix gram = adjoint.times(a).plus(ComplexMatrix.identity(a.columns), lambda);
      return TfLinearAlgebra.solution(gram, adjoint.times(b));
    }
    ComplexMatrix gram = a.times(adjoint).plus(ComplexMatrix.identity(a.rows), lambda);
    return adjoint.times(TfLinearAlgebra.solution(gram, b));
  }

  /** By singular values, those that are 0 but for rounding left out; λ does not count. */
  private static ComplexMatrix shortest(ComplexMatrix a, ComplexMatrix b, double epsilon) {
    JacobiSvd svd = new JacobiSvd(a, epsilon);
    int inner = svd.values.length;
    ComplexMatrix x = svd.u.part(a.rows, inner).adjoint().times(b);
    for (int i = 0; i < inner; i++) {
      boolean counts = svd.values[i] > epsilon * inner * svd.values[0];
      x.scaleRow(i, new Complex(counts ? 1 / svd.values[i] : 0, 0));
    }
    return svd.v.part(a.columns, inner).times(x);
  }
}
