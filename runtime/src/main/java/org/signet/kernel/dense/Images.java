package org.signet.kernel.dense;

import java.util.Arrays;
import org.signet.op.Attributes;
import org.signet.op.WindowAxis;

/**
 * The windows of a convolution or pooling over NHWC images.
 *
 * @param height along the lines of an image
 * @param width along the pixels of a line
 * @param channels of a pixel
 */
record Images(WindowAxis height, WindowAxis width, int channels) {

  /**
   * The windows that a builtin's options give.
   *
   * @param shape [batch, height, width, channels] of the input
   * @throws IllegalArgumentException if the window does not fit
   */
  static Images of(Attributes options, int[] shape, int kernelHeight, int kernelWidth) {
    return new Images(
        axis(options, "stride_h", "dilation_h_factor", shape[1], kernelHeight),
        axis(options, "stride_w", "dilation_w_factor", shape[2], kernelWidth),
        shape[3]);
  }

  private static WindowAxis axis(
      Attributes options, String stride, String dilation, int input, int kernel) {
    return WindowAxis.of(
        input,
        kernel,
        options.getInt(stride, 1),
        options.getInt(dilation, 1),
        WindowAxis.Padding.valueOf(options.getString("padding", "SAME")),
        0,
        0);
  }

  /** Windows of one image. */
  int outputs() {
    return height.output() * width.output();
  }

  /** Pixels of a window. */
  int places() {
    return height.kernel() * width.kernel();
  }

  /** Elements of one input image. */
  int inputSize() {
    return height.input() * width.input() * channels;
  }

  /** Whether some window reaches beyond the input. */
  boolean isPadded() {
    return isPadded(height) || isPadded(width);
  }

  private static boolean isPadded(WindowAxis axis) {
    return axis.before() > 0 || reach(axis, axis.output()) > axis.input();
  }

  /** The size of what {@code outputs} windows in a row see, from the beginning of the first. */
  private static int reach(WindowAxis axis, int outputs) {
    return Math.toIntExact(
        (outputs - 1L) * axis.stride() + (axis.kernel() - 1L) * axis.dilation() + 1);
  }

  /**
   * Whether a line of windows sees no more than so many elements, padding included: dilations of
   * any size are allowed.
   */
  boolean seesAtMost(long elements) {
    long lines = (height.kernel() - 1L) * height.dilation() + 1;
    long pixels =
        (width.output() - 1L) * width.stride() + (width.kernel() - 1L) * width.dilation() + 1;
    return lines <= elements && pixels <= elements / lines && channels <= elements / lines / pixels;
  }

  /** Input lines that {@code outputLines} lines of windows see. */
  int lines(int outputLines) {
    return reach(height, outputLines);
  }

  /** Elements in a line of an input that has its padding around it. */
  int paddedLine() {
    return reach(width, width.output()) * channels;
  }

  /**
   * Copies the input lines that {@code outputLines} lines of windows from {@code firstOutput} on
   * see, with zeros for padding, each {@link #paddedLine} long.
   *
   * @param from where the image begins in {@code input}
   * @param begin where the copy begins in {@code to}
   */
  void copyPadded(
      float[] input, int from, int firstOutput, int outputLines, float[] to, int begin) {
    copyPadded(input, from, firstOutput, outputLines, paddedLine(), to, begin);
  }

  /**
   * The same.
   *
   * @param line elements of a line of the copy, which may end with more zeros
   */
  void copyPadded(
      float[] input, int from, int firstOutput, int outputLines, int line, float[] to, int begin) {
    int left = Math.min(width.before() * channels, line);
    int copied = Math.min(width.input() * channels, line - left);
    int first = firstOutput * height.stride() - height.before();
    for (int i = 0; i < lines(outputLines); i++) {
      int y = first + i;
      int at = begin + i * line;
      if (y < 0 || y >= height.input()) {
        Arrays.fill(to, at, at + line, 0);
      } else {
        Arrays.fill(to, at, at + left, 0);
        System.arraycopy(input, from + y * width.input() * channels, to, at + left, copied);
        Arrays.fill(to, at + left + copied, at + line, 0);
      }
    }
  }

  /**
   * Where the runs of elements of a window begin, if lines are {@code line} elements apart. A line
   * of a window without dilation is one run, if all channels of a pixel belong to it.
   *
   * @param depth the channels of a pixel that belong to the window
   */
  int[] taps(int line, int depth) {
    int runs = isRun(depth) ? 1 : width.kernel();
    int[] taps = new int[height.kernel() * runs];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = i / runs * height.dilation() * line + i % runs * width.dilation() * channels;
    }
    return taps;
  }

  /** Elements in a run. */
  int tapDepth(int depth) {
    return isRun(depth) ? width.kernel() * depth : depth;
  }

  private boolean isRun(int depth) {
    return width.kernel() == 1 || (width.dilation() == 1 && depth == channels);
  }
}
