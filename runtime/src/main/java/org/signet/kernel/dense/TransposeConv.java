package org.signet.kernel.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * TRANSPOSE_CONV on NHWC images with an OHWI filter, without groups: for each place in the window a
 * product of the input's pixels with that part of the filter, added to the pixels of the result
 * that the place falls on.
 */
final class TransposeConv implements Attempt {
  private final FusedActivation activation;
  private final Settings settings;
  private final Multiplier.Maker multipliers;

  TransposeConv(Step step, Settings settings) {
    this.settings = settings;
    activation = FusedActivation.of(step.attributes());
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
  }

  @Override
  public Optional<Routine> routine(OpCall call) {
    int[] shape = call.operand(0).toInts();
    Tensor filter = call.operand(1);
    Tensor input = call.operand(2);
    Optional<Tensor> bias = Operands.optional(call, 3);
    boolean fits =
        shape.length == 4
            && filter.rank() == 4
            && input.rank() == 4
            && shape[0] == input.dim(0)
            && shape[3] == filter.dim(0)
            && input.dim(3) == filter.dim(3)
            && filter.size() > 0
            && input.size() > 0
            && Operands.isBias(bias, shape[3]);
    if (!fits) {
      return Optional.empty();
    }
    Images images = Images.of(call.attributes(), shape, filter.dim(1), filter.dim(2));
    return Optional.of(each -> run(each, images, shape));
  }

  private void run(OpCall call, Images images, int[] shape) {
    Tensor filter = call.operand(1);
    Tensor input = call.operand(2);
    Tensor result = call.result(0, DType.FLOAT32, shape);
    float[] out = result.floats();
    Operands.fill(out, result.size(), Operands.optional(call, 3), shape[3]);
    List<Multiplier> taps = taps(call, filter, input.size() / input.dim(3));
    float[] line = call.workspace(input.dim(2) * shape[3]);
    for (int y = 0; y < input.dim(0) * input.dim(1); y++) {
      for (int tap = 0; tap < taps.size(); tap++) {
        spreadLine(input, y, images, tap, taps.get(tap), line, out);
      }
    }
    if (!activation.isNone()) {
      settings.engine().bound(out, out, 0, result.size(), activation.min(), activation.max());
    }
  }

  /** A multiplier for each place in the window. */
  private List<Multiplier> taps(OpCall call, Tensor filter, int pixels) {
    int depth = filter.dim(3);
    int places = filter.dim(1) * filter.dim(2);
    List<Multiplier> taps = new ArrayList<>();
    for (int tap = 0; tap < places; tap++) {
      Right part = new Right(filter, tap * depth, filter.dim(0), depth, places * depth, 1);
      taps.add(multipliers.make(call, part, Optional.empty(), Finish.NONE, pixels));
    }
    return taps;
  }

  /** Adds what line {@code y}, counted over all images, gives for one place in the window. */
  private static void spreadLine(
      Tensor input,
      int y,
      Images images,
      int tap,
      Multiplier multiplier,
      float[] line,
      float[] out) {
    WindowAxis height = images.height();
    WindowAxis width = images.width();
    int channels = images.channels();
    int image = y / input.dim(1);
    int row = height.position(y % input.dim(1), tap / width.kernel());
    if (row < 0 || row >= height.input()) {
      return;
    }
    int pixels = input.dim(2);
    int depth = input.dim(3);
    int from = y * pixels * depth;
    multiplier.multiply(input.floats(), from, Left.matrix(depth), pixels, line, 0);
    int start = (image * height.input() + row) * width.input();
    for (int x = 0; x < pixels; x++) {
      int column = width.position(x, tap % width.kernel());
      if (column >= 0 && column < width.input()) {
        int at = (start + column) * channels;
        PlainLoops.add(out, at, line, x * channels, out, at, channels);
      }
    }
  }
}
