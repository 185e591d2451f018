package org.signet.op.flex.sparse;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.signet.op.Accuracy;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.flex.RaggedRows;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** SparseBincount and RaggedBincount: how often numbers occur in each row. */
final class TfRowCounting {
  private TfRowCounting() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("RaggedBincount", TfRowCounting::inferRagged, TfRowCounting::ragged),
        define("SparseBincount", TfRowCounting::inferSparse, TfRowCounting::sparse));
  }

  private static OpDefinition define(String name, ShapeRule rule, Reference reference) {
    return OpDefinition.tf(name, rule, reference).accurate(Accuracy.ACCUMULATED);
  }

  private static int bins(OpTypes op, int i) {
    OptionalInt bins = KnownOperands.scalar(op, i);
    bins.ifPresent(n -> Shapes.require(n >= 0, "%s bins", n));
    return bins.orElse(Shape.UNKNOWN);
  }

  private static int bins(OpCall call, int i) {
    return KnownOperands.sizes(call.operand(i).reshaped(1))[0];
  }

  private static boolean isBinary(OpCall call) {
    return call.attributes().getBoolean("binary_output", false);
  }

  /** Operands: splits, numbers, how many bins, weights or nothing. */
  private static List<TensorType> inferRagged(OpTypes op) {
    int splits = Rules.dim(op, 0, 0);
    int rows = splits == Shape.UNKNOWN ? splits : splits - 1;
    return List.of(Shapes.plain(op.dtype(3), Shape.of(rows, bins(op, 2))));
  }

  private static void ragged(OpCall call) {
    Tensor splits = call.operand(0);
    Tensor numbers = call.operand(1);
    RaggedRows.check(splits, numbers.size());
    int[] rows = new int[numbers.size()];
    for (int row = 0; row < splits.size() - 1; row++) {
      Arrays.fill(rows, (int) splits.getLong(row), (int) splits.getLong(row + 1), row);
    }
    TfCounting.count(
        call,
        numbers,
        call.operand(3),
        i -> rows[i],
        isBinary(call),
        splits.size() - 1,
        bins(call, 2));
  }

  /** Operands: indices, numbers, dense shape, how many bins, weights or nothing. */
  private static List<TensorType> inferSparse(OpTypes op) {
    int rank = Rules.dim(op, 2, 0);
    int bins = bins(op, 3);
    int rows = op.constant(2).map(shape -> (int) shape.getLong(0)).orElse(Shape.UNKNOWN);
    Shape shape =
        rank == Shape.UNKNOWN
            ? Shape.unknownRank()
            : rank == 1 ? Shape.of(bins) : Shape.of(rows, bins);
    return List.of(Shapes.plain(op.dtype(4), shape));
  }

  private static void sparse(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(0), call.operand(2));
    Tensor numbers = call.operand(1);
    Shapes.require(
        numbers.size() == indices.count() && indices.rank() >= 1 && indices.rank() <= 2,
        "%s numbers in a sparse tensor of rank %s with %s elements",
        numbers.size(),
        indices.rank(),
        indices.count());
    int bins = bins(call, 3);
    if (indices.rank() == 1) {
      TfCounting.count(call, numbers, call.operand(4), i -> 0, isBinary(call), bins);
    } else {
      int rows = Math.toIntExact(indices.shape()[0]);
      TfCounting.count(
          call, numbers, call.operand(4), i -> (int) indices.get(i, 0), isBinary(call), rows, bins);
    }
  }
}
