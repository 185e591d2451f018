package org.signet.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that give the same elements another shape (RESHAPE, EXPAND_DIMS, SQUEEZE) or tell the shape
 * (SHAPE, RANK).
 */
public final class Reshaping {
  /** "As many as are left", in a requested shape. */
  private static final int INFER = -1;

  private static final int[] SCALAR = {};

  private static final Prepared RESHAPE = Prepared.of(Reshaping::prepareReshape, 1);
  private static final Prepared EXPAND_DIMS = Prepared.of(Reshaping::prepareExpandDims, 1);
  private static final Prepared SQUEEZE = Prepared.of(Reshaping::prepareSqueeze);
  private static final Prepared SHAPE = Prepared.of(Reshaping::prepareShape);

  private Reshaping() {}

  static List<OpDefinition> definitions() {
    return List.of(
        // A model's reader has made sparse constants dense already.
        OpDefinition.builtin("DENSIFY", Shapes.SAME, Casts::same).moving(),
        OpDefinition.builtin("RESHAPE", Reshaping::inferReshape, Reshaping::reshape).moving(),
        OpDefinition.builtin("EXPAND_DIMS", Reshaping::inferExpandDims, Reshaping::expandDims)
            .moving(),
        OpDefinition.builtin("SQUEEZE", Reshaping::inferSqueeze, Reshaping::squeeze).moving(),
        OpDefinition.builtin("SHAPE", Reshaping::inferShape, Reshaping::shape)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("RANK", Reshaping::inferRank, Reshaping::rank)
            .accurate(Accuracy.EXACT));
  }

  /** Operand 1 or option {@code new_shape} is the shape; one size may be −1, the rest. */
  public static List<TensorType> inferReshape(OpTypes op) {
    Optional<long[]> sizes =
        op.has(1)
            ? KnownOperands.elements(op, 1)
            : Optional.of(
                Arrays.stream(op.attributes().getInts("new_shape")).asLongStream().toArray());
    Shape shape =
        sizes
            .map(requested -> resolve(op.shape(0), requested, !op.has(1)))
            .orElse(Shape.unknownRank());
    return List.of(Shapes.plain(op.dtype(0), shape));
  }

  public static void reshape(OpCall call) {
    RESHAPE.evaluate(call);
  }

  /** Gives operand 0 another shape. */
  private static Prepared.Run shaped(int... shape) {
    return call -> call.resultReshaped(0, 0, shape);
  }

  private static Prepared.Run prepareReshape(OpCall call) {
    long[] requested =
        call.has(1)
            ? KnownOperands.elements(call.operand(1))
            : Arrays.stream(call.attributes().getInts("new_shape")).asLongStream().toArray();
    for (long size : requested) {
      Shapes.require(KnownOperands.isKnown(size), "a size is not known");
    }
    Shape shape = resolve(Shape.of(call.operand(0).shape()), requested, !call.has(1));
    Shapes.require(
        shape.isStatic(), "can't tell the missing size of %s", Arrays.toString(requested));
    return shaped(shape.dims());
  }

  private static Shape resolve(Shape input, long[] requested, boolean byOption) {
    if (byOption && requested.length == 1 && requested[0] == 0) {
      // Old files spell a scalar's shape [0].
      if (!input.isStatic()) {
        return Shape.unknownRank();
      }
      if (input.elements() == 1) {
        return Shape.scalar();
      }
    }
    int[] dims = new int[requested.length];
    long known = 1;
    int open = -1;
    int opens = 0;
    for (int i = 0; i < dims.length; i++) {
      if (requested[i] == INFER || !KnownOperands.isKnown(requested[i])) {
        dims[i] = Shape.UNKNOWN;
        open = i;
        opens++;
      } else {
        Shapes.require(
            requested[i] >= 0 && requested[i] <= Integer.MAX_VALUE, "%s is no size", requested[i]);
        dims[i] = (int) requested[i];
        known *= dims[i];
      }
    }
    long inferred = Arrays.stream(requested).filter(size -> size == INFER).count();
    Shapes.require(inferred <= 1, "more than one size is -1");
    if (input.isStatic() && opens == 0) {
      Shapes.require(
          input.elements() == known,
          "Input to reshape is a tensor with %s values, but the requested shape has %s: %s to %s",
          input.elements(),
          known,
          input,
          Arrays.toString(requested));
    } else if (input.isStatic() && opens == 1 && known > 0) {
      Shapes.require(
          input.elements() % known == 0,
          "Input to reshape is a tensor with %s values, but the requested shape requires a multiple"
              + " of %s: %s to %s",
          input.elements(),
          known,
          input,
          Arrays.toString(requested));
      dims[open] = (int) (input.elements() / known);
    } else if (input.isStatic() && opens == 1 && inferred == 1) {
      Shapes.require(
          input.elements() == 0, "can't reshape %s to %s", input, Arrays.toString(requested));
      dims[open] = withoutZeros(input.dims()) / withoutZeros(dims);
    }
    return Shape.of(dims);
  }

