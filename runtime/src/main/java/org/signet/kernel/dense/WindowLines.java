package org.signet.kernel.dense;

import org.signet.op.WindowAxis;

/**
 * Lines of windows over lines of pixels, which may lie anywhere in an array. Written again and
 * again, by one thread.
 */
public final class WindowLines {
  private static final int OUTSIDE = -1;

  private final WindowAxis height;
  private final WindowAxis width;
  private final int[] lines;

  /** For {@link #forEach}: positions of a window's pixels, and their places in it. */
  private final int[] taps;

  private final int[] places;
  private int count;

  /**
   * Lines as they are given.
   *
   * @param height along the lines of an image
   * @param width along the pixels of a line
   * @param lines for each line of windows, where the lines of pixels begin that it sees; −1 outside
   *     the image: [count, kernel height]
   * @param count lines of windows
   */
  public WindowLines(WindowAxis height, WindowAxis width, int[] lines, int count) {
    this.height = height;
    this.width = width;
    this.lines = lines;
    this.count = count;
    this.taps = new int[height.kernel() * width.kernel()];
    this.places = new int[taps.length];
  }

  /**
   * Room for lines of an image's windows.
   *
   * @param most so many at once
   */
  WindowLines(Images images, int most) {
    this(images.height(), images.width(), new int[most * images.height().kernel()], 0);
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
   * Takes lines {@code first} to {@code end} of an image's windows.
   *
   * @param at where the image's first line of pixels lies
   * @param kept so many lines follow each other there; the next lies where the first did
   * @param step from one line to the next
   * @return this
   */
  WindowLines take(int first, int end, int at, int kept, int step) {
    count = end - first;
    for (int i = 0; i < count * height.kernel(); i++) {
      int window = first + i / height.kernel();
      int line = height.position(window, i % height.kernel());
      lines[i] = line >= 0 && line < height.input() ? at + line % kept * step : OUTSIDE;
    }
    return this;
  }

  /**
   * Where lines of pixels begin, for each line of windows; those after {@link #count} count not.
   */
  public int[] lines() {
    return lines;
  }

  /** Lines of windows. */
  public int count() {
    return count;
  }

  /** Pixels in a line. */
  public int inputWidth() {
    return width.input();
  }

  /** Windows in a line. */
  public int outputWidth() {
    return width.output();
  }

  /** Lines that a window sees. */
  public int kernelHeight() {
    return height.kernel();
  }

  /** Pixels that it sees in each. */
  public int kernelWidth() {
    return width.kernel();
  }

  /** From one window to the next. */
  public int stride() {
    return width.stride();
  }

  /** From one of its pixels to the next. */
  public int dilation() {
    return width.dilation();
  }

  /** Pixels by which the first window lies outside. */
  public int left() {
    return width.before();
  }

  /** Pixels of a window. */
  public int places() {
    return taps.length;
  }

  /** Calls {@code body} for all windows. */
  public void forEach(int channels, Body body) {
    for (int line = 0; line < count; line++) {
      int x = 0;
      while (x < outputWidth()) {
        int inside = collect(line, x, channels);
        int windows = run(x);
        body.at(line * outputWidth() + x, windows, taps, places, inside);
        x += windows;
      }
    }
  }

  /** How many windows from {@code x} on lie inside the line; 1 if that one does not. */
  private int run(int x) {
    int begin = x * stride() - left();
    int last = begin + (kernelWidth() - 1) * dilation();
    boolean inside = begin >= 0 && last < inputWidth();
    return inside ? Math.min((inputWidth() - 1 - last) / stride() + 1, outputWidth() - x) : 1;
  }

  private int collect(int line, int x, int channels) {
    int inside = 0;
    for (int i = 0; i < kernelHeight(); i++) {
      int from = lines[line * kernelHeight() + i];
      for (int j = 0; from != OUTSIDE && j < kernelWidth(); j++) {
        int column = x * stride() - left() + j * dilation();
        if (column >= 0 && column < inputWidth()) {
          taps[inside] = from + column * channels;
          places[inside++] = i * kernelWidth() + j;
        }
      }
    }
    return inside;
  }
}
