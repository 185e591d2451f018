package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

/** Eigenvalues and eigenvectors, of Hermitian matrices and of any. */
final class TfEigen {
  private TfEigen() {}

  static List<OpDefinition> definitions() {
    return Stream.of(
            OpDefinition.tf("SelfAdjointEig", TfEigen::inferStacked, TfEigen::stacked),
            OpDefinition.tf("BatchSelfAdjointEig", TfEigen::inferStacked, TfEigen::stacked),
            OpDefinition.tf(
                "SelfAdjointEigV2", op -> inferPair(op, op.dtype(0)), TfEigen::selfAdjoint),
            OpDefinition.tf(
                "BatchSelfAdjointEigV2", op -> inferPair(op, op.dtype(0)), TfEigen::selfAdjoint),
            OpDefinition.tf(
                "Eig", op -> inferPair(op, op.attributes().getType("Tout")), TfEigen::general))
        .map(definition -> definition.accurate(Accuracy.ACCUMULATED))
        .toList();
  }

  /** The distance of 1 to the next number of a type. */
  static double epsilon(DType dtype) {
    return dtype == DType.FLOAT64 || dtype == DType.COMPLEX128 ? Math.ulp(1.0) : Math.ulp(1.0f);
  }

  private static Shape withoutLast(Shape shape) {
    Shapes.require(!shape.hasRank() || shape.rank() >= 2, "%s is no matrix", shape);
    return shape.hasRank() ? Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1)) : shape;
  }

  /** Values and vectors; the latter a scalar without a meaning unless {@code compute_v}. */
  private static List<TensorType> inferPair(OpTypes op, DType dtype) {
    boolean vectors = op.attributes().getBoolean("compute_v", true);
    return List.of(
        Shapes.plain(dtype, withoutLast(op.shape(0))),
        Shapes.plain(dtype, vectors ? op.shape(0) : Shape.scalar()));
  }

  private static void selfAdjoint(OpCall call) {
    Tensor input = call.operand(0);
    int n = input.dim(-1);
    Pair pair = new Pair(call, input.dtype());
    for (int b = 0; b < pair.batch; b++) {
      SymmetricEigen eigen = symmetric(input, b);
      for (int i = 0; i < n; i++) {
        ComplexMatrix.store(new Complex(eigen.values[i], 0), pair.values, b * n + i);
      }
      pair.storeVectors(eigen.vectors, b);
    }
  }

  private static SymmetricEigen symmetric(Tensor input, int b) {
    ComplexMatrix matrix = ComplexMatrix.read(input, b);
    for (int i = 0; i < matrix.rows; i++) {
      for (int j = 0; j <= i; j++) {
        Complex element = matrix.get(i, j);
        Shapes.require(
            !Double.isNaN(element.re()) && !Double.isNaN(element.im()),
            "Self-adjoint eigen decomposition was not successful. The input might not be valid.");
      }
    }
    return new SymmetricEigen(matrix, epsilon(input.dtype()));
  }

  private static void general(OpCall call) {
    Tensor input = call.operand(0);
    int n = input.dim(-1);
    Pair pair = new Pair(call, call.attributes().getType("Tout"));
    for (int b = 0; b < pair.batch; b++) {
      ComplexMatrix matrix = ComplexMatrix.read(input, b);
      Shapes.require(
          matrix.isFinite(),
          "Eigen decomposition was not successful. The input might not be valid.");
      GeneralEigen eigen = new GeneralEigen(matrix, epsilon(input.dtype()));
      for (int i = 0; i < n; i++) {
        eigen.values[i].store(pair.values, b * n + i);
      }
      pair.storeVectors(eigen.vectors, b);
    }
  }

  /** The results of an op with eigenvalues and, where they are asked for, eigenvectors. */
  private static final class Pair {
    final int batch;
    final Tensor values;
    private final boolean wanted;
    private final Tensor vectors;

    Pair(OpCall call, DType dtype) {
      Tensor input = call.operand(0);
      batch = TfLinearAlgebra.squares(input);
      values = call.result(0, dtype, Arrays.copyOf(input.shape(), input.rank() - 1));
      wanted = call.attributes().getBoolean("compute_v", true);
      vectors = call.result(1, dtype, wanted ? input.shape() : new int[0]);
      Elements.clear(vectors);
    }

    void storeVectors(ComplexMatrix matrix, int b) {
      if (wanted) {
        matrix.store(vectors, b);
      }
    }
  }

  /** The values as row 0, the vectors below. */
  private static List<TensorType> inferStacked(OpTypes op) {
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return List.of(Shapes.plain(op.dtype(0), shape));
    }
    int n = shape.dim(withoutLast(shape).rank());
    Shape stacked = shape.withDim(shape.rank() - 2, n == Shape.UNKNOWN ? n : n + 1);
    return List.of(Shapes.plain(op.dtype(0), stacked));
  }

  private static void stacked(OpCall call) {
    Tensor input = call.operand(0);
    int batch = TfLinearAlgebra.squares(input);
    int n = input.dim(-1);
    int[] shape = input.shape();
    shape[shape.length - 2] = n + 1;
    Tensor result = call.result(0, input.dtype(), shape);
    for (int b = 0; b < batch; b++) {
      SymmetricEigen eigen = symmetric(input, b);
      ComplexMatrix whole = new ComplexMatrix(n + 1, n);
      for (int k = 0; k < n; k++) {
        whole.set(0, k, new Complex(eigen.values[k], 0));
        for (int i = 0; i < n; i++) {
          whole.set(i + 1, k, eigen.vectors.get(i, k));
        }
      }
      whole.store(result, b);
    }
  }
}
