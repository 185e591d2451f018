package org.signet.op;

import org.signet.type.Shape;

/**
 * One spatial dimension of a convolution or pooling: output position {@code o} sees input positions
 * {@code o·stride − before + k·dilation} for {@code k < kernel}.
 *
 * @param input size of the input
 * @param kernel size of the window
 * @param stride step between windows
 * @param dilation step within a window
 * @param before padding before the first element
 * @param output size of the output
 */
public record WindowAxis(int input, int kernel, int stride, int dilation, int before, int output) {
  /** What the ends of an axis are padded by. */
  public enum Padding {
    /**
     * So much that the output is the input's size over the stride, rounded up; the odd element goes
     * after the end.
     */
    SAME,
    /** Nothing. */
    VALID,
    /** As much as is said. */
    EXPLICIT
  }

  /**
   * Where an element of a window lies in the input; before its beginning or behind its end if in
   * the padding.
   *
   * @param window its position in the output
   * @param element its place in the window
   */
  public int position(int window, int element) {
    return window * stride - before + element * dilation;
  }

  /** An axis of size 1 that changes nothing. */
  static final WindowAxis ONE = new WindowAxis(1, 1, 1, 1, 0, 1);

  /**
   * An axis of known sizes.
   *
   * @param before explicit padding, 0 unless {@code EXPLICIT}
   * @param after explicit padding, 0 unless {@code EXPLICIT}
   * @throws IllegalArgumentException if the window does not fit
   */
  public static WindowAxis of(
      int input, int kernel, int stride, int dilation, Padding padding, int before, int after) {
    int output = outputSize(input, kernel, stride, dilation, padding, before, after);
    if (padding != Padding.SAME) {
      return new WindowAxis(input, kernel, stride, dilation, before, output);
    }
    int total = Math.max((output - 1) * stride + extent(kernel, dilation) - input, 0);
    return new WindowAxis(input, kernel, stride, dilation, total / 2, output);
  }

  /**
   * The output size, {@link Shape#UNKNOWN} if the sizes that it depends on are.
   *
   * @throws IllegalArgumentException if stride or dilation is not positive, or the window exceeds
   *     the padded input
   */
  public static int outputSize(
      int input, int kernel, int stride, int dilation, Padding padding, int before, int after) {
    Shapes.require(
        stride > 0 && dilation > 0, "stride %d and dilation %d must be positive", stride, dilation);
    Shapes.require(before >= 0 && after >= 0, "negative padding %d, %d", before, after);
    if (input == Shape.UNKNOWN) {
      return Shape.UNKNOWN;
    }
    if (padding == Padding.SAME) {
      return Math.ceilDiv(input, stride);
    }
    if (kernel == Shape.UNKNOWN) {
      return Shape.UNKNOWN;
    }
    // Rounded towards 0: a window that is too large by less than a stride has no position.
    int output = (input + before + after - extent(kernel, dilation) + stride) / stride;
    Shapes.require(
        output >= 0, "a window of %d does not fit into %d", extent(kernel, dilation), input);
    return output;
  }

  private static int extent(int kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /** The same windows over another number of positions. */
  WindowAxis withOutput(int newOutput) {
    return new WindowAxis(input, kernel, stride, dilation, before, newOutput);
  }
}
