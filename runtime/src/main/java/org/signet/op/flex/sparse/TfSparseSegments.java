package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.SegmentReduction;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SparseSegmentSum, Mean and SqrtN: of the rows that indices name, those of one segment become one.
 * Operands: data, indices, segment numbers that never fall, perhaps how many segments.
 */
final class TfSparseSegments {
  private TfSparseSegments() {}

  /** What the sum of a segment's rows is divided by. */
  private interface Divisor {
    double of(int rows);
  }

  static List<OpDefinition> definitions() {
    List<OpDefinition> definitions = new ArrayList<>();
    add(definitions, "SparseSegmentSum", rows -> 1);
    add(definitions, "SparseSegmentMean", rows -> rows);
    add(definitions, "SparseSegmentSqrtN", Math::sqrt);
    return definitions;
  }

  private static void add(List<OpDefinition> definitions, String name, Divisor divisor) {
    for (String suffix : List.of("", "WithNumSegments")) {
      definitions.add(
          OpDefinition.tf(name + suffix, TfSparseSegments::infer, call -> evaluate(call, divisor))
              .accurate(Accuracy.ACCUMULATED));
    }
    definitions.add(
        OpDefinition.tf(
                name + "Grad", TfSparseSegments::inferGradient, call -> gradient(call, divisor))
            .accurate(Accuracy.ACCUMULATED));
  }

  private static List<TensorType> infer(OpTypes op) {
    int segments =
        op.operandCount() > 3
            ? KnownOperands.scalar(op, 3).orElse(Shape.UNKNOWN)
            : op.constant(2).map(TfSparseSegments::last).orElse(Shape.UNKNOWN);
    return List.of(Shapes.plain(op.dtype(0), Rules.replaced(op.shape(0), 1, segments)));
  }

  private static int last(Tensor ids) {
    return ids.size() == 0 ? 0 : (int) ids.getLong(ids.size() - 1) + 1;
  }

  private static int[] counts(Tensor indices, Tensor ids, int segments) {
    Shapes.require(
        indices.rank() == 1 && ids.rank() == 1 && indices.size() == ids.size(),
        "%s indices for %s segment numbers",
        indices.size(),
        ids.size());
    return SegmentReduction.sortedCounts(ids, segments);
  }

  private static int index(Tensor indices, int i, int rows) {
    long index = indices.getLong(i);
    Shapes.require(index >= 0 && index < rows, "row %s of %s", index, rows);
    return (int) index;
  }

  private static void evaluate(OpCall call, Divisor divisor) {
    Tensor data = call.operand(0);
    Tensor indices = call.operand(1);
    Tensor ids = call.operand(2);
    int segments = call.operandCount() > 3 ? KnownOperands.scalar(call.operand(3)) : last(ids);
    int[] counts = counts(indices, ids, segments);
    int[] shape = data.shape();
    int row = Shapes.product(shape, 1, shape.length);
    shape[0] = segments;
    Tensor result = call.result(0, data.dtype(), shape);
    if (data.dtype().isFloating()) {
      double[] sums = new double[segments * row];
      addRows(call, row, (to, from) -> sums[to] += data.getDouble(from));
      for (int i = 0; i < sums.length; i++) {
        int count = counts[i / row];
        Rules.store(result, i, count == 0 ? 0 : sums[i] / divisor.of(count));
      }
    } else { // of these there are sums only
      Elements.clear(result);
      addRows(call, row, (to, from) -> result.setLong(to, result.getLong(to) + data.getLong(from)));
    }
  }

  /** What adds an element of the data to one of the sums. */
  private interface Addition {
    void add(int to, int from);
  }

  private static void addRows(OpCall call, int row, Addition addition) {
    Tensor ids = call.operand(2);
    for (int i = 0; i < ids.size(); i++) {
      int from = index(call.operand(1), i, call.operand(0).dim(0)) * row;
      int to = (int) ids.getLong(i) * row;
      for (int k = 0; k < row; k++) {
        addition.add(to + k, from + k);
      }
    }
  }

  /** Operands: gradients, indices, segment numbers, how many rows there were. */
  private static List<TensorType> inferGradient(OpTypes op) {
    int rows = KnownOperands.scalar(op, 3).orElse(Shape.UNKNOWN);
    return List.of(Shapes.plain(op.dtype(0), Rules.replaced(op.shape(0), 1, rows)));
  }

  private static void gradient(OpCall call, Divisor divisor) {
    Tensor gradients = call.operand(0);
    Tensor indices = call.operand(1);
    Tensor ids = call.operand(2);
    int[] shape = gradients.shape();
    int[] counts = counts(indices, ids, shape[0]);
    int row = Shapes.product(shape, 1, shape.length);
    shape[0] = KnownOperands.scalar(call.operand(3));
    Tensor result = call.result(0, gradients.dtype(), shape);
    Elements.clear(result);
    for (int i = 0; i < ids.size(); i++) {
      int to = index(indices, i, shape[0]) * row;
      int from = (int) ids.getLong(i) * row;
      double scale = divisor.of(counts[(int) ids.getLong(i)]);
      for (int k = 0; k < row; k++) {
        result.setDouble(to + k, result.getDouble(to + k) + gradients.getDouble(from + k) / scale);
      }
    }
  }
}
