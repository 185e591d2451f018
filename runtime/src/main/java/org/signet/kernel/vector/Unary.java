package org.signet.kernel.vector;

import java.util.function.BiFunction;
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
record Unary(Settings settings, VectorLoops.Loop loop) implements Attempt {
  static BiFunction<Step, Settings, Attempt> of(VectorLoops.Loop loop) {
    return (step, settings) -> new Unary(settings, loop);
  }

  static BiFunction<Step, Settings, Attempt> bounded(float min, float max) {
    return of((from, to, count) -> VectorLoops.bound(from, to, count, min, max));
  }

  static Attempt leakyRelu(Step step, Settings settings) {
    float slope = step.attributes().getFloat("alpha");
    return new Unary(settings, (from, to, count) -> VectorLoops.leakyRelu(from, to, count, slope));
  }

  static Attempt gelu(Step step, Settings settings) {
    boolean byTanh = step.attributes().getBoolean("approximate", false);
    return new Unary(settings, byTanh ? VectorLoops::geluByTanh : VectorLoops::gelu);
  }

  @Override
  public boolean run(OpCall call) {
    Tensor x = call.operand(0);
    if (settings.isSmall(x.size())) {
      return false;
    }
    float[] out = call.result(0, DType.FLOAT32, x.shape()).floats();
    VectorLoops.run(loop, x.floats(), out, x.size());
    return true;
  }
}
