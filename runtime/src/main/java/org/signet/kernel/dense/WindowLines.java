package org.signet.kernel.dense;

import org.signet.op.WindowAxis;

/**
 * Lines of windows over lines of pixels, which may lie anywhere in an array.
 *
 * @param lines for each line of windows, where the lines of pixels begin that it sees; −1 outside
 *     the image: [count, kernelHeight]
 * @param count lines of windows
 * @param inputWidth pixels in a line
 * @param outputWidth windows in a line
 * @param kernelHeight lines that a window sees
 * @param kernelWidth pixels that it sees in each
 * @param stride from one window to the next
 * @param dilation from one of its pixels to the next
 * @param left pixels by which the first window lies outside
 */
@SuppressWarnings("ArrayRecordComponent")
public record WindowLines(
    int[] lines,
    int count,
    int inputWidth,
    int outputWidth,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int dilation,
    int left) {
  private static final int OUTSIDE = -1;

  /** Where a line of an image begins. */
  @FunctionalInterface
  interface Position {
    int of(int line);
  }

  /** Gets windows of one line that follow each other and have the same pixels inside the image. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param window the first, counted over all lines
     * @param windows how many
     * @param taps positions of the first one's pixels; in each next one they are a stride further
     * @param places the place in the window of each
     * @param inside how many of them count
     */
    void at(int window, int windows, int[] taps, int[] places, int inside);
  }

  /**
   * Lines {@code first} to {@code end} of an image's windows.
   *
   * @param position of the lines of pixels
   */
  static WindowLines of(Images images, int first, int end, Position position) {
    WindowAxis height = images.height();
    WindowAxis width = images.width();
    int[] lines = new int[(end - first) * height.kernel()];
    for (int i = 0; i < lines.length; i++) {
      int window = first + i / height.kernel();
      int line =
          window * height.stride() - height.before() + i % height.kernel() * height.dilation();
      lines[i] = line >= 0 && line < height.input() ? position.of(line) : OUTSIDE;
    }
    return new WindowLines(
        lines,
        end - first,
        width.input(),
        width.output(),
        height.kernel(),
        width.kernel(),
        width.stride(),
        width.dilation(),
        width.before());
  }

  /** Pixels of a window. */
  public int places() {
    return kernelHeight * kernelWidth;
  }

  /** Calls {@code body} for all windows. */
  public void forEach(int channels, Body body) {
    int[] taps = new int[places()];
    int[] places = new int[taps.length];
    for (int line = 0; line < count; line++) {
      int x = 0;
      while (x < outputWidth) {
        int inside = collect(line, x, channels, taps, places);
        int windows = run(x);
        body.at(line * outputWidth + x, windows, taps, places, inside);
        x += windows;
      }
    }
  }

  /** How many windows from {@code x} on lie inside the line; 1 if that one does not. */
  private int run(int x) {
    int begin = x * stride - left;
    int last = begin + (kernelWidth - 1) * dilation;
    boolean inside = begin >= 0 && last < inputWidth;
    return inside ? Math.min((inputWidth - 1 - last) / stride + 1, outputWidth - x) : 1;
  }

  private int collect(int line, int x, int channels, int[] taps, int[] places) {
    int inside = 0;
    for (int i = 0; i < kernelHeight; i++) {
      int from = lines[line * kernelHeight + i];
      for (int j = 0; from != OUTSIDE && j < kernelWidth; j++) {
        int column = x * stride - left + j * dilation;
        if (column >= 0 && column < inputWidth) {
          taps[inside] = from + column * channels;
          places[inside++] = i * kernelWidth + j;
        }
      }
    }
    return inside;
  }
}
