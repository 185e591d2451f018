package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * MatrixDiag, MatrixDiagPart and MatrixSetDiag, V1 to V3: bands of diagonals of the matrices in the
 * last two dimensions.
 */
final class TfDiagonals {
  private static final int[] MAIN = {0, 0};

  private TfDiagonals() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("BatchMatrixDiag", TfDiagonals::diagShape, TfDiagonals::diag),
        define("BatchMatrixDiagPart", TfDiagonals::partShape, TfDiagonals::part),
        define("BatchMatrixSetDiag", Shapes.SAME, call -> setDiag(call, MAIN)),
        define("MatrixDiag", TfDiagonals::diagShape, TfDiagonals::diag),
        define("MatrixDiagV2", TfDiagonals::diagShape, TfDiagonals::diag),
        define("MatrixDiagV3", TfDiagonals::diagShape, TfDiagonals::diag),
        define("MatrixDiagPart", TfDiagonals::partShape, TfDiagonals::part),
        define("MatrixDiagPartV2", TfDiagonals::partShape, TfDiagonals::part),
        define("MatrixDiagPartV3", TfDiagonals::partShape, TfDiagonals::part),
        define("MatrixSetDiag", Shapes.SAME, call -> setDiag(call, MAIN)),
        define(
            "MatrixSetDiagV2",
            Shapes.SAME,
            call -> setDiag(call, DiagonalBand.range(call.operand(2)))),
        define(
            "MatrixSetDiagV3",
            Shapes.SAME,
            call -> setDiag(call, DiagonalBand.range(call.operand(2)))));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.EXACT);
  }

  /** Lowest and uppermost diagonal: operand 1, the main one in V1. */
  private static int[] range(OpCall call) {
    return call.operandCount() > 1 ? DiagonalBand.range(call.operand(1)) : MAIN;
  }

  private static Optional<int[]> range(OpTypes op) {
    return op.operandCount() > 1 ? op.constant(1).map(DiagonalBand::range) : Optional.of(MAIN);
  }

  private static List<TensorType> diagShape(OpTypes op) {
    Shape diagonal = op.shape(0);
    Optional<int[]> range = range(op);
    if (!diagonal.hasRank() || range.isEmpty()) {
      return List.of(TensorType.unranked(op.dtype(0)));
    }
    int batch = diagonal.rank() - (range.get()[0] == range.get()[1] ? 1 : 2);
    int[] dims = Arrays.copyOf(diagonal.dims(), batch + 2);
    boolean sized =
        op.operandCount() == 1 || (op.constant(2).isPresent() && op.constant(3).isPresent());
    int[] matrix = {Shape.UNKNOWN, Shape.UNKNOWN};
    if (sized && diagonal.dim(-1) != Shape.UNKNOWN) {
      int rows = op.operandCount() == 1 ? -1 : KnownOperands.scalar(op.constant(2).orElseThrow());
      int columns =
          op.operandCount() == 1 ? -1 : KnownOperands.scalar(op.constant(3).orElseThrow());
      matrix = matrixSize(diagonal.dim(-1), range.get(), rows, columns);
    }
    System.arraycopy(matrix, 0, dims, batch, 2);
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  /** The smallest matrix that holds the diagonals, square if neither size is given (−1). */
  private static int[] matrixSize(int longest, int[] range, int rows, int columns) {
    int leastRows = longest - Math.min(range[1], 0);
    int leastColumns = longest + Math.max(range[0], 0);
    if (rows == -1 && columns == -1) {
      int size = Math.max(leastRows, leastColumns);
      return new int[] {size, size};
    }
    int height = rows == -1 ? leastRows : rows;
    int width = columns == -1 ? leastColumns : columns;
    Shapes.require(
        height >= leastRows
            && width >= leastColumns
            && (height == leastRows || width == leastColumns),
        "diagonals of %d in a matrix of %d x %d",
        longest,
        height,
        width);
    return new int[] {height, width};
  }

  private static void diag(OpCall call) {
    Tensor diagonal = call.operand(0);
    int[] range = range(call);
    boolean simple = call.operandCount() == 1;
    Shapes.require(
        diagonal.rank() >= (range[0] == range[1] ? 1 : 2), "diagonals in too small a rank");
    int rows = simple ? -1 : KnownOperands.scalar(call.operand(2));
    int columns = simple ? -1 : KnownOperands.scalar(call.operand(3));
    int[] matrix = matrixSize(diagonal.dim(-1), range, rows, columns);
    int batch = diagonal.rank() - (range[0] == range[1] ? 1 : 2);
    Shapes.require(
        range[0] == range[1] || diagonal.dim(-2) == range[1] - range[0] + 1,
        "%s for diagonals %s",
        Shapes.text(diagonal.shape()),
        Shapes.text(range));
    int[] dims = Arrays.copyOf(diagonal.shape(), batch + 2);
    System.arraycopy(matrix, 0, dims, batch, 2);
    Tensor result = call.result(0, diagonal.dtype(), dims);
    fill(result, simple ? Optional.empty() : Optional.of(call.operand(4)));
    band(call, matrix[0], matrix[1], range).insert(diagonal, result);
  }

  private static DiagonalBand band(OpCall call, int rows, int columns, int[] range) {
    String alignment = DiagonalBand.alignment(call.attributes());
    return new DiagonalBand(rows, columns, range[0], range[1], alignment).checked();
  }

  private static void fill(Tensor result, Optional<Tensor> padding) {
    if (padding.isPresent()) {
      Elements.fill(result, 0, result.size(), padding.get(), 0);
    } else {
      Elements.clear(result);
    }
  }

  private static List<TensorType> partShape(OpTypes op) {
    Shape matrix = op.shape(0);
    Optional<int[]> range = range(op);
    if (!matrix.hasRank() || range.isEmpty()) {
      return List.of(TensorType.unranked(op.dtype(0)));
    }
    Shapes.require(matrix.rank() >= 2, "%s is no matrix", matrix);
    int lower = range.get()[0];
    int upper = range.get()[1];
    boolean known = matrix.isKnown(-2) && matrix.isKnown(-1);
    int longest =
        known
            ? new DiagonalBand(matrix.dim(-2), matrix.dim(-1), lower, upper, "").checked().longest()
            : Shape.UNKNOWN;
    return List.of(
        Shapes.plain(op.dtype(0), Shape.of(compact(matrix.dims(), upper - lower + 1, longest))));
  }

  private static int[] compact(int[] matrix, int count, int longest) {
    int batch = matrix.length - 2;
    int[] dims = Arrays.copyOf(matrix, batch + (count == 1 ? 1 : 2));
    if (count > 1) {
      dims[batch] = count;
    }
    dims[dims.length - 1] = longest;
    return dims;
  }

  private static void part(OpCall call) {
    Tensor matrix = call.operand(0);
    Shapes.require(matrix.rank() >= 2, "%s is no matrix", Shapes.text(matrix.shape()));
    DiagonalBand band = band(call, matrix.dim(-2), matrix.dim(-1), range(call));
    Tensor result =
        call.result(0, matrix.dtype(), compact(matrix.shape(), band.count(), band.longest()));
    fill(result, call.operandCount() > 1 ? Optional.of(call.operand(2)) : Optional.empty());
    band.extract(matrix, result);
  }

  private static void setDiag(OpCall call, int[] range) {
    Tensor matrix = call.operand(0);
    Tensor diagonal = call.operand(1);
    Shapes.require(matrix.rank() >= 2, "%s is no matrix", Shapes.text(matrix.shape()));
    DiagonalBand band = band(call, matrix.dim(-2), matrix.dim(-1), range);
    int[] expected = compact(matrix.shape(), band.count(), band.longest());
    Shapes.require(
        Arrays.equals(diagonal.shape(), expected),
        "diagonals of shape %s where %s is needed",
        Shapes.text(diagonal.shape()),
        Shapes.text(expected));
    Tensor result = call.result(0, matrix.dtype(), matrix.shape());
    Elements.copyAll(matrix, result);
    band.insert(diagonal, result);
  }
}
