package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** SLICE cuts a box out of a tensor; DYNAMIC_UPDATE_SLICE puts one into it. */
public final class Slicing {
  /** In a size: all that is left of the dimension. */
  private static final int REST = -1;

  private static final Prepared SLICE = Prepared.of(Boxes::new);
  private static final Prepared UPDATE = Prepared.of(Update::new);

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
      dims[d] = size(d, shape.dim(d), begin.get()[d], size.get()[d]);
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static int size(int axis, int dim, long begin, long size) {
    boolean knowsBegin = KnownOperands.isKnown(begin);
    boolean knowsDim = dim != Shape.UNKNOWN;
    if (knowsBegin && begin < 0) {
      throw new IllegalArgumentException(
          outside("begin", axis, knowsDim ? String.valueOf(dim) : "?", begin));
    }
    if (!KnownOperands.isKnown(size) || (size == REST && !(knowsBegin && knowsDim))) {
      return Shape.UNKNOWN;
    }
    long count = size == REST ? dim - begin : size;
    if (count < 0 || count > Integer.MAX_VALUE || (knowsDim && knowsBegin && begin > dim - count)) {
      throw new IllegalArgumentException(
          begin <= dim
              ? outside("size", axis, String.valueOf(dim - begin), size)
              : outside("begin", axis, String.valueOf(dim), begin));
    }
    return (int) count;
  }

  private static String outside(String what, int axis, String most, long number) {
    return "Expected " + what + "[" + axis + "] in [0, " + most + "], but got " + number;
  }

  /** Operands: value, first index, size for each dimension. */
  public static List<TensorType> inferDynamicSlice(OpTypes op) {
    Shape shape =
        KnownOperands.elements(op, 2)
            .map(known -> Arrays.stream(known).mapToInt(Slicing::dimension).toArray())
            .map(Shape::of)
            .orElseGet(
                () -> op.shape(0).hasRank() ? Shape.ofRank(op.shape(0).rank()) : op.shape(0));
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  private static int dimension(long size) {
    return KnownOperands.isKnown(size) ? Math.toIntExact(size) : Shape.UNKNOWN;
  }

  /** The same; a first index with which the part would lie outside is moved. */
  public static void dynamicSlice(OpCall call) {
    Tensor value = call.operand(0);
    int rank = value.rank();
    Shapes.require(
        call.operand(1).size() == rank && call.operand(2).size() == rank,
        "one start and size a dimension");
    int[] strides = Shapes.strides(value.shape());
    int[] sizes = call.operand(2).toInts();
    int from = 0;
    for (int d = 0; d < rank; d++) {
      Shapes.require(
          sizes[d] >= 0 && sizes[d] <= value.dim(d),
          "a part of %d does not fit into %d",
          sizes[d],
          value.dim(d));
      from += Math.clamp(call.operand(1).getLong(d), 0, value.dim(d) - sizes[d]) * strides[d];
    }
    StridedCopy.gathering(value.dtype(), strides, sizes)
        .run(value, from, call.result(0, value.dtype(), sizes), 0);
  }

  public static void slice(OpCall call) {
    SLICE.evaluate(call);
  }

  /** Boxes of tensors of one shape. They may begin elsewhere in each run, as in a loop. */
  private static final class Boxes implements Prepared.Run {
    private final int[] strides;
    private final int[] sizes;
    private int[] shape;
    private StridedCopy copy;

    Boxes(OpCall call) {
      Tensor value = call.operand(0);
      int rank = value.rank();
      Shapes.require(
          call.operand(1).size() == rank && call.operand(2).size() == rank,
          "one begin and size a dimension");
      strides = Shapes.strides(value.shape());
      sizes = new int[rank];
      shape = value.shape();
      copy = StridedCopy.gathering(value.dtype(), strides, shape);
    }

    @Override
    public void run(OpCall call) {
      Tensor value = call.operand(0);
      int from = 0;
      for (int d = 0; d < sizes.length; d++) {
        long begin = call.operand(1).getLong(d);
        sizes[d] = size(d, value.dim(d), begin, call.operand(2).getLong(d));
        if (sizes[d] < 0 || !KnownOperands.isKnown(begin)) {
          throw new IllegalArgumentException("a begin or size is not known");
        }
        from += (int) begin * strides[d];
      }
      if (!Arrays.equals(sizes, shape)) {
        shape = sizes.clone();
        copy = StridedCopy.gathering(value.dtype(), strides, shape);
      }
      copy.run(value, from, call.result(0, value.dtype(), shape), 0);
    }
  }

  /**
   * Operands: value, update, first index; an index that would put the update outside is moved
   * inside.
   */
  public static void update(OpCall call) {
    UPDATE.evaluate(call);
  }

  /** The same with a first index that is no operand. */
  public static void update(OpCall call, int... start) {
    new Update(call).run(call, start);
  }

  /** Puts tensors of one shape into others of one shape. */
  private static final class Update implements Prepared.Run {
    private final int[] strides;
    private final int[] start;
    private final StridedCopy copy;

    Update(OpCall call) {
      Tensor value = call.operand(0);
      Tensor update = call.operand(1);
      int rank = value.rank();
      Shapes.require(update.rank() == rank, "ranks differ");
      for (int d = 0; d < rank; d++) {
        Shapes.require(
            value.dim(d) >= update.dim(d), "%s does not fit into %s", update.type(), value.type());
      }
      strides = Shapes.strides(value.shape());
      start = new int[rank];
      copy = StridedCopy.scattering(update.dtype(), strides, update.shape());
    }

    @Override
    public void run(OpCall call) {
      Tensor given = call.operand(2);
      if (given.size() != start.length) {
        throw new IllegalArgumentException("ranks differ");
      }
      for (int d = 0; d < start.length; d++) {
        long at = given.getLong(d);
        start[d] = KnownOperands.narrow(KnownOperands.isKnown(at) ? inIndices(at) : at);
      }
      run(call, start);
    }

    /** What is beyond an index on either side is as far outside. */
    private static long inIndices(long start) {
      return Math.clamp(start, -1, Integer.MAX_VALUE);
    }

    private void run(OpCall call, int... first) {
      Tensor value = call.operand(0);
      Tensor update = call.operand(1);
      if (first.length != value.rank()) {
        throw new IllegalArgumentException("ranks differ");
      }
      int to = 0;
      for (int d = 0; d < first.length; d++) {
        if (!KnownOperands.isKnown(first[d])) {
          throw new IllegalArgumentException("a start is not known");
        }
        to += Math.clamp(first[d], 0, value.dim(d) - update.dim(d)) * strides[d];
      }
      copy.run(update, 0, call.resultOf(0, 0), to);
    }
  }
}
