package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * DEPTHWISE_CONV_2D and the CONV_2D of single pixels of its result, some lines at a time: what is
 * between them stays in the caches, and threads need not wait for each other there.
 */
final class DepthwiseThenPointwise implements TailedAttempt {
  /** Elements of the lines between: 32 KB. */
  private static final int BETWEEN = 1 << 13;

  /** Lines that can be divided among threads evenly enough. */
  private static final int LEAST_LINES = 24;

  /** Multiply-adds of a product that take as long as one of the depthwise convolution. */
  private static final int COST = 3;

  /** Position of the depthwise convolution's filter. */
  private static final int FILTER = 1;

  private final Settings settings;
  private final FusedActivation firstActivation;
  private final Tail between;
  private final Multiplier.Maker multipliers;
  private final FusedActivation activation;
  private final int next;

  private DepthwiseThenPointwise(
      Settings settings,
      FusedActivation firstActivation,
      Tail between,
      Step convolution,
      int next) {
    this.settings = settings;
    this.firstActivation = firstActivation;
    this.between = between;
    this.multipliers = new Multiplier.Maker(settings, convolution.constants().get(1));
    this.activation = FusedActivation.of(convolution.attributes());
    this.next = next;
  }

  /**
   * Both steps as one, if the second is such a convolution, and there are many lines.
   *
   * @param between functions that engines finish the first step's sums by
   * @param next position of the second filter
   */
  static Optional<Attempt> of(
      Settings settings,
      FusedActivation firstActivation,
      Tail between,
      Following following,
      int next) {
    Step step = following.step();
    return Refusals.takesConvolution("CONV_2D", following)
            && Conv2d.isPointwise(step)
            && hasManyLines(step)
        ? Optional.of(new DepthwiseThenPointwise(settings, firstActivation, between, step, next))
        : Optional.empty();
  }

  private static boolean hasManyLines(Step step) {
    Shape pixels = step.operandTypes().getFirst().orElseThrow().shape();
    return pixels.hasRank() && pixels.rank() == 4 && pixels.dim(1) >= LEAST_LINES;
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(next);
    int outputs = filter.dim(0);
    Optional<DepthwiseLines> found =
        DepthwiseLines.of(
            call,
            settings,
            call.attributes(),
            input.shape(),
            FILTER,
            firstActivation,
            between,
            false);
    Optional<Tensor> bias = Operands.optional(call, next + 1);
    boolean fits =
        found.isPresent()
            && found.get().images().channels() == filter.dim(3)
            && filter.size() > 0
            && Operands.isBias(bias, outputs);
    if (!fits) {
      return false;
    }
    DepthwiseLines lines = found.get();
    Images images = lines.images();
    int[] shape = {input.dim(0), images.height().output(), images.width().output(), outputs};
    Tail rest = tail.afterFinish();
    Optional<Tail.Piece> piece = rest.on(call, shape);
    if (piece.isEmpty()) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    long rows = (long) input.dim(0) * images.outputs();
    Right right = Right.columns(filter, outputs, images.channels());
    Multiplier multiplier =
        multipliers
            .make(call, right, bias, tail.finish(activation), rows)
            .followedBy(rest, piece.get());
    long work = lines.products() * COST + rows * outputs * images.channels();
    run(call, input, lines, multiplier, outputs, work, result.floats());
    return true;
  }

  private static void run(
      OpCall call,
      Tensor input,
      DepthwiseLines lines,
      Multiplier multiplier,
      int outputs,
      long work,
      float[] out) {
    Images images = lines.images();
    int height = images.height().output();
    int width = images.width().output();
    int inputLine = images.width().input() * images.channels();
    int all = input.dim(0) * height;
    int band = Math.clamp(BETWEEN / Math.max(1, lines.lineSize()), 1, height);
    int size = Math.multiplyExact(band, lines.lineSize());
    Workers workers = call.workers();
    int parts = Parts.count(workers, work, all);
    float[] room = call.workspace(Math.multiplyExact(parts, size));
    workers.run(
        parts,
        part -> {
          int at = part * size;
          Left left = Left.matrix(room, at, images.channels());
          int last = Parts.begin(part + 1, parts, all);
          for (int y = Parts.begin(part, parts, all), end; y < last; y = end) {
            int image = y / height;
            int begin = image * images.height().input();
            int first = y - image * height;
            end = Math.min(Math.min(last, y + band), (image + 1) * height);
            WindowLines windows =
                WindowLines.of(
                    images, first, first + end - y, pixelLine -> (begin + pixelLine) * inputLine);
            lines.write(input.floats(), windows, room, at);
            multiplier.multiply(left, (end - y) * width, out, y * width * outputs);
          }
        });
  }
}
