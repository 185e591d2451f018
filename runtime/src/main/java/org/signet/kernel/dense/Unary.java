package org.signet.kernel.dense;

import java.util.Optional;
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
record Unary(Settings settings, Loop loop) implements TailedAttempt {
  /** Computes a function of {@code count} elements from {@code at} on. */
  @FunctionalInterface
  interface Loop {
    void run(float[] from, float[] to, int at, int count);
  }

  static BiFunction<Step, Settings, Attempt> of(Loop loop) {
    return (step, settings) -> new Unary(settings, loop);
  }

  static BiFunction<Step, Settings, Attempt> bounded(float min, float max) {
    return by(engine -> (from, to, at, count) -> engine.bound(from, to, at, count, min, max));
  }

  /** A loop of the engine. */
  static BiFunction<Step, Settings, Attempt> by(Function<Engine, Loop> loop) {
    return (step, settings) -> new Unary(settings, loop.apply(settings.engine()));
  }

  static Attempt leakyRelu(Step step, Settings settings) {
    float slope = step.attributes().getFloat("alpha");
    Engine engine = settings.engine();
    return new Unary(
        settings, (from, to, at, count) -> engine.leakyRelu(from, to, at, count, slope));
  }

  static Attempt gelu(Step step, Settings settings) {
    Engine engine = settings.engine();
    return new Unary(settings, isByTanh(step) ? engine::geluByTanh : engine::gelu);
  }

  /** Whether a GELU is the one that is approximated by tanh. */
  static boolean isByTanh(Step step) {
    return step.attributes().getBoolean("approximate", false);
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor x = call.operand(0);
    if (tail.isEmpty() && settings.isSmall(x.size())) {
      return false;
    }
    Optional<Tail.Piece> piece = tail.on(call, x.shape());
    if (piece.isEmpty()) {
      return false;
    }
    float[] out = call.result(0, DType.FLOAT32, x.shape()).floats();
    float[] from = x.floats();
    Parts.forEach(
        call.workers(),
        x.size() * Parts.ELEMENT,
        Math.ceilDiv(x.size(), PIECE),
        (first, end) -> {
          for (int i = first; i < end; i++) {
            int count = Math.min(PIECE, x.size() - i * PIECE);
            loop.run(from, out, i * PIECE, count);
            piece.get().apply(out, i * PIECE, count);
          }
        });
    return true;
  }
}
