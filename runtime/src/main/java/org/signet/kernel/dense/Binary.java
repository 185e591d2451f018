package org.signet.kernel.dense;

import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.BroadcastLoop;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of two elements, with broadcasting and a fused activation.
 *
 * @param settings of the provider
 * @param activation bounds the results
 * @param loop computes the function
 */
record Binary(Settings settings, FusedActivation activation, Combination.Loop loop)
    implements TailedAttempt {
  static BiFunction<Step, Settings, Attempt> of(Combination.Loop loop) {
    return (step, settings) -> new Binary(settings, FusedActivation.of(step.attributes()), loop);
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return tail.isEmpty() ? CombinedThenPointwise.of(this, following, next) : Optional.empty();
  }

  @Override
  public Optional<Routine> routine(OpCall call, Tail tail) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    return tail.on(call, shape).map(functions -> new Pieces(call, a, b, shape, functions));
  }

  /** All elements, some at a time. */
  private final class Pieces implements Routine {
    private final int[] shape;
    private final int unit;
    private final boolean isFirstWhole;

    /** The operand that is not as large as the result, if it is met in turn. */
    private final Optional<Cycle> other;

    private final Tail.Piece functions;
    private final Division division;
    private Tensor a;
    private Tensor b;
    private float[] whole = {};
    private float[] out = {};

    private Pieces(OpCall call, Tensor a, Tensor b, int[] shape, Tail.Piece functions) {
      this.a = a;
      this.b = b;
      this.shape = shape;
      this.functions = functions;
      int size = Shapes.product(shape, 0, shape.length);
      isFirstWhole = a.size() == size;
      int wholeSize = isFirstWhole ? a.size() : b.size();
      other = wholeSize == size ? Cycle.of(isFirstWhole ? b : a, shape) : Optional.empty();
      int outer = size == 0 ? 0 : other.isPresent() ? size : Outer.size(shape);
      unit = size == 0 ? 1 : size / outer;
      division =
          Division.of(call.workers(), size * Parts.ELEMENT, outer, (_, from, to) -> run(from, to));
    }

    @Override
    public void run(OpCall call) {
      functions.begin(call);
      a = call.operand(0);
      b = call.operand(1);
      whole = (isFirstWhole ? a : b).floats();
      if (other.isPresent()) {
        other.get().begin(isFirstWhole ? b : a);
      }
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }

    private void run(int from, int to) {
      for (int begin = from, end; begin < to; begin = end) {
        end = Math.min(to, begin + Math.max(1, PIECE / unit));
        int at = unit * begin;
        int count = unit * (end - begin);
        if (other.isPresent()) {
          other.get().run(loop, isFirstWhole, whole, out, at, count);
        } else {
          Outer left = Outer.of(a, shape, begin, end);
          Outer right = Outer.of(b, shape, begin, end);
          broadcast(left, right, shape, end - begin, out, at);
        }
        bound(out, at, count);
        functions.apply(out, at, count);
      }
    }
  }

  /** Bounds results. */
  void bound(float[] results, int at, int count) {
    if (!activation.isNone()) {
      settings.engine().bound(results, results, at, count, activation.min(), activation.max());
    }
  }

  /**
   * The part of an operand that a part of the result needs; the result is divided along its first
   * dimension that is not 1.
   *
   * @param at where the part begins
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Outer(float[] data, int at, int[] shape) {
    static int axis(int[] shape) {
      int axis = 0;
      while (axis < shape.length - 1 && shape[axis] == 1) {
        axis++;
      }
      return axis;
    }

    static int size(int[] result) {
      return result.length == 0 ? 1 : result[axis(result)];
    }

    static Outer of(Tensor operand, int[] result, int from, int to) {
      int[] shape = operand.shape();
      int axis = axis(result) - (result.length - shape.length);
      if (axis < 0 || shape.length == 0 || shape[axis] == 1) {
        return new Outer(operand.floats(), 0, shape);
      }
      int step = operand.size() / shape[axis];
      shape[axis] = to - from;
      return new Outer(operand.floats(), from * step, shape);
    }
  }

  private void broadcast(Outer a, Outer b, int[] result, int units, float[] out, int at) {
    int[] shape = result.clone();
    if (shape.length > 0) {
      shape[Outer.axis(shape)] = units;
    }
    RowRuns rows = new RowRuns(loop, a.data(), a.at(), b.data(), b.at(), out, at);
    BroadcastLoop.runs(shape, a.shape(), b.shape(), rows);
    rows.end();
  }
}
