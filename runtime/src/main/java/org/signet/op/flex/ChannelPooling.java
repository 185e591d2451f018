package org.signet.op.flex;

import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * The largest of groups of neighbouring channels: MaxPool with a window over channels, of images
 * whose channels are last. As TensorFlow has it, groups do not overlap, fill the channels, and
 * there is no window over rows or columns besides.
 */
final class ChannelPooling {
  private ChannelPooling() {}

  static boolean isAsked(ImageLayout layout, int[] kernel) {
    return !layout.channelsFirst() && kernel.length == 4 && kernel[3] > 1;
  }

  /**
   * How many channels there are after it; a number that is not known stays so.
   *
   * @throws IllegalArgumentException for windows that TensorFlow refuses
   */
  static int channels(int channels, int[] kernel, int[] strides) {
    int window = kernel[3];
    Shapes.require(
        kernel[0] * kernel[1] * kernel[2] == 1 && strides[0] * strides[1] * strides[2] == 1,
        "MaxPooling supports exactly one of pooling across depth or pooling across width/height.");
    Shapes.require(
        strides[3] == window,
        "Depthwise max pooling requires the depth window to equal the depth stride.");
    Shapes.require(
        channels < 0 || channels % window == 0,
        "Depthwise max pooling requires the depth window to evenly divide the input depth.");
    return channels < 0 ? channels : channels / window;
  }

  /** Sets {@code result} to the largest of each {@code window} elements of {@code input}. */
  static void pool(Tensor input, int window, Tensor result) {
    for (int i = 0; i < result.size(); i++) {
      int largest = i * window;
      for (int k = largest + 1; k < (i + 1) * window; k++) {
        largest = isLarger(input, k, largest) ? k : largest;
      }
      if (input.dtype().isFloating()) {
        result.setDouble(i, input.getDouble(largest));
      } else {
        result.setLong(i, input.getLong(largest));
      }
    }
  }

  private static boolean isLarger(Tensor input, int i, int j) {
    return input.dtype().isFloating()
        ? input.getDouble(i) > input.getDouble(j)
        : input.getLong(i) > input.getLong(j);
  }
}
