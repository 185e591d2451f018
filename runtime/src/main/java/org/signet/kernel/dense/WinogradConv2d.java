package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.WindowAxis;
import org.signet.op.Workers;
import org.signet.tensor.Tensor;

/** Convolutions by {@link Winograd}: products of transformed tiles with transformed filters. */
final class WinogradConv2d {
  /** Floats of packed filters that stay in a cache until their last line is transformed: 512 KB. */
  private static final int NEAR = 1 << 17;

  /** Tiles that are transformed together: their products then read the filters seldom enough. */
  private static final int TILES = 56;

  /** Channels below which direct products are as fast. */
  private static final int LEAST_CHANNELS = 32;

  /**
   * Windows of a line, and lines, below which direct products are as fast: the transformed filters,
   * four times as large, are then read for too few tiles.
   */
  private static final int LEAST_WINDOWS = 12;

  /** Floats in a line of a cache. */
  private static final int LINE = 16;

  private final Engine engine;
  private final Images images;
  private final PackedConstants constants;
  private final float[] filters;
  private final int outputs;
  private final float[] bias;
  private final FusedActivation activation;

  /**
   * A convolution.
   *
   * @param workers share the work of packing the filter
   * @param filter a constant, [outputs, 3, 3, channels]
   * @param outputs channels of the result
   */
  WinogradConv2d(
      Settings settings,
      Workers workers,
      Images images,
      Tensor filter,
      int outputs,
      Optional<Tensor> bias,
      FusedActivation activation) {
    this.engine = settings.engine();
    this.images = images;
    this.outputs = outputs;
    this.activation = activation;
    this.bias = bias.map(Tensor::floats).orElseGet(() -> new float[outputs]);
    constants = settings.constants();
    filters = constants.panels(Right.columns(filter, outputs, filter.size() / outputs), workers);
  }

  /** Whether it is worth it. */
  static boolean fits(Images images, int outputs, Engine engine) {
    return isPlain3(images.height())
        && isPlain3(images.width())
        && images.channels() >= LEAST_CHANNELS
        && outputs >= LEAST_CHANNELS
        && images.channels() % engine.panel() == 0
        && outputs % engine.panel() == 0;
  }

  private static boolean isPlain3(WindowAxis axis) {
    return axis.kernel() == 3
        && axis.stride() == 1
        && axis.dilation() == 1
        && axis.output() >= LEAST_WINDOWS;
  }

  /** Convolves an image, {@code from} on, to the result's elements from {@code at} on. */
  void convolve(OpCall call, float[] input, int from, Tail.Piece functions, float[] out, int at) {
    int across = Math.ceilDiv(images.width().output(), Winograd.RESULTS);
    int down = Math.ceilDiv(images.height().output(), Winograd.RESULTS);
    int bands = Math.ceilDiv(down, Math.max(1, TILES / across));
    int most = Math.ceilDiv(down, bands);
    int line = (across * Winograd.RESULTS + 2) * images.channels();
    float[] copy = call.workspace((most * Winograd.RESULTS + 2) * line);
    float[] pixels = call.workspace(Winograd.PLACES * placeStep(most * across, images.channels()));
    float[] sums = call.workspace(Winograd.PLACES * placeStep(most * across, outputs));
    for (int band = 0; band < bands; band++) {
      int first = Parts.begin(band, bands, down);
      int rows = Parts.begin(band + 1, bands, down) - first;
      images.copyPadded(
          input, from, first * Winograd.RESULTS, rows * Winograd.RESULTS, line, copy, 0);
      transform(call.workers(), copy, rows, across, line, pixels);
      multiply(call, pixels, rows * across, sums);
      results(call.workers(), sums, first, rows, across, out, at);
      int begin = at + first * Winograd.RESULTS * images.width().output() * outputs;
      int end = Math.min((first + rows) * Winograd.RESULTS, images.height().output());
      functions.apply(out, begin, at + end * images.width().output() * outputs - begin);
    }
  }

  /** From a place to the next, not a power of two: those would share their places in the caches. */
  private static int placeStep(int tiles, int channels) {
    return tiles * channels + LINE;
  }

