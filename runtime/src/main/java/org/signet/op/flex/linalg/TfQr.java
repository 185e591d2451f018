package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Qr: matrices as products of an orthogonal and an upper triangular one, by {@link Householder}'s
 * reflections.
 */
final class TfQr {
  private TfQr() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Qr", TfQr::infer, TfQr::evaluate).accurate(Accuracy.ACCUMULATED));
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return List.of(Shapes.plain(op.dtype(0), shape), Shapes.plain(op.dtype(0), shape));
    }
    int m = shape.dim(shape.rank() - 2);
    int n = shape.dim(shape.rank() - 1);
    int inner = m == Shape.UNKNOWN || n == Shape.UNKNOWN ? Shape.UNKNOWN : Math.min(m, n);
    int columns = op.attributes().getBoolean("full_matrices", false) ? m : inner;
    return List.of(
        Shapes.plain(op.dtype(0), shape.withDim(shape.rank() - 1, columns)),
        Shapes.plain(op.dtype(0), shape.withDim(shape.rank() - 2, columns)));
  }

  private static void evaluate(OpCall call) {
    Tensor input = call.operand(0);
    int batch = TfLinearAlgebra.batch(input);
    int m = input.dim(-2);
    int n = input.dim(-1);
    boolean full = call.attributes().getBoolean("full_matrices", false);
    int inner = full ? m : Math.min(m, n);
    int[] lead = Arrays.copyOf(input.shape(), input.rank() - 2);
    Tensor q = call.result(0, input.dtype(), with(lead, m, inner));
    Tensor r = call.result(1, input.dtype(), with(lead, inner, n));
    for (int b = 0; b < batch; b++) {
      ComplexMatrix rest = ComplexMatrix.read(input, b);
      ComplexMatrix orthogonal = ComplexMatrix.identity(m);
      for (int k = 0; k < Math.min(m, n); k++) {
        Householder reflection = Householder.clearing(rest, k, k);
        reflection.applyLeft(rest);
        reflection.applyLeft(orthogonal);
      }
      cut(orthogonal.adjoint(), m, inner, false).store(q, b);
      cut(rest, inner, n, true).store(r, b);
    }
  }

  private static int[] with(int[] lead, int rows, int columns) {
    int[] shape = Arrays.copyOf(lead, lead.length + 2);
    shape[lead.length] = rows;
    shape[lead.length + 1] = columns;
    return shape;
  }

  private static ComplexMatrix cut(ComplexMatrix from, int rows, int columns, boolean upper) {
    ComplexMatrix result = new ComplexMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int k = upper ? i : 0; k < columns; k++) {
        result.set(i, k, from.get(i, k));
      }
    }
    return result;
  }
}
