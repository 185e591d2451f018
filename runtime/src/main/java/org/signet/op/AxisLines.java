package org.signet.op;

/**
 * The lines of a tensor along one axis.
 *
 * @param outer how many lines' worth of dimensions come before the axis
 * @param length elements in a line
 * @param inner the step, in elements, from one of a line to the next
 */
public record AxisLines(int outer, int length, int inner) {
  /** The lines along {@code axis} (not negative) of a tensor of shape {@code dims}. */
  public static AxisLines of(int[] dims, int axis) {
    return new AxisLines(
        Shapes.product(dims, 0, axis), dims[axis], Shapes.product(dims, axis + 1, dims.length));
  }

  public int count() {
    return outer * inner;
  }

  /** The position of the first element of a line. */
  public int start(int line) {
    return line / inner * length * inner + line % inner;
  }
}
