package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/**
 * DEPTHWISE_CONV_2D on NHWC images with one filter [1, H, W, channels] a channel. Each sum begins
 * with the bias and is one chain of multiply-adds over the window.
 */
final class DepthwiseConv2d implements TailedAttempt {
  /** Multiply-adds of a product that take as long as one here. */
  private static final int COST = 3;

  private final FusedActivation activation;
  private final Settings settings;

  DepthwiseConv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    this.settings = settings;
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return tail.afterFinish().isEmpty()
        ? DepthwiseThenPointwise.of(settings, activation, tail, following, next)
        : Optional.empty();
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Optional<DepthwiseLines> found =
        DepthwiseLines.of(
            call, settings, call.attributes(), input.shape(), 1, activation, tail, true);
    if (found.isEmpty()) {
      return false;
    }
    DepthwiseLines lines = found.get();
    Images images = lines.images();
    int height = images.height().output();
    int line = images.width().input() * images.channels();
    Parts.forEach(
        call.workers(),
        lines.products() * COST,
        input.dim(0) * height,
        (from, to) -> {
          for (int first = from, end; first < to; first = end) {
            int image = first / height;
            int begin = image * images.height().input();
            end = Math.min(to, (image + 1) * height);
            lines.write(
                input.floats(),
                image,
                first - image * height,
                end - image * height,
                y -> (begin + y) * line);
          }
        });
    return true;
  }
}
