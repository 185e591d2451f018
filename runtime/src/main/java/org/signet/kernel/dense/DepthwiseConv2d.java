package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Shapes;

/**
 * DEPTHWISE_CONV_2D on NHWC images with filters [1, H, W, channels · multiplier]. Each sum begins
 * with the bias and is one chain of multiply-adds over the window. Channels with several filters
 * are repeated, so that each filter has one.
 */
final class DepthwiseConv2d implements TailedAttempt {
  /** Multiply-adds of a product that take as long as one here. */
  private static final int COST = 3;

  private final FusedActivation activation;
  private final Settings settings;
  private final boolean hasMultiplier;

  DepthwiseConv2d(Step step, Settings settings) {
    hasMultiplier = Refusals.hasMultiplier(step);
    activation = FusedActivation.of(step.attributes());
    this.settings = settings;
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return tail.afterFinish().isEmpty() && !hasMultiplier
        ? DepthwiseThenPointwise.of(settings, activation, tail, following, next)
        : Optional.empty();
  }

  @Override
  public Optional<Routine> routine(OpCall call, Tail tail) {
    int[] input = call.operand(0).shape();
    int filters = call.operand(1).dim(-1);
    int multiplier = input.length == 4 && input[3] > 0 ? filters / input[3] : 1;
    if (multiplier > 1 && multiplier * input[3] == filters) {
      input[3] = filters;
    } else {
      multiplier = 1;
    }
    int repeats = multiplier;
    return DepthwiseLines.of(call, settings, call.attributes(), input, 1, activation, tail)
        .map(lines -> new Lines(call, lines, input, repeats));
  }

  private static final class Lines implements Routine {
    private final DepthwiseLines lines;
    private final Division division;
    private final WindowLines[] windows;

    /** How often each channel is repeated. */
    private final int repeats;

    private final int size;
    private final Division repetition;
    private float[] given = {};
    private float[] from = {};

    /**
     * @param input shape of the repeated pixels
     */
    private Lines(OpCall call, DepthwiseLines lines, int[] input, int repeats) {
      this.lines = lines;
      this.repeats = repeats;
      size = Shapes.product(input, 0, input.length);
      int elements = size / repeats;
      repetition =
          Division.of(
              call.workers(),
              size * Parts.ELEMENT,
              elements,
              (_, begin, end) -> repeat(given, begin, end, repeats, from));
      int all = input[0] * lines.images().height().output();
      division = Division.of(call.workers(), lines.products() * COST, all, this::write);
      windows = lines.windows(division.parts());
    }

    @Override
    public void run(OpCall call) {
      given = call.operand(0).floats();
      from = given;
      if (repeats > 1) {
        from = call.workspace(size);
        repetition.run(call.workers());
      }
      lines.beginResult(call);
      division.run(call.workers());
    }

    private static void repeat(float[] from, int begin, int end, int times, float[] to) {
      for (int i = begin, at = begin * times; i < end; i++) {
        float x = from[i];
        for (int k = 0; k < times; k++) {
          to[at++] = x;
        }
      }
    }

    private void write(int part, int begin, int end) {
      Images images = lines.images();
      int height = images.height().output();
      int line = images.width().input() * images.channels();
      for (int first = begin, last; first < end; first = last) {
        int image = first / height;
        int own = image * height;
        last = Math.min(end, own + height);
        lines.write(
            windows[part],
            from,
            image,
            first - own,
            last - own,
            image * images.inputSize(),
            images.height().input(),
            line);
      }
    }
  }
}
