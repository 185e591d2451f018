package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * AVERAGE_POOL_2D and MAX_POOL_2D on NHWC images; by plain loops if there are fewer channels than a
 * vector has lanes.
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
  public Optional<Routine> routine(OpCall call) {
    Tensor input = call.operand(0);
    if (input.rank() != 4 || settings.isSmall(input.size())) {
      return Optional.empty();
    }
    int kernelHeight = call.attributes().getInt("filter_height");
    int kernelWidth = call.attributes().getInt("filter_width");
    Images images = Images.of(call.attributes(), input.shape(), kernelHeight, kernelWidth);
    return Optional.of(new Lines(call, images, input.dim(0)));
  }

  private final class Lines implements Routine {
    private final Images images;
    private final int[] shape;
    private final int size;
    private final Division division;
    private final Line[] lines;
    private float[] from = {};
    private float[] out = {};

    private Lines(OpCall call, Images images, int batch) {
      this.images = images;
      int height = images.height().output();
      shape = new int[] {batch, height, images.width().output(), images.channels()};
      size = Shapes.product(shape, 0, shape.length);
      division =
          Division.of(
              call.workers(), (long) size * images.places() * COST, batch * height, this::pool);
      lines = new Line[division.parts()];
      Arrays.setAll(lines, _ -> new Line());
    }

    @Override
    public void run(OpCall call) {
      from = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
      if (!activation.isNone() && size > 0) {
        settings.engine().bound(out, out, 0, size, activation.min(), activation.max());
      }
    }

    private void pool(int part, int first, int end) {
      for (int y = first; y < end; y++) {
        lines[part].pool(y);
      }
    }

    /** A line of windows after the other, for one thread. */
    private final class Line implements WindowLines.Body {
      private final WindowLines windows = new WindowLines(images, 1);
      private int at;

      private void pool(int y) {
        int height = images.height().output();
        int line = images.width().input() * images.channels();
        at = y * images.width().output() * images.channels();
        windows
            .take(
                y % height,
                y % height + 1,
                y / height * images.inputSize(),
                images.height().input(),
                line)
            .forEach(images.channels(), this);
      }

      @Override
      public void at(int window, int count, int[] taps, int[] places, int inside) {
        int channels = images.channels();
        int step = images.width().stride() * channels;
        int to = at + window * channels;
        if (channels >= settings.engine().lanes()) {
          settings.engine().pool(max, from, step, count, taps, inside, channels, out, to);
          return;
        }
        for (int i = 0; i < count; i++) {
          PlainWindows.pool(max, from, i * step, taps, inside, channels, out, to + i * channels);
        }
      }
    }
  }
}
