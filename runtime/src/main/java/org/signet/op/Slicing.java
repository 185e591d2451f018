package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** SLICE cuts a box out of a tensor; DYNAMIC_UPDATE_SLICE puts one into it. */
public final class Slicing {
  /** In a size: all that is left of the dimension. */
  private static final int REST = -1;

  private Slicing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SLICE", Slicing::inferSlice, Slicing::slice).moving(),
        OpDefinition.builtin("DYNAMIC_UPDATE_SLICE", Shapes.SAME, Slicing::update).moving());
  }

  /** Operands: value, first index and size for each dimension. */
  public static List<TensorType> inferSlice(OpTypes op) {
    Optional<long[]> begin = KnownOperands.elements(op, 1);
    Optional<long[]> size = KnownOperands.elements(op, 2);
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      shape = begin.or(() -> size).map(known -> Shape.ofRank(known.length)).orElse(shape);
    }
    if (!shape.hasRank() || begin.isEmpty() || size.isEmpty()) {
      return List.of(
          Shapes.plain(op.dtype(0), shape.hasRank() ? Shape.ofRank(shape.rank()) : shape));
    }
    int rank = shape.rank();
    Shapes.require(
        begin.get().length == rank && size.get().length == rank, "one begin and size a dimension");
    int[] dims = new int[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = size(shape.dim(d), begin.get()[d], size.get()[d]);
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static int size(int dim, long begin, long size) {
    boolean knowsBegin = KnownOperands.isKnown(begin);
    boolean knowsDim = dim != Shape.UNKNOWN;
    Shapes.require(!knowsBegin || begin >= 0, "a slice begins at %s", begin);
    if (!KnownOperands.isKnown(size) || (size == REST && !(knowsBegin && knowsDim))) {
      return Shape.UNKNOWN;
    }
    long count = size == REST ? dim - begin : size;
    Shapes.require(
        count >= 0
            && count <= Integer.MAX_VALUE
            && (!knowsDim || !knowsBegin || begin <= dim - count),
        "a slice of %s from %s is not within a size of %s",
        size,
        begin,
        dim);
    return (int) count;
  }

  public static void slice(OpCall call) {
    Tensor value = call.operand(0);
    int[] begin = KnownOperands.ints(call.operand(1));
    int[] size = KnownOperands.ints(call.operand(2));
    int rank = value.rank();
    Shapes.require(begin.length == rank && size.length == rank, "one begin and size a dimension");
    int[] strides = Shapes.strides(value.shape());
    int[] dims = new int[rank];
    int from = 0;
    for (int d = 0; d < rank; d++) {
      dims[d] = size(value.dim(d), begin[d], size[d]);
      Shapes.require(
          dims[d] >= 0 && KnownOperands.isKnown(begin[d]), "a begin or size is not known");
      from += begin[d] * strides[d];
    }
    StridedCopy.gather(value, from, strides, dims, call.result(0, value.dtype(), dims));
  }

  /**
   * Operands: value, update, first index; an index that would put the update outside is moved
   * inside.
   */
  public static void update(OpCall call) {
    update(call, KnownOperands.ints(call.operand(2)));
  }

  /** The same with a first index that is no operand. */
  public static void update(OpCall call, int... start) {
    Tensor value = call.operand(0);
    Tensor update = call.operand(1);
    int rank = value.rank();
    Shapes.require(update.rank() == rank && start.length == rank, "ranks differ");
    int[] strides = Shapes.strides(value.shape());
    int to = 0;
    for (int d = 0; d < rank; d++) {
      int room = value.dim(d) - update.dim(d);
      Shapes.require(room >= 0, "%s does not fit into %s", update.type(), value.type());
      Shapes.require(KnownOperands.isKnown(start[d]), "a start is not known");
      to += Math.clamp(start[d], 0, room) * strides[d];
    }
    Tensor result = call.result(0, value.dtype(), value.shape());
    Elements.copyAll(value, result);
    StridedCopy.scatter(update, update.shape(), result, to, strides);
  }
}
