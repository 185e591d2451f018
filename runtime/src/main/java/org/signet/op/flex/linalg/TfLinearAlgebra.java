package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.signet.op.Accuracy;
import org.signet.op.Complex;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Determinants, inverses, triangular factors and systems of equations, in batches. */
final class TfLinearAlgebra {
  private TfLinearAlgebra() {}

  static List<OpDefinition> definitions() {
    return Stream.of(
            OpDefinition.tf("Cholesky", Shapes.SAME, TfLinearAlgebra::cholesky),
            OpDefinition.tf("BatchCholesky", Shapes.SAME, TfLinearAlgebra::cholesky),
            OpDefinition.tf("MatrixInverse", Shapes.SAME, TfLinearAlgebra::inverse),
            OpDefinition.tf("BatchMatrixInverse", Shapes.SAME, TfLinearAlgebra::inverse),
            OpDefinition.tf(
                "MatrixDeterminant",
                TfLinearAlgebra::inferDeterminant,
                TfLinearAlgebra::determinant),
            OpDefinition.tf(
                "BatchMatrixDeterminant",
                TfLinearAlgebra::inferDeterminant,
                TfLinearAlgebra::determinant),
            OpDefinition.tf(
                "LogMatrixDeterminant",
                op -> {
                  TensorType type = inferDeterminant(op).getFirst();
                  return List.of(type, type);
                },
                TfLinearAlgebra::logDeterminant),
            OpDefinition.tf("MatrixSolve", LinearSystems::infer, TfLinearAlgebra::solve),
            OpDefinition.tf("BatchMatrixSolve", LinearSystems::infer, TfLinearAlgebra::solve),
            OpDefinition.tf(
                "MatrixTriangularSolve", LinearSystems::infer, TfLinearAlgebra::solveTriangle),
            OpDefinition.tf(
                "BatchMatrixTriangularSolve", LinearSystems::infer, TfLinearAlgebra::solveTriangle),
            OpDefinition.tf("Lu", TfLinearAlgebra::inferLu, TfLinearAlgebra::lu))
        .map(definition -> definition.accurate(Accuracy.ACCUMULATED))
        .toList();
  }

  /** How many matrices there are. */
  static int batch(Tensor matrices) {
    Shapes.require(matrices.rank() >= 2, "%s is no matrix", matrices.type());
    return Shapes.product(matrices.shape(), 0, matrices.rank() - 2);
  }

  /** How many matrices there are, which have to be square. */
  static int squares(Tensor matrices) {
    int batch = batch(matrices);
    Shapes.require(matrices.dim(-1) == matrices.dim(-2), "%s is not square", matrices.type());
    return batch;
  }

  /**
   * The lower triangle alone is read. Of a matrix that is not positive definite the factor is NaN.
   */
  private static void cholesky(OpCall call) {
    Tensor input = call.operand(0);
    int batch = squares(input);
    int n = input.dim(-1);
    Tensor result = call.result(0, input.dtype(), input.shape());
    for (int b = 0; b < batch; b++) {
      ComplexMatrix factor = new ComplexMatrix(n, n);
      if (!factorize(ComplexMatrix.read(input, b), factor)) {
        for (int i = 0; i < n * n; i++) {
          factor.set(i / n, i % n, new Complex(i % n <= i / n ? Double.NaN : 0, 0));
        }
      }
      factor.store(result, b);
    }
  }

  /** Fills the lower triangle of {@code factor}; whether {@code a} is positive definite. */
  private static boolean factorize(ComplexMatrix a, ComplexMatrix factor) {
    for (int i = 0; i < a.rows; i++) {
      for (int k = 0; k <= i; k++) {
        Complex sum = a.get(i, k);
        for (int j = 0; j < k; j++) {
          sum = sum.minus(factor.get(i, j).times(factor.get(k, j).conjugate()));
        }
        if (i != k) {
          factor.set(i, k, sum.dividedBy(factor.get(k, k)));
        } else if (sum.re() > 0) {
          factor.set(i, i, new Complex(Math.sqrt(sum.re()), 0));
        } else {
          return false;
        }
      }
    }
    return true;
  }

  private static void inverse(OpCall call) {
    Tensor input = call.operand(0);
    boolean adjoint = call.attributes().getBoolean("adjoint", false);
    int batch = squares(input);
    Tensor result = call.result(0, input.dtype(), input.shape());
    for (int b = 0; b < batch; b++) {
      ComplexMatrix a = ComplexMatrix.read(input, b);
      solution(adjoint ? a.adjoint() : a, ComplexMatrix.identity(a.rows)).store(result, b);
    }
  }

  /** The solution of {@code a · x = right}; eliminates {@code a}. */
  static ComplexMatrix solution(ComplexMatrix a, ComplexMatrix right) {
    return solution(a, right, "Input is not invertible.");
  }

