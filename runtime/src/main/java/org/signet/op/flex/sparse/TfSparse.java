package org.signet.op.flex.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that move the elements of sparse tensors: indices [n, rank], values [n], dense shape [rank].
 */
final class TfSparse {
  private TfSparse() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
            "SparseReorder",
            op ->
                List.of(
                    Shapes.plain(DType.INT64, op.shape(0)), Shapes.plain(op.dtype(1), op.shape(1))),
            TfSparse::reorder),
        Rules.exact("SparseReshape", TfSparse::inferReshape, TfSparse::reshape),
        Rules.exact("SparseFillEmptyRows", TfSparse::inferFill, TfSparse::fillEmptyRows),
        OpDefinition.tf(
                "SparseFillEmptyRowsGrad", TfSparse::inferFillGradient, TfSparse::fillGradient)
            .accurate(Accuracy.ACCUMULATED),
        Rules.exact("SparseSlice", TfSparse::inferSlice, TfSparse::slice),
        Rules.exact("SparseSplit", TfSparse::inferSplit, TfSparse::split),
        Rules.exact("SparseConcat", TfSparse::inferConcat, TfSparse::concat));
  }

  private static void reorder(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(0), call.operand(2));
    Tensor values = call.operand(1);
    Shapes.require(values.size() == indices.count(), "%s values", values.size());
    int[] order = indices.order();
    Tensor newIndices = call.result(0, DType.INT64, call.operand(0).shape());
    Tensor newValues = call.result(1, values.dtype(), values.shape());
    int rank = indices.rank();
    for (int i = 0; i < order.length; i++) {
      Elements.copy(call.operand(0), order[i] * rank, newIndices, i * rank, rank);
      Elements.copy(values, order[i], newValues, i, 1);
    }
  }

  /** Operands: indices, shape, new shape, of which one size may be −1. */
  private static List<TensorType> inferReshape(OpTypes op) {
    int rank = Rules.dim(op, 2, 0);
    return List.of(
        Shapes.plain(DType.INT64, Shape.of(Rules.dim(op, 0, 0), rank)),
        Shapes.plain(DType.INT64, Shape.of(rank)));
  }

  /**
   * @param old the shape so far
   * @param total how many elements there are
   * @param known the product of the sizes that are given
   */
  private static void requireFitting(long[] old, long total, long known, long... shape) {
    int[] open = IntStream.range(0, shape.length).filter(d -> shape[d] == -1).toArray();
    Shapes.require(
        open.length <= 1,
        "only one output dimension may be -1, not both %s",
        Arrays.stream(open).mapToObj(String::valueOf).collect(Collectors.joining(" and ")));
    Shapes.require(
        open.length == 1 || known == total,
        "Input to reshape is a tensor with %s dense values, but the requested shape has %s."
            + " input_shape=%s output_shape=%s",
        total,
        known,
        tight(old),
        tight(shape));
    Shapes.require(
        open.length == 0 || (known > 0 && total % known == 0),
        "Input to reshape is a SparseTensor with %s dense values, but the requested shape requires"
            + " a multiple of %s. input_shape=%s output_shape=%s",
        total,
        known,
        tight(old),
        tight(shape));
  }

  private static String tight(long... sizes) {
    return Arrays.toString(sizes).replace(" ", "");
  }

  private static void reshape(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(0), call.operand(1));
    long[] shape = KnownOperands.elements(Rules.requireRank(call.operand(2), 1, "new_shape"));
    long total = Arrays.stream(indices.shape()).reduce(1, Math::multiplyExact);
    long known = Arrays.stream(shape).filter(size -> size != -1).reduce(1, Math::multiplyExact);
    requireFitting(indices.shape(), total, known, shape);
    for (int d = 0; d < shape.length; d++) {
      shape[d] = shape[d] == -1 ? total / known : shape[d];
    }
    long[] positions = IntStream.range(0, indices.count()).mapToLong(indices::position).toArray();
    call.result(0, SparseIndices.vectors(positions, shape));
    call.result(1, Tensor.of(shape));
  }

  /** Results: indices, values, which rows were empty, where each element went. */
  private static List<TensorType> inferFill(OpTypes op) {
    int rows = op.constant(2).map(shape -> (int) shape.getLong(0)).orElse(Shape.UNKNOWN);
    int rank = Rules.dim(op, 0, 1) == Shape.UNKNOWN ? Rules.dim(op, 2, 0) : Rules.dim(op, 0, 1);
    return List.of(
        Shapes.plain(DType.INT64, Shape.of(Shape.UNKNOWN, rank)),
        Rules.vector(op.dtype(1)),
        Shapes.plain(DType.BOOL, Shape.of(rows)),
        Shapes.plain(DType.INT64, Shape.of(Rules.dim(op, 0, 0))));
  }

  private static List<TensorType> inferFillGradient(OpTypes op) {
    return List.of(
        Shapes.plain(op.dtype(1), op.shape(0)), Shapes.plain(op.dtype(1), Shape.scalar()));
  }

  /**
   * Operands: where each element went, the gradient of all. Results: the gradient of each element
   * and, of those that were filled in, the sum.
   */
  private static void fillGradient(OpCall call) {
    Tensor moved = Rules.requireRank(call.operand(0), 1, "reverse_index_map");
    Tensor gradient = Rules.requireRank(call.operand(1), 1, "grad_values");
    Tensor values = call.result(0, gradient.dtype(), moved.size());
    Tensor fallback = call.result(1, gradient.dtype());
    boolean[] seen = new boolean[gradient.size()];
    for (int i = 0; i < moved.size(); i++) {
      long at = moved.getLong(i);
      Shapes.require(at >= 0 && at < seen.length, "no gradient of element %s", at);
      Elements.copy(gradient, (int) at, values, i, 1);
      seen[(int) at] = true;
    }
    Elements.clear(fallback);
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        Scattering.ADD.merge(gradient, i, fallback, 0);
      }
    }
  }

  private static void fillEmptyRows(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(0), call.operand(2));
    Tensor values = call.operand(1);
    Tensor fallback = Rules.requireRank(call.operand(3), 0, "default_value");
    int rows = Math.toIntExact(indices.shape()[0]);
    List<List<Integer>> byRow = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      byRow.add(new ArrayList<>());
    }
    for (int i = 0; i < indices.count(); i++) {
      byRow.get((int) indices.get(i, 0)).add(i);
    }
    int empty = (int) byRow.stream().filter(List::isEmpty).count();
    int rank = indices.rank();
    Tensor newIndices = Tensor.zeros(DType.INT64, indices.count() + empty, rank);
    Tensor newValues = Tensor.zeros(values.dtype(), indices.count() + empty);
    Tensor isEmpty = Tensor.zeros(DType.BOOL, rows);
    Tensor moved = Tensor.zeros(DType.INT64, indices.count());
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (byRow.get(row).isEmpty()) {
        isEmpty.setLong(row, 1);
        newIndices.setLong(at * rank, row);
        Elements.copy(fallback, 0, newValues, at++, 1);
      }
      for (int i : byRow.get(row)) {
        Elements.copy(call.operand(0), i * rank, newIndices, at * rank, rank);
        Elements.copy(values, i, newValues, at, 1);
        moved.setLong(i, at++);
      }
    }
    call.result(0, newIndices);
    call.result(1, newValues);
    call.result(2, isEmpty);
    call.result(3, moved);
  }

  /** Operands: indices, values, shape, start, size. */
  private static List<TensorType> inferSlice(OpTypes op) {
    return SparseIndices.types(op.dtype(1), Rules.dim(op, 2, 0));
  }

  private static void slice(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(0), call.operand(2));
    Tensor values = call.operand(1);
    int rank = indices.rank();
    long[] start = KnownOperands.elements(call.operand(3));
    long[] size = KnownOperands.elements(call.operand(4));
    Shapes.require(start.length == rank && size.length == rank, "a slice of rank %s", start.length);
    for (int d = 0; d < rank; d++) {
      Shapes.require(start[d] >= 0 && size[d] >= 0, "a slice from %s of %s", start[d], size[d]);
      size[d] = Math.max(0, Math.min(size[d], indices.shape()[d] - start[d]));
    }
    cut(call, indices, values, start, size, 0, 1);
  }

  /** Sets the results of one of several parts: all indices come first, then all values. */
  private static void cut(
      OpCall call,
      SparseIndices indices,
      Tensor values,
      long[] start,
      long[] size,
      int part,
      int parts) {
    int rank = indices.rank();
    int[] kept =
        IntStream.range(0, indices.count())
            .filter(i ->
                IntStream.range(0, rank)
                    .allMatch(d ->
                        indices.get(i, d) >= start[d] && indices.get(i, d) - start[d] < size[d]))
            .toArray();
    Tensor newIndices = call.result(part, DType.INT64, kept.length, rank);
    Tensor newValues = call.result(parts + part, values.dtype(), kept.length);
    for (int i = 0; i < kept.length; i++) {
      Elements.copy(values, kept[i], newValues, i, 1);
      for (int d = 0; d < rank; d++) {
        newIndices.longs()[i * rank + d] = indices.get(kept[i], d) - start[d];
      }
    }
    call.result(2 * parts + part, Tensor.of(size));
  }

  /** Operands: axis, indices, values, shape; attribute {@code num_split}. */
  private static List<TensorType> inferSplit(OpTypes op) {
    int parts = op.attributes().getInt("num_split");
    return SparseIndices.types(op.dtype(2), Rules.dim(op, 3, 0)).stream()
        .flatMap(type -> Collections.nCopies(parts, type).stream())
        .toList();
  }

  /** What is left when the size does not divide makes the first parts longer by one. */
  private static void split(OpCall call) {
    SparseIndices indices = SparseIndices.of(call.operand(1), call.operand(3));
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(0)), indices.rank());
    int parts = call.attributes().getInt("num_split");
    long whole = indices.shape()[axis];
    Shapes.require(parts >= 1 && parts <= whole, "%s parts of a size of %s", parts, whole);
    long[] start = new long[indices.rank()];
    for (int part = 0; part < parts; part++) {
      long[] size = indices.shape().clone();
      size[axis] = whole / parts + (part < whole % parts ? 1 : 0);
      cut(call, indices, call.operand(2), start, size, part, parts);
      start[axis] += size[axis];
    }
  }

  /** Operands: as many indices as values as shapes; attribute {@code concat_dim}. */
  private static List<TensorType> inferConcat(OpTypes op) {
    int n = op.operandCount() / 3;
    return SparseIndices.types(op.dtype(n), Rules.dim(op, 2 * n, 0));
  }

  private static void concat(OpCall call) {
    int n = call.operandCount() / 3;
    long[] shape = KnownOperands.elements(call.operand(2 * n));
    int rank = shape.length;
    int axis = Shapes.axis(call.attributes().getInt("concat_dim"), rank);
    int count = 0;
    long end = 0;
    for (int k = 0; k < n; k++) {
      SparseIndices part = SparseIndices.of(call.operand(k), call.operand(2 * n + k));
      Shapes.require(part.rank() == rank, "ranks %s and %s", part.rank(), rank);
      for (int d = 0; d < rank; d++) {
        Shapes.require(d == axis || part.shape()[d] == shape[d], "the shapes differ in axis %s", d);
      }
      count += part.count();
      end += part.shape()[axis];
    }
    shape[axis] = end;
    long[] rows = new long[count * rank];
    Tensor values = Tensor.zeros(call.operand(n).dtype(), count);
    int at = 0;
    long offset = 0;
    for (int k = 0; k < n; k++) {
      SparseIndices part = SparseIndices.of(call.operand(k), call.operand(2 * n + k));
      Elements.copy(call.operand(n + k), 0, values, at, part.count());
      for (int i = 0; i < part.count() * rank; i++) {
        rows[at * rank + i] = part.rows()[i] + (i % rank == axis ? offset : 0);
      }
      at += part.count();
      offset += part.shape()[axis];
    }
    SparseIndices all = new SparseIndices(rows, shape);
    int[] order = all.order();
    Tensor indices = call.result(0, DType.INT64, count, rank);
    Tensor sorted = call.result(1, values.dtype(), count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, order[i] * rank, indices.longs(), i * rank, rank);
      Elements.copy(values, order[i], sorted, i, 1);
    }
    call.result(2, Tensor.of(shape));
  }
}
