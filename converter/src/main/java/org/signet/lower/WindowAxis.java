package org.signet.lower;

import org.signet.type.Shape;

/**
 * A window that moves along one dimension.
 *
 * @param size of the dimension
 * @param window elements that the window takes
 * @param stride how far it moves
 * @param dilation the distance of its elements
 * @param before how much padding there is before the first element
 * @param count how often the window is applied
 */
record WindowAxis(int size, int window, int stride, int dilation, int before, int count) {
  /** The window along dimension {@code i}, 0 or 1, of these options. */
  static WindowAxis of(SpatialOptions options, int i, int size, int window) {
    int stride = options.strides()[i];
    int dilation = options.dilations()[i];
    int span = (window - 1) * dilation + 1;
    if (options.padding().equals("SAME")) {
      int count = Math.ceilDiv(size, stride);
      int pads = Math.max((count - 1) * stride + span - size, 0);
      return new WindowAxis(size, window, stride, dilation, pads / 2, count);
    }
    int[] pads = options.explicit();
    int padded = size + pads[2 * i] + pads[2 * i + 1];
    int count = Math.max(Math.floorDiv(padded - span, stride) + 1, 0);
    return new WindowAxis(size, window, stride, dilation, pads[2 * i], count);
  }

  /** How many elements lie between the first and the last, these included. */
  int span() {
    return (window - 1) * dilation + 1;
  }

  /** How many padded elements all windows together see. */
  int seen() {
    return (count - 1) * stride + span();
  }

  /** Of how many elements that are no padding the window at {@code i} is. */
  int inside(int i) {
    int inside = 0;
    for (int k = 0; k < window; k++) {
      int at = i * stride + k * dilation - before;
      inside += at >= 0 && at < size ? 1 : 0;
    }
    return inside;
  }

  /** Whether the sizes are known and there is anything to compute. */
  boolean isKnown() {
    return size != Shape.UNKNOWN && size > 0 && window > 0 && count > 0;
  }
}