  private static ComplexMatrix solution(ComplexMatrix a, ComplexMatrix right, String singular) {
    int[] order = a.eliminate();
    ComplexMatrix x = new ComplexMatrix(right.rows, right.columns);
    for (int i = 0; i < order.length; i++) {
      Shapes.require(a.get(i, i).abs() > 0, singular);
      for (int k = 0; k < right.columns; k++) {
        x.set(i, k, right.get(order[i], k));
      }
    }
    ComplexMatrix.solveTriangle(a, x, true, true);
    ComplexMatrix.solveTriangle(a, x, false, false);
    return x;
  }

  private static List<TensorType> inferDeterminant(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), leading(op.shape(0))));
  }

  static Shape leading(Shape shape) {
    if (!shape.hasRank()) {
      return shape;
    }
    Shapes.require(shape.rank() >= 2, "%s is no matrix", shape);
    return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
  }

  private static int swaps(int[] order) {
    int swaps = 0;
    int[] left = order.clone();
    for (int i = 0; i < left.length; i++) {
      while (left[i] != i) {
        int to = left[i];
        left[i] = left[to];
        left[to] = to;
        swaps++;
      }
    }
    return swaps;
  }

  private static void determinant(OpCall call) {
    Tensor input = call.operand(0);
    int batch = squares(input);
    Tensor result = call.result(0, input.dtype(), leading(Shape.of(input.shape())).dims());
    for (int b = 0; b < batch; b++) {
      ComplexMatrix a = ComplexMatrix.read(input, b);
      Complex product = new Complex(swaps(a.eliminate()) % 2 == 0 ? 1 : -1, 0);
      for (int i = 0; i < a.rows; i++) {
        product = product.times(a.get(i, i));
      }
      ComplexMatrix.store(product, result, b);
    }
  }

  /** The determinant's sign (for complex numbers its direction) and the logarithm of its size. */
  private static void logDeterminant(OpCall call) {
    Tensor input = call.operand(0);
    int batch = squares(input);
    int[] shape = leading(Shape.of(input.shape())).dims();
    Tensor signs = call.result(0, input.dtype(), shape);
    Tensor logs = call.result(1, input.dtype(), shape);
    for (int b = 0; b < batch; b++) {
      ComplexMatrix a = ComplexMatrix.read(input, b);
      Complex sign = new Complex(swaps(a.eliminate()) % 2 == 0 ? 1 : -1, 0);
      double log = 0;
      for (int i = 0; i < a.rows; i++) {
        Complex pivot = a.get(i, i);
        double size = pivot.abs();
        sign =
            size == 0
                ? Complex.ZERO
                : sign.times(new Complex(pivot.re() / size, pivot.im() / size));
        log += Math.log(size);
      }
      ComplexMatrix.store(sign, signs, b);
      ComplexMatrix.store(new Complex(log, 0), logs, b);
    }
  }

  private static void solve(OpCall call) {
    boolean adjoint = call.attributes().getBoolean("adjoint", false);
    squares(call.operand(0));
    LinearSystems.solve(
        call, (a, b) -> solution(adjoint ? a.adjoint() : a, b, "Input matrix is not invertible."));
  }

  private static void solveTriangle(OpCall call) {
    boolean lower = call.attributes().getBoolean("lower", true);
    boolean adjoint = call.attributes().getBoolean("adjoint", false);
    squares(call.operand(0));
    LinearSystems.solve(
        call,
        (a, b) -> {
          ComplexMatrix.solveTriangle(adjoint ? a.adjoint() : a, b, lower != adjoint, false);
          return b;
        });
  }

  /** Both triangles in one matrix, and which row of the input each row is made of. */
  private static List<TensorType> inferLu(OpTypes op) {
    Shape shape = op.shape(0);
    DType indexType = op.attributes().getType("output_idx_type", DType.INT32);
    Shape order = shape.hasRank() ? Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 1)) : shape;
    return List.of(Shapes.plain(op.dtype(0), shape), Shapes.plain(indexType, order));
  }

  private static void lu(OpCall call) {
    Tensor input = call.operand(0);
    int batch = squares(input);
    int n = input.dim(-1);
    Tensor factors = call.result(0, input.dtype(), input.shape());
    Tensor rows =
        call.result(
            1,
            call.attributes().getType("output_idx_type", DType.INT32),
            Arrays.copyOf(input.shape(), input.rank() - 1));
    for (int b = 0; b < batch; b++) {
      ComplexMatrix a = ComplexMatrix.read(input, b);
      int[] order = a.eliminate();
      a.store(factors, b);
      for (int i = 0; i < n; i++) {
        Shapes.require(a.get(i, i).abs() > 0, "Input is not invertible.");
        rows.setLong(b * n + i, order[i]);
      }
    }
  }
}
