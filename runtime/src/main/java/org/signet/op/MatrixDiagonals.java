package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * MATRIX_DIAG makes square matrices from their diagonals, MATRIX_SET_DIAG replaces the diagonals of
 * matrices.
 */
final class MatrixDiagonals {
  private MatrixDiagonals() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("MATRIX_DIAG", MatrixDiagonals::inferDiag, MatrixDiagonals::diag)
            .moving(),
        OpDefinition.builtin("MATRIX_SET_DIAG", Shapes.SAME, MatrixDiagonals::setDiag).moving());
  }

  private static List<TensorType> inferDiag(OpTypes op) {
    Shape shape = op.shape(0);
    if (shape.hasRank()) {
      int rank = shape.rank();
      Shapes.require(rank >= 1, "a diagonal is no scalar");
      shape = Shape.of(Reshaping.inserted(shape.dims(), rank, shape.dim(rank - 1)));
    }
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static void diag(OpCall call) {
    Tensor diagonal = call.operand(0);
    int[] shape = diagonal.shape();
    Shapes.require(shape.length >= 1, "a diagonal is no scalar");
    int n = shape[shape.length - 1];
    Tensor result = call.result(0, diagonal.dtype(), Reshaping.inserted(shape, shape.length, n));
    Elements.clear(result);
    put(diagonal, result, n, n);
  }

  private static void setDiag(OpCall call) {
    Tensor value = call.operand(0);
    Tensor diagonal = call.operand(1);
    Shapes.require(value.rank() >= 2, "%s holds no matrices", value.type());
    int rows = value.dim(-2);
    int columns = value.dim(-1);
    int batches = Shapes.product(value.shape(), 0, value.rank() - 2);
    Shapes.require(
        diagonal.size() == batches * Math.min(rows, columns),
        "%s holds no diagonals of %s",
        diagonal.type(),
        value.type());
    Tensor result = call.result(0, value.dtype(), value.shape());
    Elements.copyAll(value, result);
    put(diagonal, result, rows, columns);
  }

  private static void put(Tensor diagonal, Tensor target, int rows, int columns) {
    int n = Math.min(rows, columns);
    int batches = n == 0 ? 0 : diagonal.size() / n;
    StridedCopy.scatter(
        diagonal, new int[] {batches, n}, target, 0, new int[] {rows * columns, columns + 1});
  }
}
