package org.signet.op.flex.sparse;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.BroadcastLoop;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.RaggedRows;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * RaggedTensorToTensor. Operands: the shape wanted, −1 where it is as long as need be; flat values;
 * what fills the rest; one tensor for each row partition, of the kinds that attribute {@code
 * row_partition_types} lists.
 */
final class TfRaggedToDense {
  private static final int FIRST_PARTITION = 3;

  private TfRaggedToDense() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("RaggedTensorToTensor", TfRaggedToDense::infer, TfRaggedToDense::evaluate));
  }

  private static List<String> kinds(Attributes attributes) {
    return attributes.getList("row_partition_types", String.class);
  }

  private static boolean hasRowCount(List<String> kinds) {
    return !kinds.isEmpty() && kinds.getFirst().equals("FIRST_DIM_SIZE");
  }

  private static List<TensorType> infer(OpTypes op) {
    List<String> kinds = kinds(op.attributes());
    int depth = kinds.size() - (hasRowCount(kinds) ? 1 : 0);
    Shape values = op.shape(1);
    Shape wanted = op.shape(0);
    boolean ranked = wanted.hasRank() && wanted.rank() == 1 && wanted.isKnown(0);
    int rank = values.hasRank() ? depth + values.rank() : ranked ? wanted.dim(0) : Shape.UNKNOWN;
    if (rank == Shape.UNKNOWN) {
      return List.of(Shapes.plain(op.dtype(1), Shape.unknownRank()));
    }
    int[] dims = new int[rank];
    Arrays.fill(dims, Shape.UNKNOWN);
    for (int d = 1; values.hasRank() && d < values.rank(); d++) {
      dims[depth + d] = values.dim(d);
    }
    op.partial(0)
        .filter(shape -> shape.rank() == 1)
        .map(KnownOperands::elements)
        .ifPresent(sizes -> {
          Shapes.require(sizes.length == rank, "a shape of rank %s, not %s", sizes.length, rank);
          for (int d = 0; d <= depth; d++) {
            boolean known = KnownOperands.isKnown(sizes[d]) && sizes[d] >= 0;
            dims[d] = known ? Math.toIntExact(sizes[d]) : Shape.UNKNOWN;
          }
        });
    if (dims[0] == Shape.UNKNOWN) {
      dims[0] = rowCount(op, kinds);
    }
    return List.of(Shapes.plain(op.dtype(1), Shape.of(dims)));
  }

  /** Only where the wanted shape is known to leave the number of rows open. */
  private static int rowCount(OpTypes op, List<String> kinds) {
    if (op.constant(0).isEmpty()) {
      return Shape.UNKNOWN;
    }
    if (hasRowCount(kinds)) {
      return KnownOperands.scalar(op, FIRST_PARTITION).orElse(Shape.UNKNOWN);
    }
    int splits = Rules.dim(op, FIRST_PARTITION, 0);
    return splits == Shape.UNKNOWN ? splits : splits - 1;
  }

  private static void evaluate(OpCall call) {
    List<String> kinds = kinds(call.attributes());
    int first = hasRowCount(kinds) ? 1 : 0;
    int depth = kinds.size() - first;
    Tensor values = call.operand(1);
    int[] shape = shape(call, depth);
    long[][] positions = new long[depth][];
    int rows =
        first == 1
            ? KnownOperands.scalar(call.operand(FIRST_PARTITION))
            : call.operand(FIRST_PARTITION).size() - 1;
    shape[0] = shape[0] < 0 ? rows : shape[0];
    int[][] parents = new int[depth][];
    int parentCount = rows;
    for (int level = 0; level < depth; level++) {
      Tensor partition = call.operand(FIRST_PARTITION + first + level);
      int count =
          level + 1 < depth && kinds.get(first + level + 1).equals("ROW_SPLITS")
              ? call.operand(FIRST_PARTITION + first + level + 1).size() - 1
              : level + 1 < depth
                  ? partitionValues(kinds.get(first + level), partition)
                  : values.dim(0);
      parents[level] = parents(kinds.get(first + level), partition, parentCount, count);
      positions[level] = positions(parents[level], parentCount);
      long longest = Arrays.stream(positions[level]).max().orElse(-1) + 1;
      shape[level + 1] = shape[level + 1] < 0 ? (int) longest : shape[level + 1];
      parentCount = count;
    }
    fill(call, depth, shape, parents, positions);
  }

  private static int partitionValues(String kind, Tensor partition) {
    return kind.equals("ROW_SPLITS")
        ? (int) partition.getLong(partition.size() - 1)
        : partition.size();
  }

  /** The shape wanted, with the sizes inside a value filled in. */
  private static int[] shape(OpCall call, int depth) {
    Tensor wanted = call.operand(0);
    Tensor values = call.operand(1);
    int rank = depth + values.rank();
    int[] shape = new int[rank];
    Arrays.fill(shape, Shape.UNKNOWN);
    if (wanted.rank() == 1) {
      Shapes.require(wanted.size() == rank, "a shape of rank %s, not %s", wanted.size(), rank);
      shape = wanted.toInts();
    } else {
      Shapes.require(wanted.getLong(0) == -1, "a shape that is a scalar must be -1");
    }
    for (int d = 1; d < values.rank(); d++) {
      int size = values.dim(d);
      Shapes.require(
          shape[depth + d] < 0 || shape[depth + d] == size,
          "size %s where values have %s",
          shape[depth + d],
          size);
      shape[depth + d] = size;
    }
    return shape;
  }

  /** For each value the row that it belongs to. */
  private static int[] parents(String kind, Tensor partition, int rows, int count) {
    int[] parents = new int[count];
    switch (kind) {
      case "VALUE_ROWIDS" -> {
        Shapes.require(partition.size() == count, "%s row numbers for %s", partition.size(), count);
        for (int i = 0; i < count; i++) {
          long row = partition.getLong(i);
          boolean sorted = i == 0 || row >= partition.getLong(i - 1);
          Shapes.require(row >= 0 && row < rows && sorted, "row number %s of %s rows", row, rows);
          parents[i] = (int) row;
        }
      }
      case "ROW_SPLITS" -> {
        RaggedRows.check(partition, count);
        Shapes.require(partition.size() == rows + 1, "%s splits, %s rows", partition.size(), rows);
        for (int row = 0; row < rows; row++) {
          int from = (int) partition.getLong(row);
          Arrays.fill(parents, from, (int) partition.getLong(row + 1), row);
        }
      }
      default -> throw new IllegalArgumentException("row partition '" + kind + "'");
    }
    return parents;
  }

  /** For each value its place in its row. */
  private static long[] positions(int[] parents, int rows) {
    long[] positions = new long[parents.length];
    int[] next = new int[rows];
    for (int i = 0; i < parents.length; i++) {
      positions[i] = next[parents[i]]++;
    }
    return positions;
  }

  private static void fill(
      OpCall call, int depth, int[] shape, int[][] parents, long[][] positions) {
    Tensor values = call.operand(1);
    Tensor result = call.result(0, values.dtype(), shape);
    int row = Shapes.product(shape, depth + 1, shape.length);
    fillDefault(call.operand(2), result, row);
    for (int i = 0; i < values.dim(0); i++) {
      long to = 0;
      long stride = row;
      int at = i;
      boolean inside = true;
      for (int level = depth - 1; level >= 0; level--) {
        inside &= positions[level][at] < shape[level + 1];
        to += positions[level][at] * stride;
        stride *= shape[level + 1];
        at = parents[level][at];
      }
      if (inside && at < shape[0]) {
        Elements.copy(values, i * row, result, (int) (to + at * stride), row);
      }
    }
  }

  /** The default is broadcast to one value. */
  private static void fillDefault(Tensor fallback, Tensor result, int row) {
    if (fallback.size() == 1) {
      Elements.fill(result, 0, result.size(), fallback, 0);
      return;
    }
    Shapes.require(
        fallback.rank() < result.rank() && row > 0 && row % fallback.size() == 0,
        "a default of %s in %s",
        fallback.type(),
        result.type());
    int[] inner =
        Arrays.copyOfRange(result.shape(), result.rank() - fallback.rank(), result.rank());
    int[] target = Shapes.broadcast(fallback.shape(), inner);
    Shapes.require(Arrays.equals(target, inner), "a default of %s", fallback.type());
    int size = Shapes.product(inner, 0, inner.length);
    for (int at = 0; at < result.size(); at += size) {
      int start = at;
      BroadcastLoop.run(
          inner,
          inner,
          fallback.shape(),
          (i, a, b) -> Elements.copy(fallback, b, result, start + i, 1));
    }
  }
}
