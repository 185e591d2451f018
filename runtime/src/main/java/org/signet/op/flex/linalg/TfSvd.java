package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Svd: singular values, descending, with the left and right singular vectors by columns; these are
 * scalars without a meaning unless {@code compute_uv}.
 */
final class TfSvd {
  private TfSvd() {}

  static List<OpDefinition> definitions() {
    return List.of(svd("Svd"), svd("BatchSvd"));
  }

  private static OpDefinition svd(String name) {
    return OpDefinition.tf(name, TfSvd::infer, TfSvd::evaluate).accurate(Accuracy.ACCUMULATED);
  }

  private static List<TensorType> infer(OpTypes op) {
    DType dtype = op.dtype(0);
    Shape shape = op.shape(0);
    boolean vectors = op.attributes().getBoolean("compute_uv", true);
    Shape none = Shape.scalar();
    if (!shape.hasRank()) {
      Shape unknown = vectors ? shape : none;
      return List.of(
          Shapes.plain(dtype, shape), Shapes.plain(dtype, unknown), Shapes.plain(dtype, unknown));
    }
    Shape lead = TfLinearAlgebra.leading(shape);
    int rank = shape.rank();
    int m = shape.dim(rank - 2);
    int n = shape.dim(rank - 1);
    int inner = m == Shape.UNKNOWN || n == Shape.UNKNOWN ? Shape.UNKNOWN : Math.min(m, n);
    boolean full = op.attributes().getBoolean("full_matrices", false);
    Shape values = Shape.of(with(lead.dims(), inner));
    Shape u = shape.withDim(rank - 1, full ? m : inner);
    Shape v = shape.withDim(rank - 2, n).withDim(rank - 1, full ? n : inner);
    return List.of(
        Shapes.plain(dtype, values),
        Shapes.plain(dtype, vectors ? u : none),
        Shapes.plain(dtype, vectors ? v : none));
  }

  private static void evaluate(OpCall call) {
    Tensor input = call.operand(0);
    int batch = TfLinearAlgebra.batch(input);
    int m = input.dim(-2);
    int n = input.dim(-1);
    int inner = Math.min(m, n);
    boolean vectors = call.attributes().getBoolean("compute_uv", true);
    boolean full = call.attributes().getBoolean("full_matrices", false);
    int[] lead = Arrays.copyOf(input.shape(), input.rank() - 2);
    int[] none = {};
    int columnsU = full ? m : inner;
    int columnsV = full ? n : inner;
    Tensor values = call.result(0, input.dtype(), with(lead, inner));
    Tensor u = call.result(1, input.dtype(), vectors ? with(lead, m, columnsU) : none);
    Tensor v = call.result(2, input.dtype(), vectors ? with(lead, n, columnsV) : none);
    Elements.clear(u);
    Elements.clear(v);
    for (int b = 0; b < batch; b++) {
      ComplexMatrix matrix = ComplexMatrix.read(input, b);
      if (!matrix.isFinite()) {
        for (int i = 0; i < inner; i++) {
          ComplexMatrix.store(new Complex(Double.NaN, 0), values, b * inner + i);
        }
        if (vectors) {
          ComplexMatrix.nan(m, columnsU).store(u, b);
          ComplexMatrix.nan(n, columnsV).store(v, b);
        }
        continue;
      }
      JacobiSvd svd = new JacobiSvd(matrix, TfEigen.epsilon(input.dtype()));
      for (int i = 0; i < inner; i++) {
        ComplexMatrix.store(new Complex(svd.values[i], 0), values, b * inner + i);
      }
      if (vectors) {
        svd.u.part(m, columnsU).store(u, b);
        svd.v.part(n, columnsV).store(v, b);
      }
    }
  }

  private static int[] with(int[] lead, int... last) {
    int[] shape = Arrays.copyOf(lead, lead.length + last.length);
    System.arraycopy(last, 0, shape, lead.length, last.length);
    return shape;
  }
}
