package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.function.BiFunction;
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
record Binary(Settings settings, FusedActivation activation, Loop loop) implements Attempt {
  /**
   * An element that is broadcast is repeated as often, for loops that step through both operands.
   */
  private static final int REPEATED = 512;

  /** Computes a function of {@code count} elements of either array into a third. */
  @FunctionalInterface
  interface Loop {
    void run(float[] a, int x, float[] b, int y, float[] out, int i, int count);
  }

  static BiFunction<Step, Settings, Attempt> of(Loop loop) {
    return (step, settings) -> new Binary(settings, FusedActivation.of(step.attributes()), loop);
  }

  @Override
  public boolean run(OpCall call) {
    Tensor a = call.operand(0);
    Tensor b = call.operand(1);
    int[] shape = Shapes.broadcast(a.shape(), b.shape());
    if (settings.isSmall(Shapes.product(shape, 0, shape.length))) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    float[] out = result.floats();
    if (a.size() == result.size() && b.size() == result.size()) {
      loop.run(a.floats(), 0, b.floats(), 0, out, 0, result.size());
    } else {
      broadcast(a, b, shape, out);
    }
    if (!activation.isNone()) {
      settings.engine().bound(out, out, result.size(), activation.min(), activation.max());
    }
    return true;
  }

  private void broadcast(Tensor a, Tensor b, int[] shape, float[] out) {
    float[] left = a.floats();
    float[] right = b.floats();
    float[] repeated = new float[REPEATED];
    BroadcastLoop.runs(
        shape,
        a.shape(),
        b.shape(),
        (i, x, stepX, y, stepY, count) -> {
          if (stepX == 1 && stepY == 1) {
            loop.run(left, x, right, y, out, i, count);
          } else if (stepX == 1) {
            Arrays.fill(repeated, 0, Math.min(count, REPEATED), right[y]);
            for (int k = 0; k < count; k += REPEATED) {
              loop.run(left, x + k, repeated, 0, out, i + k, Math.min(REPEATED, count - k));
            }
          } else if (stepY == 1) {
            Arrays.fill(repeated, 0, Math.min(count, REPEATED), left[x]);
            for (int k = 0; k < count; k += REPEATED) {
              loop.run(repeated, 0, right, y + k, out, i + k, Math.min(REPEATED, count - k));
            }
          } else {
            loop.run(left, x, right, y, out, i, 1);
            Arrays.fill(out, i + 1, i + count, out[i]);
          }
        });
  }
}
