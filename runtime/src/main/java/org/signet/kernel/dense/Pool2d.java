package org.signet.kernel.dense;

import java.util.function.BiFunction;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D on NHWC images with at least as many channels as a vector has
 * lanes.
 *
 * @param settings of the provider
 * @param activation bounds the results
 * @param max whether the largest is taken
 */
record Pool2d(Settings settings, FusedActivation activation, boolean max) implements Attempt {
  /** Multiply-adds of a product that take as long as a pixel of a window. */
  private static final int COST = 3;

  static BiFunction<Step, Settings, Attempt> of(boolean max) {
    return (step, settings) -> new Pool2d(settings, FusedActivation.of(step.attributes()), max);
  }

  @Override
  public boolean run(OpCall call) {
    Tensor input = call.operand(0);
    if (input.rank() != 4
        || input.dim(3) < settings.engine().lanes()
        || settings.isSmall(input.size())) {
      return false;
    }
    int kernelHeight = call.attributes().getInt("filter_height");
    int kernelWidth = call.attributes().getInt("filter_width");
    Images images = Images.of(call.attributes(), input.shape(), kernelHeight, kernelWidth);
    int channels = images.channels();
    Tensor result =
        call.result(
            0,
            DType.FLOAT32,
            input.dim(0),
            images.height().output(),
            images.width().output(),
            channels);
    float[] from = input.floats();
    float[] out = result.floats();
    int step = images.width().stride() * channels;
    int height = images.height().output();
    int line = images.width().input() * channels;
    Parts.forEach(
        call.workers(),
        (long) result.size() * images.places() * COST,
        input.dim(0) * height,
        (first, end) -> {
          for (int y = first; y < end; y++) {
            int image = y / height;
            int at = y * images.width().output() * channels;
            WindowLines lines =
                WindowLines.of(
                    images,
                    y % height,
                    y % height + 1,
                    i -> (image * images.height().input() + i) * line);
            lines.forEach(
                channels,
                (window, windows, taps, places, count) ->
                    settings
                        .engine()
                        .pool(
                            max,
                            from,
                            step,
                            windows,
                            taps,
                            count,
                            channels,
                            out,
                            at + window * channels));
          }
        });
    if (!activation.isNone() && result.size() > 0) {
      settings.engine().bound(out, out, 0, result.size(), activation.min(), activation.max());
    }
    return true;
  }
}
