package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.RaggedRows;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that make, index and convert ragged tensors: nested row splits and flat values. */
final class TfRagged {
  private TfRagged() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("RaggedRange", TfRagged::inferRange, TfRagged::range),
        Rules.exact("RaggedGather", TfRagged::inferGather, TfRagged::gather),
        Rules.exact("RaggedTensorToSparse", TfRagged::inferSparse, TfRagged::sparse));
  }

  private static DType splitType(OpTypes op) {
    return KnownOperands.type(op.attributes(), "Tsplits", DType.INT64);
  }

  /** Operands: starts, limits, deltas; each a vector or a scalar. */
  private static List<TensorType> inferRange(OpTypes op) {
    int rows = Shape.UNKNOWN;
    boolean scalars = true;
    for (int i = 0; i < 3; i++) {
      Shape shape = op.shape(i);
      scalars &= shape.hasRank() && shape.rank() == 0;
      int size = Rules.dim(op, i, 0);
      rows = size == Shape.UNKNOWN ? rows : size;
    }
    int splits = scalars ? 2 : rows == Shape.UNKNOWN ? rows : rows + 1;
    return List.of(
        Shapes.plain(splitType(op), Shape.of(splits)),
        Shapes.plain(op.dtype(0), Shape.of(Shape.UNKNOWN)));
  }

  private static void range(OpCall call) {
    int rows = 1;
    boolean vectors = false;
    for (int i = 0; i < 3; i++) {
      Tensor operand = call.operand(i);
      Shapes.require(operand.rank() <= 1, "%s is neither vector nor scalar", operand.type());
      boolean fits = operand.rank() == 0 || !vectors || operand.size() == rows;
      Shapes.require(fits, "starts, limits and deltas differ in size");
      rows = operand.rank() == 0 ? rows : operand.size();
      vectors |= operand.rank() == 1;
    }
    Tensor splits = Tensor.zeros(call.resultType(0).dtype(), rows + 1);
    DType dtype = call.operand(0).dtype();
    List<Number> values = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      if (dtype.isFloating()) {
        addReals(call, r, values);
      } else {
        addIntegers(call, r, values);
      }
      splits.setLong(r + 1, values.size());
    }
    Tensor result = Tensor.zeros(dtype, values.size());
    for (int i = 0; i < values.size(); i++) {
      if (dtype.isFloating()) {
        result.setDouble(i, values.get(i).doubleValue());
      } else {
        result.setLong(i, values.get(i).longValue());
      }
    }
    call.result(0, splits);
    call.result(1, result);
  }

  private static int at(OpCall call, int operand, int row) {
    return call.operand(operand).rank() == 0 ? 0 : row;
  }

  private static void addIntegers(OpCall call, int row, List<Number> values) {
    long start = call.operand(0).getLong(at(call, 0, row));
    long limit = call.operand(1).getLong(at(call, 1, row));
    long delta = call.operand(2).getLong(at(call, 2, row));
    Shapes.require(delta != 0, "Requires delta != 0");
    long span = Math.subtractExact(limit, start);
    boolean none = delta > 0 ? span < 0 : span > 0;
    long count = none ? 0 : Math.ceilDiv(Math.absExact(span), Math.absExact(delta));
    Shapes.require(count < Integer.MAX_VALUE, "a range of %s numbers", count);
    for (long i = 0; i < count; i++) {
      values.add(start + i * delta);
    }
  }

  /** Steps are added up in the element type, so that errors add up as TensorFlow's do. */
  private static void addReals(OpCall call, int row, List<Number> values) {
    double start = call.operand(0).getDouble(at(call, 0, row));
    double limit = call.operand(1).getDouble(at(call, 1, row));
    double delta = call.operand(2).getDouble(at(call, 2, row));
    Shapes.require(delta != 0, "Requires delta != 0");
    boolean narrow = call.operand(0).dtype() == DType.FLOAT32;
    boolean none = delta > 0 ? limit < start : limit > start;
    double steps =
        narrow
            ? Math.abs(((float) limit - (float) start) / (float) delta)
            : Math.abs((limit - start) / delta);
    long count = none ? 0 : (long) Math.ceil(steps);
    Shapes.require(count < Integer.MAX_VALUE, "a range of %s numbers", count);
    double value = start;
    for (long i = 0; i < count; i++) {
      values.add(value);
      value = narrow ? (float) value + (float) delta : value + delta;
    }
  }

  /** Operands: nested splits, flat values, indices. Results: nested splits, flat values. */
  private static List<TensorType> inferGather(OpTypes op) {
    int splits = op.operandCount() - 2;
    DType splitType = op.dtype(0);
    List<TensorType> types =
        new ArrayList<>(Collections.nCopies(op.resultCount() - 1, Rules.vector(splitType)));
    Shape values = op.shape(splits);
    types.add(Shapes.plain(op.dtype(splits), Rules.replaced(values, 1, Shape.UNKNOWN)));
    return types;
  }

  private static void gather(OpCall call) {
    int depth = call.operandCount() - 2;
    Tensor values = call.operand(depth);
    Tensor indices = call.operand(depth + 1);
    DType splitType = call.operand(0).dtype();
    int results = 0;
    int rows = 1;
    for (int d = 0; d + 1 < indices.rank(); d++) {
      rows *= indices.dim(d);
      int size = indices.dim(d + 1);
      Tensor uniform = call.result(results++, splitType, rows + 1);
      for (int i = 0; i <= rows; i++) {
        uniform.setLong(i, (long) i * size);
      }
    }
    List<long[]> ranges = new ArrayList<>();
    for (int i = 0; i < indices.size(); i++) {
      long index = indices.getLong(i);
      int all = call.operand(0).size() - 1;
      Shapes.require(
          index >= 0 && index < all, "indices[%s] = %s is not in [0, %s)", i, index, all);
      ranges.add(new long[] {index, index + 1});
    }
    for (int level = 0; level < depth; level++) {
      int within = level + 1 < depth ? call.operand(level + 1).size() - 1 : values.dim(0);
      RaggedRows.check(call.operand(level), within);
      Tensor splits = nested(call.operand(level), ranges);
      if (level > 0 || indices.rank() > 0) { // one row alone has lost a dimension
        call.result(results++, splits);
      }
    }
    call.result(results, rows(values, ranges));
  }

  /** The splits of the chosen rows; {@code ranges} become the ranges of their values. */
  private static Tensor nested(Tensor splits, List<long[]> ranges) {
    List<Long> result = new ArrayList<>(List.of(0L));
    long end = 0;
    for (long[] range : ranges) {
      for (long row = range[0]; row < range[1]; row++) {
        end += splits.getLong((int) row + 1) - splits.getLong((int) row);
        result.add(end);
      }
      range[0] = splits.getLong((int) range[0]);
      range[1] = splits.getLong((int) range[1]);
    }
    return Rules.integers(splits.dtype(), result);
  }

  private static Tensor rows(Tensor values, List<long[]> ranges) {
    int[] shape = values.shape();
    int row = Shapes.product(shape, 1, shape.length);
    long count = ranges.stream().mapToLong(range -> range[1] - range[0]).sum();
    shape[0] = Math.toIntExact(count);
    Tensor result = Tensor.zeros(values.dtype(), shape);
    int at = 0;
    for (long[] range : ranges) {
      int size = (int) (range[1] - range[0]) * row;
      Elements.copy(values, (int) range[0] * row, result, at, size);
      at += size;
    }
    return result;
  }

  /** Operands: nested splits, flat values. Results: indices, values, dense shape. */
  private static List<TensorType> inferSparse(OpTypes op) {
    int depth = op.operandCount() - 1;
    Shape values = op.shape(depth);
    int rank = values.hasRank() ? depth + values.rank() : Shape.UNKNOWN;
    int count = values.isStatic() ? Math.toIntExact(values.elements()) : Shape.UNKNOWN;
    return List.of(
        Shapes.plain(DType.INT64, Shape.of(count, rank)),
        Shapes.plain(op.dtype(depth), Shape.of(count)),
        Shapes.plain(DType.INT64, Shape.of(rank)));
  }

  private static void sparse(OpCall call) {
    int depth = call.operandCount() - 1;
    Tensor values = call.operand(depth);
    int rank = depth + values.rank();
    int row = Shapes.product(values.shape(), 1, values.rank());
    Tensor indices = call.result(0, DType.INT64, values.size(), rank);
    Tensor flat = call.result(1, values.dtype(), values.size());
    Tensor shape = call.result(2, DType.INT64, rank);
    Elements.copyAll(values.reshaped(values.size()), flat);
    shape.setLong(0, call.operand(0).size() - 1);
    int[] inner = Shapes.strides(values.shape());
    for (int level = 0; level < depth; level++) {
      Tensor splits = call.operand(level);
      RaggedRows.check(
          splits, level + 1 < depth ? call.operand(level + 1).size() - 1 : values.dim(0));
      long longest = 0;
      for (int i = 0; i + 1 < splits.size(); i++) {
        longest = Math.max(longest, splits.getLong(i + 1) - splits.getLong(i));
      }
      shape.setLong(level + 1, longest);
    }
    for (int d = 1; d < values.rank(); d++) {
      shape.setLong(depth + d, values.dim(d));
    }
    for (int i = 0; i < values.size(); i++) {
      long at = i / row;
      for (int level = depth - 1; level >= 0; level--) {
        int parent = rowOf(call.operand(level), at);
        indices.setLong(i * rank + level + 1, at - call.operand(level).getLong(parent));
        at = parent;
      }
      indices.setLong(i * rank, at);
      for (int d = 1; d < values.rank(); d++) {
        indices.setLong(i * rank + depth + d, i / inner[d] % values.dim(d));
      }
    }
  }

  /** The row that holds a value: the last that begins at or before it. */
  private static int rowOf(Tensor splits, long value) {
    int low = 0;
    int high = splits.size() - 1;
    while (low + 1 < high) {
      int middle = (low + high) >>> 1;
      if (splits.getLong(middle) <= value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
