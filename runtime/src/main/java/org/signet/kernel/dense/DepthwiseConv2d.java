package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * DEPTHWISE_CONV_2D on NHWC images with one filter [1, H, W, channels] a channel. Each sum begins
 * with the bias and is one chain of multiply-adds over the window.
 */
final class DepthwiseConv2d implements TailedAttempt {
  /** Multiply-adds of a product that take as long as one here. */
  private static final int COST = 3;

  /** Multiply-adds of a call of the engine: native code must not last long. */
  private static final long PRODUCTS = 1 << 23;

  private final FusedActivation activation;
  private final long plainBelow;
  private final Engine engine;

  DepthwiseConv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    plainBelow = settings.plainBelow();
    engine = settings.engine();
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    boolean fits =
        input.rank() == 4
            && filter.rank() == 4
            && filter.dim(0) == 1
            && input.dim(3) == filter.dim(3)
            && filter.size() > 0
            && Operands.isBias(bias, filter.dim(3));
    if (!fits) {
      return false;
    }
    Images images = Images.of(call.attributes(), input.shape(), filter.dim(1), filter.dim(2));
    int channels = images.channels();
    int[] shape = {input.dim(0), images.height().output(), images.width().output(), channels};
    Finish finish = tail.finish(activation);
    Tail rest = tail.afterFinish();
    Optional<Tail.Piece> piece = rest.on(call, shape);
    if (piece.isEmpty()) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    if (result.size() == 0) {
      return true;
    }
    long products = (long) result.size() * filter.dim(1) * filter.dim(2);
    boolean plain =
        channels < engine.lanes() || products < plainBelow || images.places() > Engine.MOST_PLACES;
    float[] weights = filter.floats();
    float[] start = bias.map(Tensor::floats).orElseGet(() -> new float[channels]);
    int height = images.height().output();
    int lineSize = images.width().output() * channels;
    int line = images.width().input() * channels;
    long lines = rest.isEmpty() ? PRODUCTS / ((long) lineSize * images.places()) : PIECE / lineSize;
    int most = (int) Math.max(1, lines);
    Parts.forEach(
        call.workers(),
        products * COST,
        input.dim(0) * height,
        (from, to) -> {
          for (int first = from, end; first < to; first = end) {
            int image = first / height;
            end = Math.min(Math.min(to, first + most), (image + 1) * height);
            WindowLines windows =
                WindowLines.of(
                    images,
                    first % height,
                    end - image * height,
                    y -> (image * images.height().input() + y) * line);
            int at = first * lineSize;
            run(plain, input.floats(), windows, weights, start, finish, result.floats(), at);
            piece.get().apply(result.floats(), at, (end - first) * lineSize);
          }
        });
    return true;
  }

  private void run(
      boolean plain,
      float[] from,
      WindowLines windows,
      float[] weights,
      float[] start,
      Finish finish,
      float[] out,
      int at) {
    int channels = start.length;
    if (plain) {
      PlainWindows.depthwise(from, windows, weights, start, channels, finish.bounds(), out, at);
      int count = windows.count() * windows.outputWidth() * channels;
      finish.applyFunction(engine, out, at, count);
    } else {
      engine.depthwise(from, windows, weights, start, channels, finish, out, at);
    }
  }
}