  /**
   * The product of the known sizes above 0: what tells an open size of a tensor without elements.
   */
  private static int withoutZeros(int... dims) {
    int[] above = Arrays.stream(dims).filter(size -> size > 0).toArray();
    return Shapes.product(above, 0, above.length);
  }

  public static List<TensorType> inferExpandDims(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(0), expanded(op.shape(0), KnownOperands.scalar(op, 1))));
  }

  private static Shape expanded(Shape shape, OptionalInt axis) {
    if (!shape.hasRank()) {
      return shape;
    }
    int rank = shape.rank() + 1;
    if (axis.isEmpty()) {
      return Shape.ofRank(rank);
    }
    return Shape.of(inserted(shape.dims(), insertedAxis(axis.getAsInt(), rank), 1));
  }

  private static int insertedAxis(int axis, int rank) {
    Shapes.require(
        axis >= -rank && axis < rank,
        "Tried to expand dim index %s for tensor with %s dimensions.",
        axis,
        rank - 1);
    return Shapes.axis(axis, rank);
  }

  public static void expandDims(OpCall call) {
    EXPAND_DIMS.evaluate(call);
  }

  private static Prepared.Run prepareExpandDims(OpCall call) {
    int[] shape = call.operand(0).shape();
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(1)), shape.length + 1);
    return shaped(inserted(shape, axis, 1));
  }

  /** {@code dims} with one more size before position {@code at}. */
  static int[] inserted(int[] dims, int at, int size) {
    int[] more = Arrays.copyOf(dims, dims.length + 1);
    System.arraycopy(dims, at, more, at + 1, dims.length - at);
    more[at] = size;
    return more;
  }

  /** {@code dims} without position {@code at}. */
  static int[] removed(int[] dims, int at) {
    int[] fewer = Arrays.copyOf(dims, dims.length - 1);
    System.arraycopy(dims, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  /** Drops the sizes of 1 that option {@code squeeze_dims} names, all of them if it names none. */
  public static List<TensorType> inferSqueeze(OpTypes op) {
    return List.of(
        Shapes.plain(op.dtype(0), squeezed(op.shape(0), op.attributes().getInts("squeeze_dims"))));
  }

  public static void squeeze(OpCall call) {
    SQUEEZE.evaluate(call);
  }

  private static Prepared.Run prepareSqueeze(OpCall call) {
    Shape shape = Shape.of(call.operand(0).shape());
    return shaped(squeezed(shape, call.attributes().getInts("squeeze_dims")).dims());
  }

  private static Shape squeezed(Shape shape, int[] axes) {
    if (!shape.hasRank() || (axes.length == 0 && !shape.isStatic())) {
      return Shape.unknownRank();
    }
    boolean[] drop = new boolean[shape.rank()];
    for (int axis : axes) {
      int d = Shapes.axis(axis, drop.length);
      drop[d] = true;
      Shapes.require(
          shape.dim(d) == 1 || !shape.isKnown(d),
          "Can not squeeze dim[%s], expected a dimension of 1, got %s",
          d,
          shape.dim(d));
    }
    int[] dims = new int[drop.length];
    int rank = 0;
    for (int d = 0; d < drop.length; d++) {
      if (!drop[d] && !(axes.length == 0 && shape.dim(d) == 1)) {
        dims[rank++] = shape.dim(d);
      }
    }
    return Shape.of(Arrays.copyOf(dims, rank));
  }

  /** One vector for each operand: its shape, of type {@code out_type}. */
  public static List<TensorType> inferShape(OpTypes op) {
    DType dtype = KnownOperands.type(op.attributes(), "out_type", DType.INT32);
    return IntStream.range(0, op.operandCount())
        .mapToObj(i -> Shapes.plain(dtype, vector(op.shape(i))))
        .toList();
  }

  private static Shape vector(Shape shape) {
    return Shape.of(shape.hasRank() ? shape.rank() : Shape.UNKNOWN);
  }

  public static void shape(OpCall call) {
    SHAPE.evaluate(call);
  }

  private static Prepared.Run prepareShape(OpCall call) {
    DType dtype = KnownOperands.type(call.attributes(), "out_type", DType.INT32);
    int[][] shapes = new int[call.operandCount()][];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = call.operand(i).shape();
    }
    return telling(dtype, shapes);
  }

  /** Sets each result to a vector of these sizes. */
  static Prepared.Run telling(DType dtype, int[]... shapes) {
    int[][] lengths = new int[shapes.length][];
    for (int i = 0; i < shapes.length; i++) {
      lengths[i] = new int[] {shapes[i].length};
    }
    return call -> {
      for (int i = 0; i < shapes.length; i++) {
        Tensor result = call.result(i, dtype, lengths[i]);
        for (int d = 0; d < shapes[i].length; d++) {
          result.setLong(d, shapes[i][d]);
        }
      }
    };
  }

  public static List<TensorType> inferRank(OpTypes op) {
    return List.of(Shapes.plain(DType.INT32, Shape.scalar()));
  }

  public static void rank(OpCall call) {
    call.result(0, DType.INT32, SCALAR).setLong(0, call.operand(0).rank());
  }
}
