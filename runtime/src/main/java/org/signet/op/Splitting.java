package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that take a tensor apart along a dimension: SPLIT into equal parts, SPLIT_V into given ones,
 * UNPACK into slices.
 */
public final class Splitting {
  private static final Prepared SPLIT = Prepared.of(Splitting::prepareSplit, 0);
  private static final Prepared SPLIT_V = Prepared.of(Splitting::prepareSplitV, 1, 2);
  private static final Prepared UNPACK = Prepared.of(Splitting::prepareUnpack);

  private Splitting() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SPLIT", Splitting::inferSplit, Splitting::split).moving(),
        OpDefinition.builtin("SPLIT_V", Splitting::inferSplitV, Splitting::splitV).moving(),
        OpDefinition.builtin("UNPACK", Splitting::inferUnpack, Splitting::unpack).moving());
  }

  /** Operand 0 is the axis, operand 1 the value. */
  public static List<TensorType> inferSplit(OpTypes op) {
    Shape shape = op.shape(1);
    OptionalInt axis = KnownOperands.scalar(op, 0);
    int parts = op.resultCount();
    Shape part = shape;
    if (shape.hasRank() && axis.isEmpty()) {
      part = Shape.ofRank(shape.rank());
    } else if (shape.hasRank()) {
      int along = Shapes.axis(axis.getAsInt(), shape.rank());
      part =
          shape.isKnown(along)
              ? shape.withDim(along, equal(along, shape.dim(along), parts))
              : shape;
    }
    return Collections.nCopies(parts, Shapes.plain(op.dtype(1), part));
  }

  private static int equal(int axis, int size, int parts) {
    Shapes.require(
        size % parts == 0,
        "Number of ways to split should evenly divide the split dimension, but got split_dim %s"
            + " (size = %s) and num_split %s",
        axis,
        size,
        parts);
    return size / parts;
  }

  public static void split(OpCall call) {
    SPLIT.evaluate(call);
  }

  private static Prepared.Run prepareSplit(OpCall call) {
    Tensor value = call.operand(1);
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(0)), value.rank());
    int[] sizes = new int[call.resultCount()];
    Arrays.fill(sizes, equal(axis, value.dim(axis), sizes.length));
    return cut(call, 1, axis, sizes);
  }

  /** Operands: value, sizes of the parts of which one may be −1, axis. */
  public static List<TensorType> inferSplitV(OpTypes op) {
    Shape shape = op.shape(0);
    OptionalInt axis = KnownOperands.scalar(op, 2);
    Optional<long[]> sizes = KnownOperands.elements(op, 1);
    List<TensorType> types = new ArrayList<>();
    int[] resolved =
        sizes.isPresent() && axis.isPresent() && shape.hasRank()
            ? resolve(shape.dim(Shapes.axis(axis.getAsInt(), shape.rank())), sizes.get())
            : new int[0];
    Shapes.require(
        resolved.length == 0 || resolved.length == op.resultCount(), "one size for each part");
    for (int i = 0; i < op.resultCount(); i++) {
      Shape part = shape.hasRank() ? Shape.ofRank(shape.rank()) : shape;
      if (resolved.length > 0) {
        part = shape.withDim(Shapes.axis(axis.getAsInt(), shape.rank()), resolved[i]);
      }
      types.add(Shapes.plain(op.dtype(0), part));
    }
    return types;
  }

  /** The sizes of the parts, {@link Shape#UNKNOWN} where not known. */
  private static int[] resolve(int total, long[] sizes) {
    int[] resolved = new int[sizes.length];
    long sum = 0;
    int open = -1;
    int opens = 0;
    for (int i = 0; i < sizes.length; i++) {
      resolved[i] = KnownOperands.isKnown(sizes[i]) ? (int) sizes[i] : Shape.UNKNOWN;
      Shapes.require(resolved[i] >= -1, "%s is no size", sizes[i]);
      if (resolved[i] == Shape.UNKNOWN) {
        open = i;
        opens++;
      } else {
        sum += resolved[i];
      }
    }
    if (total != Shape.UNKNOWN && opens <= 1) {
      Shapes.require(
          opens == 0 ? sum == total : sum <= total,
          "Determined shape must either match input shape along split_dim exactly if fully"
              + " specified, or be less than the size of the input along split_dim if not fully"
              + " specified.  Got: %s of %s",
          sum,
          total);
      if (opens == 1) {
        resolved[open] = total - (int) sum;
      }
    }
    return resolved;
  }

  public static void splitV(OpCall call) {
    SPLIT_V.evaluate(call);
  }

  private static Prepared.Run prepareSplitV(OpCall call) {
    Tensor value = call.operand(0);
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(2)), value.rank());
    long[] sizes = KnownOperands.elements(call.operand(1));
    Shapes.require(sizes.length == call.resultCount(), "one size for each part");
    for (long size : sizes) {
      Shapes.require(size >= -1 && size <= value.dim(axis), "%s is no size", size);
    }
    return cut(call, 0, axis, resolve(value.dim(axis), sizes));
  }

  private static Prepared.Run cut(OpCall call, int operand, int axis, int... sizes) {
    Tensor value = call.operand(operand);
    int[] shape = value.shape();
    int outer = Shapes.product(shape, 0, axis);
    int inner = Shapes.product(shape, axis + 1, shape.length);
    Parts parts = new Parts(operand, value.dtype(), sizes.length);
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      Shapes.require(sizes[i] >= 0, "There can only be one -1 in the input.");
      int run = sizes[i] * inner;
      int[] part = shape.clone();
      part[axis] = sizes[i];
      parts.set(i, part, at, outer, run, shape[axis] * inner);
      at += run;
    }
    return parts;
  }

  /** The parts of a tensor. */
  private static final class Parts implements Prepared.Run {
    private final int operand;
    private final DType dtype;
    private final int[][] shapes;
    private final StridedCopy[] copies;
    private final int[] places;

    Parts(int operand, DType dtype, int count) {
      this.operand = operand;
      this.dtype = dtype;
      shapes = new int[count][];
      copies = new StridedCopy[count];
      places = new int[count];
    }

    /** Takes {@code rows} rows of {@code run} elements from {@code at}, each {@code step} apart. */
    void set(int i, int[] shape, int at, int rows, int run, int step) {
      shapes[i] = shape;
      copies[i] = StridedCopy.gathering(dtype, new int[] {step, 1}, rows, run);
      places[i] = at;
    }

    @Override
    public void run(OpCall call) {
      for (int i = 0; i < copies.length; i++) {
        copies[i].run(call.operand(operand), places[i], call.result(i, dtype, shapes[i]), 0);
      }
    }
  }

  public static List<TensorType> inferUnpack(OpTypes op) {
    Shape part = op.shape(0);
    if (part.hasRank()) {
      int axis = Shapes.axis(op.attributes().getInt("axis", 0), part.rank());
      Shapes.require(
          !part.isKnown(axis) || part.dim(axis) == op.resultCount(),
          "%s does not come apart in %s",
          part,
          op.resultCount());
      part = Shape.of(Reshaping.removed(part.dims(), axis));
    }
    return Collections.nCopies(op.resultCount(), Shapes.plain(op.dtype(0), part));
  }

  public static void unpack(OpCall call) {
    UNPACK.evaluate(call);
  }

  private static Prepared.Run prepareUnpack(OpCall call) {
    Tensor value = call.operand(0);
    int[] shape = value.shape();
    int axis = Shapes.axis(call.attributes().getInt("axis", 0), shape.length);
    int count = shape[axis];
    Shapes.require(
        count == call.resultCount(),
        "%s does not come apart in %s",
        value.type(),
        call.resultCount());
    int outer = Shapes.product(shape, 0, axis);
    int inner = Shapes.product(shape, axis + 1, shape.length);
    Parts parts = new Parts(0, value.dtype(), count);
    for (int i = 0; i < count; i++) {
      parts.set(i, Reshaping.removed(shape, axis), i * inner, outer, inner, count * inner);
    }
    return parts;
  }
}
