package org.signet.op;

import java.util.Arrays;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Choice by condition: SELECT, SELECT_V2, WHERE. */
public final class Selection {
  private static final Prepared SELECT = Prepared.of(Selection::prepareSelect);
  private static final Prepared SELECT_V2 = Prepared.of(Selection::prepareSelectV2);

  private Selection() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SELECT", Selection::selectShape, Selection::select)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("SELECT_V2", Selection::selectV2Shape, Selection::selectV2)
            .accurate(Accuracy.EXACT),
        OpDefinition.builtin("WHERE", Selection::whereShape, Selection::where)
            .accurate(Accuracy.EXACT));
  }

  /** Operands 1 and 2 are of one shape, the result's. */
  public static List<TensorType> selectShape(OpTypes op) {
    return List.of(Shapes.plain(op.dtype(1), op.shape(1).refine(op.shape(2))));
  }

  /**
   * Elements of operand 1 where the condition, operand 0, holds, of operand 2 elsewhere. The
   * condition is of their shape, a scalar, or a vector over their first dimension.
   */
  public static void select(OpCall call) {
    SELECT.evaluate(call);
  }

  private static Prepared.Run prepareSelect(OpCall call) {
    Tensor condition = call.operand(0);
    int[] shape = call.operand(1).shape();
    Shapes.require(
        Arrays.equals(shape, call.operand(2).shape()),
        "a choice between %s and %s",
        call.operand(1).type(),
        call.operand(2).type());
    int[] spread = condition.shape();
    if (condition.rank() == 1 && shape.length > 1) {
      Shapes.require(
          condition.dim(0) == shape[0], "%s conditions for %s", condition.dim(0), shape[0]);
      spread = new int[shape.length];
      Arrays.fill(spread, 1);
      spread[0] = shape[0];
    }
    return new Choice(call, spread, shape);
  }

  /** Operands 0, 1 and 2 broadcast. */
  public static List<TensorType> selectV2Shape(OpTypes op) {
    Shape values = Shapes.broadcast(op.shape(1), op.shape(2));
    return List.of(Shapes.plain(op.dtype(1), Shapes.broadcast(op.shape(0), values)));
  }

  /** Elements of operand 1 where operand 0 holds, of operand 2 elsewhere, with broadcasting. */
  public static void selectV2(OpCall call) {
    SELECT_V2.evaluate(call);
  }

  private static Prepared.Run prepareSelectV2(OpCall call) {
    int[] condition = call.operand(0).shape();
    int[] values = Shapes.broadcast(call.operand(1).shape(), call.operand(2).shape());
    return new Choice(call, condition, Shapes.broadcast(condition, values));
  }

  /** Choices between tensors of certain shapes. */
  private static final class Choice implements Prepared.Run {
    private final int[] shape;
    private final StridedCopy others;
    private final BroadcastRuns runs;

    /** Whether nothing is broadcast. */
    private final boolean isWhole;

    /**
     * @param condition the shape of the condition
     * @param shape of the result
     */
    Choice(OpCall call, int[] condition, int[] shape) {
      Tensor yes = call.operand(1);
      Tensor no = call.operand(2);
      Shapes.require(no.dtype() == yes.dtype(), "operands of %s and %s", yes.dtype(), no.dtype());
      this.shape = shape;
      int[] strides = Shapes.broadcastStrides(no.shape(), shape);
      others = StridedCopy.gathering(no.dtype(), strides, shape);
      runs = new BroadcastRuns(shape, condition, yes.shape());
      isWhole =
          Arrays.equals(condition, shape)
              && Arrays.equals(yes.shape(), shape)
              && Arrays.equals(no.shape(), shape);
    }

    @Override
    public void run(OpCall call) {
      byte[] held = call.operand(0).bytes();
      Tensor yes = call.operand(1);
      Tensor result = call.result(0, yes.dtype(), shape);
      if (isWhole && yes.dtype() == DType.INT32) {
        Selection.choose(held, yes.ints(), call.operand(2).ints(), result.ints(), runs.size());
        return;
      }
      if (isWhole && yes.dtype() == DType.INT64) {
        Selection.choose(held, yes.longs(), call.operand(2).longs(), result.longs(), runs.size());
        return;
      }
      others.run(call.operand(2), 0, result, 0);
      for (runs.begin(); runs.hasRun(); runs.next()) {
        if (runs.stepA() == 1) {
          choose(held, yes, result);
        } else if (held[runs.a()] != 0) {
          copy(yes, runs.b(), runs.stepB(), result, runs.at(), runs.count());
        }
      }
    }

    /** Where each element of a run has a condition of its own. */
    private void choose(byte[] held, Tensor yes, Tensor result) {
      int c = runs.a();
      int x = runs.b();
      int step = runs.stepB();
      int i = runs.at();
      int count = runs.count();
      switch (result.array()) {
        case float[] to when Tensor.lanes(yes.dtype()) == 1 ->
            Selection.choose(held, c, yes.floats(), x, step, to, i, count);
        case int[] to -> Selection.choose(held, c, yes.ints(), x, step, to, i, count);
        case long[] to -> Selection.choose(held, c, yes.longs(), x, step, to, i, count);
        default -> {
          for (int k = 0; k < count; k++) {
            if (held[c + k] != 0) {
              Elements.copy(yes, x + k * step, result, i + k, 1);
            }
          }
        }
      }
    }
  }

  private static void copy(Tensor from, int x, int stepX, Tensor to, int i, int count) {
    if (stepX == 1) {
      Elements.copy(from, x, to, i, count);
    } else {
      Elements.fill(to, i, count, from, x);
    }
  }

  private static void choose(byte[] held, int[] yes, int[] no, int[] to, int count) {
    for (int k = 0; k < count; k++) {
      int mask = (held[k] | -held[k]) >> 31;
      to[k] = (yes[k] & mask) | (no[k] & ~mask);
    }
  }

  private static void choose(byte[] held, long[] yes, long[] no, long[] to, int count) {
    for (int k = 0; k < count; k++) {
      long mask = (held[k] | -held[k]) >> 31;
      to[k] = (yes[k] & mask) | (no[k] & ~mask);
    }
  }

  /** By bits and not by a branch, which would be wrong half of the time on many a mask. */
  @SuppressWarnings("TooManyParameters")
  private static void choose(
      byte[] held, int c, float[] yes, int x, int step, float[] to, int i, int count) {
    for (int k = 0; k < count; k++) {
      int mask = (held[c + k] | -held[c + k]) >> 31;
      int chosen = Float.floatToRawIntBits(yes[x + k * step]) & mask;
      to[i + k] = Float.intBitsToFloat(chosen | (Float.floatToRawIntBits(to[i + k]) & ~mask));
    }
  }

  @SuppressWarnings("TooManyParameters")
  private static void choose(
      byte[] held, int c, int[] yes, int x, int step, int[] to, int i, int count) {
    for (int k = 0; k < count; k++) {
      int mask = (held[c + k] | -held[c + k]) >> 31;
      to[i + k] = (yes[x + k * step] & mask) | (to[i + k] & ~mask);
    }
  }

  @SuppressWarnings("TooManyParameters")
  private static void choose(
      byte[] held, int c, long[] yes, int x, int step, long[] to, int i, int count) {
    for (int k = 0; k < count; k++) {
      long mask = (held[c + k] | -held[c + k]) >> 31;
      to[i + k] = (yes[x + k * step] & mask) | (to[i + k] & ~mask);
    }
  }

  /** A row for each element that holds, as many columns as operand 0 has dimensions. */
  public static List<TensorType> whereShape(OpTypes op) {
    Shape shape = op.shape(0);
    return List.of(
        Shapes.plain(
            DType.INT64, Shape.of(Shape.UNKNOWN, shape.hasRank() ? shape.rank() : Shape.UNKNOWN)));
  }

  /** The indices of all elements that are true or not zero, in row-major order, as int64. */
  public static void where(OpCall call) {
    Tensor condition = call.operand(0);
    byte[] held = bools(condition);
    int count = 0;
    for (int i = 0; i < condition.size(); i++) {
      count += held[i];
    }
    int rank = condition.rank();
    long[] result = call.result(0, DType.INT64, count, rank).longs();
    if (rank == 0) {
      return;
    }
    int line = Math.max(condition.dim(-1), 1);
    int[] places = new int[line];
    long[] index = new long[rank];
    int at = 0;
    for (int i = 0; i < condition.size(); i += line) {
      int found = held(held, i, line, places);
      for (int k = 0; k < found; k++) {
        index[rank - 1] = places[k];
        System.arraycopy(index, 0, result, at, rank);
        at += rank;
      }
      for (int d = rank - 2; d >= 0 && ++index[d] == condition.dim(d); d--) {
        index[d] = 0;
      }
    }
  }

  /** 1 where an element is true or not zero, else 0. */
  private static byte[] bools(Tensor condition) {
    byte[] bools = new byte[condition.size()];
    if (condition.dtype() == DType.BOOL) {
      byte[] own = condition.bytes();
      for (int i = 0; i < bools.length; i++) {
        bools[i] = (byte) ((own[i] | -own[i]) >>> 31);
      }
      return bools;
    }
    for (int i = 0; i < bools.length; i++) {
      bools[i] = (byte) (isTrue(condition, i) ? 1 : 0);
    }
    return bools;
  }

  /**
   * The places of what holds among {@code count} elements; with no branch, which would be wrong
   * half of the time.
   *
   * @return how many there are
   */
  private static int held(byte[] held, int at, int count, int... places) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      places[found] = i;
      found += held[at + i];
    }
    return found;
  }

  private static boolean isTrue(Tensor tensor, int i) {
    return tensor.dtype().isComplex()
        ? !Complex.get(tensor, i).equals(Complex.ZERO)
        : tensor.getDouble(i) != 0;
  }
}
