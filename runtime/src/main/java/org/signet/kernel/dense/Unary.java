package org.signet.kernel.dense;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.signet.kernel.Step;
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

  static BiFunction<Step, Settings, Attempt> bounded(float min, float max) {
    return by(engine -> (from, to, count) -> engine.bound(from, to, count, min, max));
  }

  /** A loop of the engine. */
  static BiFunction<Step, Settings, Attempt> by(Function<Engine, Loop> loop) {
    return (step, settings) -> new Unary(settings, loop.apply(settings.engine()));
  }

  static Attempt leakyRelu(Step step, Settings settings) {
    float slope = step.attributes().getFloat("alpha");
    Engine engine = settings.engine();
    return new Unary(settings, (from, to, count) -> engine.leakyRelu(from, to, count, slope));
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
