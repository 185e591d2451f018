package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/** A function of each element of a kernel's result, and perhaps of another operand. */
sealed interface TailFunction {
  /**
   * The function for one call.
   *
   * @param shape of the result
   * @return empty if it would change the shape
   */
  Optional<Tail.Piece> on(OpCall call, int[] shape);

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
      Binary.Loop loop, int operand, boolean isFirst, FusedActivation activation, Engine engine)
      implements TailFunction {
    @Override
    public Optional<Tail.Piece> on(OpCall call, int[] shape) {
      Tensor other = call.operand(operand);
      if (Arrays.equals(other.shape(), shape)) {
        float[] values = other.floats();
        return Optional.of(
            bounded(
                isFirst
                    ? (out, at, count) -> loop.run(out, at, values, at, out, at, count)
                    : (out, at, count) -> loop.run(values, at, out, at, out, at, count)));
      }
      if (isOneEachRow(other, shape)) {
        return Optional.of(bounded(rows(other.floats(), shape[shape.length - 1])));
      }
      return Cycle.of(other, shape)
          .map(cycle -> bounded((out, at, count) -> cycle.run(loop, isFirst, out, out, at, count)));
    }

    /** Whether there is one element for all channels of a pixel, as a mean or a variance. */
    private static boolean isOneEachRow(Tensor other, int[] shape) {
      int[] rows = shape.clone();
      if (rows.length > 0) {
        rows[rows.length - 1] = 1;
      }
      return other.size() > 1 && Arrays.equals(other.shape(), rows);
    }

    private Tail.Piece rows(float[] values, int channels) {
      return (out, at, count) -> {
        float[] repeated = new float[Math.min(channels, count)];
        for (int i = at; i < at + count; ) {
          int run = Math.min(channels - i % channels, at + count - i);
          Arrays.fill(repeated, 0, run, values[i / channels]);
          if (isFirst) {
            loop.run(out, i, repeated, 0, out, i, run);
          } else {
            loop.run(repeated, 0, out, i, out, i, run);
          }
          i += run;
        }
      };
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
