package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * One call of a depthwise convolution: writes lines of its result from lines of pixels that may lie
 * anywhere.
 */
final class DepthwiseLines {
  /** Multiply-adds of a call of the engine: native code must not last long. */
  private static final long PRODUCTS = 1 << 23;

  private final Settings settings;
  private final Images images;
  private final float[] weights;
  private final float[] start;
  private final Finish finish;
  private final Tail.Piece piece;
  private final float[] out;
  private final long products;
  private final int most;

  private DepthwiseLines(
      Settings settings,
      Images images,
      Tensor filter,
      Optional<Tensor> bias,
      Finish finish,
      Optional<Tail.Piece> piece,
      int batch,
      float[] out) {
    this.settings = settings;
    this.images = images;
    this.weights = filter.floats();
    this.start = bias.map(Tensor::floats).orElseGet(() -> new float[images.channels()]);
    this.finish = finish;
    this.piece = piece.orElse((sums, first, count) -> {});
    this.out = out;
    this.products = (long) batch * images.outputs() * images.channels() * images.places();
    long lineSize = Math.max(1, lineSize());
    long lines =
        piece.isEmpty() ? PRODUCTS / (lineSize * images.places()) : TailedAttempt.PIECE / lineSize;
    this.most = (int) Math.max(1, lines);
  }

  /**
   * The lines of a call, with room for its result; empty if its operands were not foreseen.
   *
   * @param attributes of the step
   * @param input shape of the pixels, [batch, height, width, channels]
   * @param filter position of the filter, before the bias
   * @param isLast whether the lines are the call's result; else each is written where it is needed
   */
  static Optional<DepthwiseLines> of(
      OpCall call,
      Settings settings,
      Attributes attributes,
      int[] input,
      int filter,
      FusedActivation activation,
      Tail tail,
      boolean isLast) {
    Tensor weights = call.operand(filter);
    Optional<Tensor> bias = Operands.optional(call, filter + 1);
    boolean fits =
        input.length == 4
            && weights.rank() == 4
            && weights.dim(0) == 1
            && input[3] == weights.dim(3)
            && weights.size() > 0
            && Operands.isBias(bias, weights.dim(3));
    if (!fits) {
      return Optional.empty();
    }
    Images images = Images.of(attributes, input, weights.dim(1), weights.dim(2));
    Tail rest = tail.afterFinish();
    Optional<Tail.Piece> piece = rest.on(call, shape(input[0], images));
    return piece.map(functions ->
        new DepthwiseLines(
            settings,
            images,
            weights,
            bias,
            tail.finish(activation),
            rest.isEmpty() ? Optional.empty() : Optional.of(functions),
            input[0],
            isLast
                ? call.result(0, DType.FLOAT32, shape(input[0], images)).floats()
                : new float[0]));
  }

  private static int[] shape(int batch, Images images) {
    return new int[] {batch, images.height().output(), images.width().output(), images.channels()};
  }

  Images images() {
    return images;
  }

  /** Multiply-adds in all. */
  long products() {
    return products;
  }

  /** Elements of a line. */
  int lineSize() {
    return images.width().output() * images.channels();
  }

  /**
   * Writes lines {@code first} to {@code end} of an image.
   *
   * @param position where in {@code from} a line of the image's pixels begins
   */
  void write(float[] from, int image, int first, int end, WindowLines.Position position) {
    for (int y = first; y < end; y += most) {
      int last = Math.min(y + most, end);
      int at = (image * images.height().output() + y) * lineSize();
      write(from, WindowLines.of(images, y, last, position), out, at);
      piece.apply(out, at, (last - y) * lineSize());
    }
  }

  /** Writes lines of windows to {@code to}, but applies no function that engines do not know. */
  void write(float[] from, WindowLines windows, float[] to, int at) {
    Engine engine = settings.engine();
    int channels = images.channels();
    boolean plain =
        channels < engine.lanes()
            || products() < settings.plainBelow()
            || images.places() > Engine.MOST_PLACES;
    if (plain) {
      PlainWindows.depthwise(from, windows, weights, start, channels, finish.bounds(), to, at);
      finish.applyFunction(engine, to, at, windows.count() * lineSize());
    } else {
      engine.depthwise(from, windows, weights, start, channels, finish, to, at);
    }
  }
}
