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
 * CONV_2D on NHWC images with an OHWI filter: a product of the windows, read where they are, with
 * the filter; one for each group of channels. If windows reach beyond the image, it is copied, some
 * lines at a time, with zeros around it.
 */
final class Conv2d implements TailedAttempt {
  /** Floats of copied lines: 256 KB, to stay in the second-level cache. */
  private static final int COPIED = 1 << 16;

  /** Floats that a line of windows may see: 256 MB; a large dilation could ask for any number. */
  private static final long MOST_SEEN = 1 << 26;

  /** Lines of windows for a thread at least, since it copies what they see of others' lines. */
  private static final int MIN_LINES = 4;

  private final FusedActivation activation;
  private final Multiplier.Maker multipliers;
  private final boolean isFilterConstant;
  private final boolean isPointwise;
  private final Settings settings;
  private final Optional<Runnable> preparation;

  Conv2d(Step step, Settings settings) {
    activation = FusedActivation.of(step.attributes());
    isFilterConstant = step.constants().get(1).isPresent();
    isPointwise = isPointwise(step);
    this.settings = settings;
    multipliers = new Multiplier.Maker(settings, step.constants().get(1));
    preparation =
        step.constants()
            .get(1)
            .filter(filter -> filter.rank() == 4 && filter.size() >= Multiplier.LARGE)
            .map(filter -> () -> prepare(step, filter));
  }

  /** Packs the filter, unless there may be groups of channels, which divide it. */
  private void prepare(Step step, Tensor filter) {
    Shape pixels = step.operandTypes().getFirst().orElseThrow().shape();
    if (pixels.hasRank() && pixels.rank() == 4 && pixels.dim(3) == filter.dim(3)) {
      Right right = Right.columns(filter, filter.dim(0), filter.size() / filter.dim(0));
      multipliers.preparation(right).ifPresent(Runnable::run);
    }
  }

  @Override
  public Optional<Runnable> preparation() {
    return preparation;
  }

  /** Whether windows are single pixels that follow each other. */
  static boolean isPointwise(Step step) {
    Optional<Tensor> filter = step.constants().get(1);
    return filter.isPresent()
        && filter.get().rank() == 4
        && filter.get().dim(1) == 1
        && filter.get().dim(2) == 1
        && step.attributes().getInt("stride_h", 1) == 1
        && step.attributes().getInt("stride_w", 1) == 1;
  }

  @Override
  public Optional<Attempt> with(Tail tail, Following following, int next) {
    return isPointwise && tail.afterFinish().isEmpty()
        ? PointwiseThenDepthwise.of(settings, multipliers, tail.finish(activation), following, next)
        : Optional.empty();
  }

  @Override
  public boolean run(OpCall call, Tail tail) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    Optional<Tensor> bias = Operands.optional(call, 2);
    boolean fits =
        input.rank() == 4
            && filter.rank() == 4
            && filter.size() > 0
            && input.dim(3) % filter.dim(3) == 0
            && filter.dim(0) % (input.dim(3) / filter.dim(3)) == 0
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
    int[] shape = {batch, images.height().output(), images.width().output(), outputs};
    Optional<Tail.Piece> piece = tail.on(call, shape);
    if (piece.isEmpty()) {
      return false;
    }
    Tensor result = call.result(0, DType.FLOAT32, shape);
    if (result.size() == 0) {
      return true;
    }
    int groups = input.dim(3) / filter.dim(3);
    if (isFilterConstant
        && groups == 1
        && WinogradConv2d.fits(images, outputs, settings.engine())) {
      WinogradConv2d winograd =
          new WinogradConv2d(settings, call.workers(), images, filter, outputs, bias, activation);
      for (int image = 0; image < batch; image++) {
        int at = image * images.outputs() * outputs;
        int from = image * images.inputSize();
        winograd.convolve(call, input.floats(), from, piece.get(), result.floats(), at);
      }
      return true;
    }
    Right right = Right.columns(filter, outputs, filter.size() / outputs);
    long rows = (long) batch * images.outputs();
    Tail rest = tail.afterFinish();
    GroupedProduct product =
        GroupedProduct.of(
            groups,
            filter.dim(3),
            right,
            bias,
            (part, partBias) ->
                multipliers
                    .make(call, part, partBias, tail.finish(activation), rows)
                    .followedBy(rest, rest.on(call, shape).orElseThrow()));
    for (int image = 0; image < batch; image++) {
      int from = image * images.inputSize();
      int at = image * images.outputs() * outputs;
      if (images.isPadded()) {
        convolvePadded(call, images, input.floats(), from, product, outputs, result.floats(), at);
      } else {
        int line = images.width().input() * images.channels();
        Left left = left(images, input.floats(), from, line, product.depth());
        product.multiply(call.workers(), left, images.outputs(), result.floats(), at);
      }
    }
    return true;
  }

  private static Left left(Images images, float[] data, int from, int line, int depth) {
    return new Left(
        data,
        from,
        images.width().output(),
        images.height().stride() * line,
        images.width().stride() * images.channels(),
        images.taps(line, depth),
        images.tapDepth(depth));
  }

  private static void convolvePadded(
      OpCall call,
      Images images,
      float[] input,
      int from,
      GroupedProduct product,
      int outputs,
      float[] out,
      int at) {
    int line = images.paddedLine();
    int height = images.height().output();
    int rowSize = images.width().output() * outputs;
    int fitting = (COPIED / line - images.lines(1)) / images.height().stride() + 1;
    Workers workers = call.workers();
    long work = (long) height * rowSize * images.channels() * images.places();
    // Lines are divided, unless those of a thread would be too few for the columns.
    boolean divided = images.outputs() >= outputs;
    int parts = divided ? Parts.count(workers, work, height / MIN_LINES) : 1;
    int band = Math.clamp(fitting, 1, Math.ceilDiv(height, parts));
    int copied = Math.multiplyExact(images.lines(band), line);
    float[] copies = call.workspace(Math.multiplyExact(copied, workers.threads() == 1 ? 1 : parts));
    workers.run(
        parts,
        part -> {
          int end = Parts.begin(part + 1, parts, height);
          Left left = left(images, copies, part * copied, line, product.depth());
          for (int y = Parts.begin(part, parts, height); y < end; y += band) {
            int lines = Math.min(band, end - y);
            images.copyPadded(input, from, y, lines, copies, part * copied);
            int rows = lines * images.width().output();
            Workers within = parts == 1 ? workers : Workers.NONE;
            product.multiply(within, left, rows, out, at + y * rowSize);
          }
        });
  }
}