  private void transform(
      Workers workers, float[] copy, int rows, int across, int line, float[] pixels) {
    int[] starts = new int[rows * across];
    for (int i = 0; i < starts.length; i++) {
      starts[i] =
          i / across * Winograd.RESULTS * line + i % across * Winograd.RESULTS * images.channels();
    }
    long work = (long) starts.length * Winograd.PLACES * images.channels() * Parts.ELEMENT;
    Parts.forEach(
        workers,
        work,
        starts.length,
        (from, to) ->
            engine.winogradIn(
                copy,
                starts,
                from,
                to,
                line,
                images.channels(),
                pixels,
                placeStep(starts.length, images.channels())));
  }

  /**
   * Multiplies the tiles by some panels of the filter at a time, which are transformed meanwhile, a
   * line of places after the other: kept, they would take four times the memory, and longer to read
   * than to make.
   */
  private void multiply(OpCall call, float[] pixels, int tiles, float[] sums) {
    int panel = images.channels() * engine.panel();
    int panels = outputs / engine.panel();
    long work = (long) tiles * Winograd.PLACES * outputs * images.channels();
    int parts = Parts.count(call.workers(), work, panels);
    int together = Math.clamp(NEAR / (Winograd.TAPS * panel), 1, Math.ceilDiv(panels, parts));
    int columns = parts * Winograd.PIXELS * together * engine.panel();
    float[] line = call.workspace(Math.multiplyExact(columns, images.channels()));
    PackedMatrix transformed = new PackedMatrix(line, constants.zeros(columns), columns);
    call.workers()
        .run(
            parts,
            part -> {
              int column = part * Winograd.PIXELS * together * engine.panel();
              int end = Parts.begin(part + 1, parts, panels);
              for (int p = Parts.begin(part, parts, panels); p < end; p += together) {
                int count = Math.min(together, end - p);
                multiply(pixels, tiles, p, count, transformed, column, together, sums);
              }
            });
  }

  /**
   * Multiplies the tiles by panels {@code first} to {@code first + count}.
   *
   * @param transformed has room for a line of them from {@code column} on, {@code together} panels
   *     for each place
   */
  private void multiply(
      float[] pixels,
      int tiles,
      int first,
      int count,
      PackedMatrix transformed,
      int column,
      int together,
      float[] sums) {
    int channels = images.channels();
    int width = engine.panel();
    int panel = channels * width;
    for (int y = 0; y < Winograd.PIXELS; y++) {
      for (int i = 0; i < count; i++) {
        int from = (first + i) * Winograd.TAPS * panel;
        int to = column * channels + i * panel;
        engine.winogradFilters(filters, from, panel, y, transformed.panels(), to, together * panel);
      }
      for (int x = 0; x < Winograd.PIXELS; x++) {
        int place = y * Winograd.PIXELS + x;
        Left left = Left.matrix(pixels, place * placeStep(tiles, channels), channels);
        Area area = new Area(0, tiles, column + x * together * width, count * width);
        int at = place * placeStep(tiles, outputs) + first * width - area.column();
        engine.product(left, transformed, area, Finish.NONE, sums, at, outputs);
      }
    }
  }

  private void results(
      Workers workers, float[] sums, int first, int rows, int across, float[] out, int at) {
    int height = images.height().output();
    int width = images.width().output();
    int[] places = new int[3 * rows * across];
    for (int i = 0; i < rows * across; i++) {
      int y = (first + i / across) * Winograd.RESULTS;
      int x = i % across * Winograd.RESULTS;
      places[3 * i] = at + (y * width + x) * outputs;
      places[3 * i + 1] = Math.min(Winograd.RESULTS, height - y);
      places[3 * i + 2] = Math.min(Winograd.RESULTS, width - x);
    }
    long work = (long) sums.length * Parts.ELEMENT;
    Parts.forEach(
        workers,
        work,
        rows * across,
        (from, to) ->
            engine.winogradOut(
                sums,
                placeStep(rows * across, outputs),
                places,
                from,
                to,
                width * outputs,
                outputs,
                bias,
                activation,
                out));
  }
}
