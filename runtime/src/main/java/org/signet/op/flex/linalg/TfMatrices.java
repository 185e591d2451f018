package org.signet.op.flex.linalg;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/** MatrixBandPart and Cross. */
final class TfMatrices {
  private TfMatrices() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("BatchMatrixBandPart", Shapes.SAME, TfMatrices::bandPart)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("MatrixBandPart", Shapes.SAME, TfMatrices::bandPart)
            .accurate(Accuracy.EXACT),
        OpDefinition.tf("Cross", Shapes.SAME, TfMatrices::cross));
  }

  /**
   * Keeps the diagonals from {@code lower} below to {@code upper} above the main one, all of a side
   * if negative.
   */
  private static void bandPart(OpCall call) {
    Tensor input = call.operand(0);
    Shapes.require(input.rank() >= 2, "%s is no matrix", Shapes.text(input.shape()));
    int columns = input.dim(-1);
    long lower = call.operand(1).getLong(0);
    long upper = call.operand(2).getLong(0);
    Shapes.require(
        lower <= input.dim(-2) && upper <= columns,
        "a band from -%d to %d in %s",
        lower,
        upper,
        Shapes.text(input.shape()));
    Tensor result = call.result(0, input.dtype(), input.shape());
    Elements.clear(result);
    int rows = columns == 0 ? 0 : input.size() / columns;
    for (int i = 0; i < rows; i++) {
      int row = i % input.dim(-2);
      long from = lower < 0 ? 0 : Math.max(0, row - lower);
      long to = upper < 0 ? columns : Math.min(columns, row + upper + 1);
      if (from < to) {
        int at = i * columns + (int) from;
        Elements.copy(input, at, result, at, (int) (to - from));
      }
    }
  }

  private static void cross(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    Shapes.require(
        Arrays.equals(a.shape(), b.shape()) && a.rank() > 0 && a.dim(-1) == 3,
        "no cross product of shapes %s and %s",
        Shapes.text(a.shape()),
        Shapes.text(b.shape()));
    Tensor result = call.result(0, a.dtype(), a.shape());
    for (int i = 0; i < a.size(); i++) {
      int vector = i / 3 * 3;
      int next = vector + (i + 1) % 3;
      int last = vector + (i + 2) % 3;
      if (a.dtype().isFloating()) {
        result.setDouble(i, a.getDouble(next) * b.getDouble(last));
        double first = result.getDouble(i); // each product is rounded to the type
        result.setDouble(i, a.getDouble(last) * b.getDouble(next));
        result.setDouble(i, first - result.getDouble(i));
      } else {
        result.setLong(i, a.getLong(next) * b.getLong(last) - a.getLong(last) * b.getLong(next));
      }
    }
  }
}
