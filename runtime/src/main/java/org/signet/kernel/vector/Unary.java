package org.signet.kernel.vector;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.signet.kernel.Step;
import org.signet.kernel.vector.Settings.Pieces;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of each element.
 *
 * @param settings of the provider
 * @param loop computes it
 */
record Unary(Settings settings, Loop loop) implements Attempt {
  /** Computes a function of the first {@code count} elements. */
  @FunctionalInterface
  interface Loop {
    void run(float[] from, float[] to, int count);
  }

  static BiFunction<Step, Settings, Attempt> of(Loop loop) {
    return (step, settings) -> new Unary(settings, loop);
  }

  static BiFunction<Step, Settings, Attempt> of(Function<Pieces, Elementwise> function) {
    return (step, settings) -> new Unary(settings, function.apply(settings.patience())::run);
  }

  static BiFunction<Step, Settings, Attempt> bounded(float min, float max) {
    return of(patience -> Elementwise.bound(patience, min, max));
  }

  static Attempt leakyRelu(Step step, Settings settings) {
    float slope = step.attributes().getFloat("alpha");
    return new Unary(settings, Elementwise.leakyRelu(settings.patience(), slope)::run);
  }

  static Attempt gelu(Step step, Settings settings) {
    boolean byTanh = step.attributes().getBoolean("approximate", false);
    return new Unary(settings, byTanh ? PlainLoops::geluByTanh : PlainLoops::gelu);
  }

  @Override
  public boolean run(OpCall call) {
    Tensor x = call.operand(0);
    if (settings.isSmall(x.size())) {
      return false;
    }
    float[] out = call.result(0, DType.FLOAT32, x.shape()).floats();
    loop.run(x.floats(), out, x.size());
    return true;
  }
}
