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
final class DepthwiseConv2d implements Attempt {
  private final FusedActivation activation;
  private final long plainBelow;
  private final Engine engine;

  DepthwiseConv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    plainBelow = settings.plainBelow();
    engine = settings.engine();
  }

  @Override
  public boolean run(OpCall call) {
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
    Tensor result =
        call.result(
            0,
            DType.FLOAT32,
            input.dim(0),
            images.height().output(),
            images.width().output(),
            channels);
    long products = (long) result.size() * filter.dim(1) * filter.dim(2);
    boolean plain = channels < engine.lanes() || products < plainBelow;
    float[] from = input.floats();
    float[] weights = filter.floats();
    float[] start = bias.map(Tensor::floats).orElseGet(() -> new float[channels]);
    float[] out = result.floats();
    int step = images.width().stride() * channels;
    WindowRuns.forEach(
        images,
        input.dim(0),
        call.workers(),
        (output, windows, taps, places, count) -> {
          int at = output * channels;
          if (plain) {
            plain(from, step, windows, taps, places, count, weights, start, channels, out, at);
          } else {
            engine.depthwise(
                from,
                step,
                windows,
                taps,
                places,
                count,
                weights,
                start,
                channels,
                activation,
                out,
                at);
          }
        });
    return true;
  }

  private void plain(
      float[] from,
      int step,
      int windows,
      int[] taps,
      int[] places,
      int count,
      float[] weights,
      float[] start,
      int channels,
      float[] out,
      int at) {
    float min = activation.min();
    float max = activation.max();
    for (int i = 0; i < windows; i++) {
      PlainWindows.depthwise(
          from,
          i * step,
          taps,
          places,
          count,
          weights,
          start,
          channels,
          min,
          max,
          out,
          at + i * channels);
    }
  }
}
