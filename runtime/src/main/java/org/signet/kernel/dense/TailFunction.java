package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;

/** A function of each element of a kernel's result, and perhaps of another operand. */
sealed interface TailFunction {
  /**
   * The function for one call.
   *
   * @param shape of the result
   * @return empty if it would change the shape
   */
  Optional<Tail.Piece> on(OpCall call, int[] shape);

  /** The function, if an engine finishes sums by it; else none. */
  default Finish.Function finish() {
    return Finish.Function.NONE;
  }

  /** A function of one element. */
  record One(Unary.Loop loop) implements TailFunction {
    @Override
    public Optional<Tail.Piece> on(OpCall call, int[] shape) {
      return Optional.of((out, at, count) -> loop.run(out, out, at, count));
    }
  }

  /**
   * The element times its logistic.
   *
   * @param engine computes
   */
  record Swish(Engine engine) implements TailFunction {
    @Override
    public Finish.Function finish() {
      return Finish.Function.SWISH;
    }

    @Override
    public Optional<Tail.Piece> on(OpCall call, int[] shape) {
      return Optional.of((out, at, count) -> engine.swish(out, out, at, count));
    }
  }

  /**
   * A function of the element and one of an operand.
   *
   * @param loop computes it
   * @param operand the operand's position
   * @param isFirst whether the element comes first
   * @param activation bounds the results
   * @param engine bounds them
   */
  record Two(
      Combination.Loop loop,
      int operand,
      boolean isFirst,
      FusedActivation activation,
      Engine engine)
      implements TailFunction {
    @Override
    public Optional<Tail.Piece> on(OpCall call, int[] shape) {
      return Cycle.of(call.operand(operand), shape)
          .map(cycle -> bounded((out, at, count) -> cycle.run(loop, isFirst, out, out, at, count)));
    }

    private Tail.Piece bounded(Tail.Piece piece) {
      return activation.isNone()
          ? piece
          : (out, at, count) -> {
            piece.apply(out, at, count);
            engine.bound(out, out, at, count, activation.min(), activation.max());
          };
    }
  }
}
