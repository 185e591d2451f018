package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * CONV_2D on NHWC images with an OHWI filter, without groups: a product of the windows, read where
 * they are, with the filter. If windows reach beyond the image, it is copied, some lines at a time,
 * with zeros around it.
 */
final class Conv2d implements Attempt {
  /** Floats of copied lines: 256 KB, to stay in the second-level cache. */
  private static final int COPIED = 1 << 16;

  /** Floats that a line of windows may see: 256 MB; a large dilation could ask for any number. */
  private static final long MOST_SEEN = 1 << 26;

  private final FusedActivation activation;
  private final Multiplier.Maker multipliers;
  private final Scratch scratch = new Scratch();

  Conv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public boolean run(OpCall call) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    boolean fits =
        input.rank() == 4
            && filter.rank() == 4
            && input.dim(3) == filter.dim(3)
            && filter.size() > 0
            && Operands.isBias(bias, filter.dim(0));
    if (!fits) {
      return false;
    }
    Images images = Images.of(call.attributes(), input.shape(), filter.dim(1), filter.dim(2));
    if (!images.seesAtMost(MOST_SEEN)) {
      return false;
    }
    int batch = input.dim(0);
    int outputs = filter.dim(0);
    Tensor result =
        call.result(
            0, DType.FLOAT32, batch, images.height().output(), images.width().output(), outputs);
    if (result.size() == 0) {
      return true;
    }
    Right right = Right.columns(filter.floats(), outputs, filter.size() / outputs);
    long rows = (long) batch * images.outputs();
    try (Multiplier multiplier = multipliers.make(right, bias, activation, rows)) {
      for (int image = 0; image < batch; image++) {
        int from = image * images.inputSize();
        int at = image * images.outputs() * outputs;
        if (images.isPadded()) {
          convolvePadded(images, input.floats(), from, multiplier, outputs, result.floats(), at);
        } else {
          int line = images.width().input() * images.channels();
          multiplier.multiply(
              left(images, input.floats(), from, line), images.outputs(), result.floats(), at);
        }
      }
    }
    return true;
  }

  private static Left left(Images images, float[] data, int from, int line) {
    return new Left(
        data,
        from,
        images.width().output(),
        images.height().stride() * line,
        images.width().stride() * images.channels(),
        images.taps(line),
        images.tapDepth());
  }

  private void convolvePadded(
      Images images,
      float[] input,
      int from,
      Multiplier multiplier,
      int outputs,
      float[] out,
      int at) {
    int line = images.paddedLine();
    int height = images.height().output();
    int fitting = (COPIED / line - images.lines(1)) / images.height().stride() + 1;
    int band = Math.clamp(fitting, 1, height);
    float[] copy = scratch.take(Math.multiplyExact(images.lines(band), line));
    Left left = left(images, copy, 0, line);
    int rowSize = images.width().output() * outputs;
    for (int y = 0; y < height; y += band) {
      int lines = Math.min(band, height - y);
      images.copyPadded(input, from, y, lines, copy);
      multiplier.multiply(left, lines * images.width().output(), out, at + y * rowSize);
    }
    scratch.giveBack(copy);
  }
}
