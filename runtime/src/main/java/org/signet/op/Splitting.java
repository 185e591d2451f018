package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that take a tensor apart along a dimension: SPLIT into equal parts, SPLIT_V into given ones,
 * UNPACK into slices.
 */
public final class Splitting {
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
      part = shape.isKnown(along) ? shape.withDim(along, equal(shape.dim(along), parts)) : shape;
    }
    return Collections.nCopies(parts, Shapes.plain(op.dtype(1), part));
  }

  private static int equal(int size, int parts) {
    Shapes.require(size % parts == 0, "a size of %s can't be split in %s", size, parts);
    return size / parts;
  }

  public static void split(OpCall call) {
    Tensor value = call.operand(1);
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(0)), value.rank());
    int[] sizes = new int[call.resultCount()];
    Arrays.fill(sizes, equal(value.dim(axis), sizes.length));
    cut(call, value, axis, sizes);
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
          "parts of %s do not make up a size of %s",
          Arrays.toString(sizes),
          total);
      if (opens == 1) {
        resolved[open] = total - (int) sum;
      }
    }
    return resolved;
  }

  public static void splitV(OpCall call) {
    Tensor value = call.operand(0);
    int axis = Shapes.axis(KnownOperands.scalar(call.operand(2)), value.rank());
    long[] sizes = KnownOperands.elements(call.operand(1));
    Shapes.require(sizes.length == call.resultCount(), "one size for each part");
    for (long size : sizes) {
      Shapes.require(size >= -1 && size <= value.dim(axis), "%s is no size", size);
    }
    cut(call, value, axis, resolve(value.dim(axis), sizes));
  }

  private static void cut(OpCall call, Tensor value, int axis, int[] sizes) {
    int[] shape = value.shape();
    int outer = Shapes.product(shape, 0, axis);
    int inner = Shapes.product(shape, axis + 1, shape.length);
    int step = shape[axis] * inner;
    int at = 0;
    for (int i = 0; i < sizes.length; i++) {
      Shapes.require(sizes[i] >= 0, "more than one size is -1");
      shape[axis] = sizes[i];
      Tensor part = call.result(i, value.dtype(), shape);
      int run = sizes[i] * inner;
      StridedCopy.gather(value, at, new int[] {step, 1}, new int[] {outer, run}, part);
      at += run;
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
    for (int i = 0; i < count; i++) {
      Tensor part = call.result(i, value.dtype(), Reshaping.removed(shape, axis));
      StridedCopy.gather(
          value, i * inner, new int[] {count * inner, 1}, new int[] {outer, inner}, part);
    }
  }
}
