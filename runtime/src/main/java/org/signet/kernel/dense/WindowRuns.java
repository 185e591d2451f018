package org.signet.kernel.dense;

import org.signet.op.Workers;

/**
 * Walks the windows over NHWC images in row-major order, by runs that have the same elements inside
 * the input.
 */
final class WindowRuns {
  /** Multiply-adds of a product that take as long as a pixel of a window. */
  private static final int COST = 3;

  private final Images images;
  private final int[] taps;
  private final int[] places;
  private int count;

  /** Gets a run of windows in one line. */
  @FunctionalInterface
  interface Body {
    /**
     * @param output the first window, counted over all images
     * @param windows how many there are
     * @param taps positions of the pixels inside the first window; in each next one they are a
     *     stride further
     * @param places the place in the window of each
     * @param count how many of them count
     */
    void at(int output, int windows, int[] taps, int[] places, int count);
  }

  private WindowRuns(Images images) {
    this.images = images;
    taps = new int[images.height().kernel() * images.width().kernel()];
    places = new int[taps.length];
  }

  /** Calls {@code body} for all windows of {@code batch} images, by many threads. */
  static void forEach(Images images, int batch, Workers workers, Body body) {
    int lines = batch * images.height().output();
    long work = (long) batch * images.outputs() * images.channels() * images.places();
    Parts.forEach(
        workers,
        work * COST,
        lines,
        (from, to) -> {
          WindowRuns runs = new WindowRuns(images);
          for (int line = from; line < to; line++) {
            int y = line % images.height().output();
            int image = line / images.height().output();
            runs.line(image, y, line * images.width().output(), body);
          }
        });
  }

  private void line(int image, int y, int firstOutput, Body body) {
    int x = 0;
    while (x < images.width().output()) {
      collect(image, y, x);
      int windows = Math.max(1, firstPartial() - x);
      windows = isWhole(x) ? windows : 1;
      body.at(firstOutput + x, windows, taps, places, count);
      x += windows;
    }
  }

  /** The first window of a line that reaches beyond its end, or the number of windows. */
  private int firstPartial() {
    var axis = images.width();
    int room = axis.input() + axis.before() - (axis.kernel() - 1) * axis.dilation() - 1;
    return Math.min(Math.floorDiv(room, axis.stride()) + 1, axis.output());
  }

  private boolean isWhole(int x) {
    return x * images.width().stride() >= images.width().before() && x < firstPartial();
  }

  private void collect(int image, int y, int x) {
    var height = images.height();
    count = 0;
    for (int i = 0; i < height.kernel(); i++) {
      int row = y * height.stride() - height.before() + i * height.dilation();
      if (row >= 0 && row < height.input()) {
        collectLine(image * height.input() + row, i, x);
      }
    }
  }

  private void collectLine(int line, int i, int x) {
    var width = images.width();
    int column = x * width.stride() - width.before();
    for (int j = 0; j < width.kernel(); j++, column += width.dilation()) {
      if (column >= 0 && column < width.input()) {
        taps[count] = (line * width.input() + column) * images.channels();
        places[count++] = i * width.kernel() + j;
      }
    }
  }
}
