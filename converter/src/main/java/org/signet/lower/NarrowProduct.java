package org.signet.lower;

import java.util.Arrays;
import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Products of matrices of small integers, such as int8, in float32: as long as no sum reaches 2^24
 * every step is exact. Of more elements than that allows, parts are summed up as integers.
 */
final class NarrowProduct {
  /** Up to here float32 holds every integer. */
  private static final double EXACT = 0x1p24;

  /** More parts than this are no gain. */
  private static final int MOST_PARTS = 64;

  /** Steps that are looked back. */
  private static final int DEPTH = 8;

  private NarrowProduct() {}

  /** {@code left} times {@code right}, of their type; empty if they may be too large. */
  static Optional<Value> of(
      Value left, boolean turnLeft, Value right, boolean turnRight, Emitter emit) {
    Shape rows = left.type().shape();
    Shape columns = right.type().shape();
    if (!rows.hasRank() || !columns.hasRank() || rows.rank() < 2 || columns.rank() < 2) {
      return Optional.empty();
    }
    int leftAxis = rows.rank() - (turnLeft ? 2 : 1);
    int rightAxis = columns.rank() - (turnRight ? 1 : 2);
    int count = rows.dim(leftAxis) == Shape.UNKNOWN ? columns.dim(rightAxis) : rows.dim(leftAxis);
    double most = magnitude(left, DEPTH, emit) * magnitude(right, DEPTH, emit);
    int part = most == 0 ? count : (int) Math.min(EXACT / most, count);
    if (count <= 0 || part < 1 || (count + part - 1) / part > MOST_PARTS) {
      return Optional.empty();
    }
    DType dtype = left.type().dtype();
    Optional<Value> sum = Optional.empty();
    for (int from = 0; from < count; from += part) {
      int size = Math.min(part, count - from);
      Value a = cut(left, leftAxis, from, size, count, emit);
      Value b = cut(right, rightAxis, from, size, count, emit);
      Lowered product =
          MatMulLowering.product(
              emit.cast(a, DType.FLOAT32), turnLeft, emit.cast(b, DType.FLOAT32), turnRight, emit);
      if (!(product instanceof Lowered.To(var values))) {
        return Optional.empty();
      }
      Value whole = emit.cast(values.getFirst(), dtype);
      sum = Optional.of(sum.map(all -> emit.builtin("ADD", all, whole)).orElse(whole));
    }
    return sum;
  }

  private static Value cut(Value value, int axis, int from, int size, int count, Emitter emit) {
    if (size == count) {
      return value;
    }
    int[] begin = new int[value.type().shape().rank()];
    int[] sizes = new int[begin.length];
    Arrays.fill(sizes, -1);
    begin[axis] = from;
    sizes[axis] = size;
    return emit.builtin("SLICE", value, emit.ints(begin), emit.ints(sizes));
  }

  /** The greatest magnitude that an integer of the tensor may have; infinite if it is not known. */
  private static double magnitude(Value value, int depth, Emitter emit) {
    double own =
        switch (value.type().dtype()) {
          case BOOL -> 1;
          case INT8 -> 128;
          case UINT8 -> 255;
          case INT16 -> 32768;
          case UINT16 -> 65535;
          default -> Double.POSITIVE_INFINITY;
        };
    return Math.min(own, computed(value, depth, emit));
  }

  private static double computed(Value value, int depth, Emitter emit) {
    if (value instanceof Value.Constant) {
      return emit.valueOf(value)
          .map(all -> {
            double most = 0;
            for (int i = 0; i < all.size(); i++) {
              most = Math.max(most, Math.abs((double) all.getLong(i)));
            }
            return most;
          })
          .orElse(Double.POSITIVE_INFINITY);
    }
    if (!(value instanceof Value.Result result) || depth == 0) {
      return Double.POSITIVE_INFINITY;
    }
    Node node = result.producer();
    boolean moves =
        node.isAnyOf(
            "CAST",
            "RESHAPE",
            "TRANSPOSE",
            "EXPAND_DIMS",
            "SQUEEZE",
            "GATHER",
            "SLICE",
            "STRIDED_SLICE",
            "BROADCAST_TO",
            "PAD");
    boolean integer = moves && isInteger(node.operand(0).type().dtype());
    return integer ? magnitude(node.operand(0), depth - 1, emit) : Double.POSITIVE_INFINITY;
  }

  private static boolean isInteger(DType dtype) {
    return dtype.isInteger() || dtype == DType.BOOL;
  }
}
