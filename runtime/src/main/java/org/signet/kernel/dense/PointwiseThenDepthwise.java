package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.WindowAxis;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * CONV_2D of single pixels and the DEPTHWISE_CONV_2D of its result, a few lines at a time: what is
 * between them is often the largest tensor of a network, and so never leaves the caches.
 */
final class PointwiseThenDepthwise implements TailedAttempt {
  /** Elements between the steps, of an image, that fit into the second-level cache as they are. */
  private static final long NEAR = 1 << 17;

  /** Elements of the lines that are kept: 128 KB. */
  private static final int KEPT = 1 << 15;

  /** Lines for a thread at least, since it computes some that its neighbour computes, too. */
  private static final int LEAST_LINES = 14;

  /** Multiply-adds of a product that take as long as one of the depthwise convolution. */
  private static final int COST = 3;

  private final Settings settings;
  private final Multiplier.Maker multipliers;
  private final Finish between;
  private final Step depthwise;
  private final FusedActivation activation;
  private final int next;

  private PointwiseThenDepthwise(
      Settings settings, Multiplier.Maker multipliers, Finish between, Step depthwise, int next) {
    this.settings = settings;
    this.multipliers = multipliers;
    this.between = between;
    this.depthwise = depthwise;
    this.activation = FusedActivation.of(depthwise.attributes());
    this.next = next;
  }

  /**
   * Both steps as one, if the second is a depthwise convolution and that is worth it.
   *
   * @param multipliers of the first
   * @param between finishes the sums of the first
   * @param next position of the second filter
   */
  static Optional<Attempt> of(
      Settings settings,
      Multiplier.Maker multipliers,
      Finish between,
      Following following,
      int next) {
    Step step = following.step();
    boolean fits = Refusals.takesConvolution("DEPTHWISE_CONV_2D", following) && isLarge(step);
    return fits
        ? Optional.of(new PointwiseThenDepthwise(settings, multipliers, between, step, next))
        : Optional.empty();
  }

  private static boolean isLarge(Step step) {
    Shape pixels = step.operandTypes().getFirst().orElseThrow().shape();
    Shape windows = step.resultTypes().getFirst().shape();
    if (!pixels.hasRank() || pixels.rank() != 4 || !windows.hasRank() || windows.rank() != 4) {
      return false;
    }
    // Sizes that are not known count as negative.
    return windows.dim(1) >= 2 * LEAST_LINES
        && Math.min(pixels.dim(2), pixels.dim(3)) > 0
        && (long) pixels.dim(1) * pixels.dim(2) * pixels.dim(3) > NEAR;
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    int outputs = filter.dim(0);
    if (input.rank() != 4 || input.dim(3) != filter.dim(3) || !Operands.isBias(bias, outputs)) {
      return false;
    }
    int[] pixels = input.shape();
    int depth = pixels[3];
    pixels[3] = outputs;
    Optional<DepthwiseLines> lines =
        DepthwiseLines.of(
            call, settings, depthwise.attributes(), pixels, next, activation, tail, true);
    if (lines.isEmpty()) {
      return false;
    }
    long rows = (long) pixels[0] * pixels[1] * pixels[2];
    Right right = Right.columns(filter, outputs, depth);
    Multiplier multiplier = multipliers.make(call, right, bias, between, rows);
    long work = rows * outputs * depth + lines.get().products() * COST;
    run(call, input.floats(), depth, multiplier, lines.get(), pixels[0], work);
    return true;
  }

  private static void run(
      OpCall call,
      float[] input,
      int depth,
      Multiplier multiplier,
      DepthwiseLines lines,
      int batch,
      long work) {
    WindowAxis height = lines.images().height();
    int width = lines.images().width().input();
    int line = width * lines.images().channels();
    int extent = lines.images().lines(1);
    int fitting = (KEPT / line - extent) / height.stride() + 1;
    int band = Math.clamp(fitting, 1, height.output());
    int kept = lines.images().lines(band);
    Workers workers = call.workers();
    int parts = Parts.count(workers, work / batch, height.output() / LEAST_LINES);
    float[] room = call.workspace(Math.multiplyExact(parts, Math.multiplyExact(kept, line)));
    for (int i = 0; i < batch; i++) {
      int image = i;
      workers.run(
          parts,
          part -> {
            int at = part * kept * line;
            int end = Parts.begin(part + 1, parts, height.output());
            int known = 0;
            for (int y = Parts.begin(part, parts, height.output()); y < end; y += band) {
              int last = Math.min(y + band, end);
              int seen = y * height.stride() - height.before();
              int seenEnd = Math.min(seen + lines.images().lines(last - y), height.input());
              for (int from = Math.max(seen, known), to; from < seenEnd; from = to) {
                // The lines that are kept are a ring.
                to = Math.min(seenEnd, (from / kept + 1) * kept);
                int first = (image * height.input() + from) * width * depth;
                Left left = Left.matrix(input, first, depth);
                multiplier.multiply(left, (to - from) * width, room, at + from % kept * line);
              }
              known = Math.max(known, seenEnd);
              lines.write(room, image, y, last, pixelLine -> at + pixelLine % kept * line);
            }
          });
    }
  }
}
