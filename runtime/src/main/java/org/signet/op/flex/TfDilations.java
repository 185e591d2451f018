package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.op.WindowAxis.Padding;
import org.signet.op.WindowWalk;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Grey-scale dilation of images, NHWC, by a filter [height, width, channels]: the largest sum of
 * pixel and filter in each window; and its gradients, which go to the first of equally large sums.
 */
final class TfDilations {
  private TfDilations() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("Dilation2D", TfDilations::infer, TfDilations::dilate),
        gradient("Dilation2DBackpropInput", 0),
        gradient("Dilation2DBackpropFilter", 1));
  }

  /**
   * @param operand the one that the gradient is of: 0 the image, 1 the filter
   */
  private static OpDefinition gradient(String name, int operand) {
    return OpDefinition.tf(
            name,
            op -> List.of(Shapes.plain(op.dtype(operand), op.shape(operand))),
            call -> backprop(call, operand))
        .accurate(Accuracy.ACCUMULATED);
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    Shape filter = Shapes.ranked(op.shape(1), 3, "the filter");
    int channels = input.isKnown(3) ? input.dim(3) : filter.dim(2);
    return List.of(
        Shapes.plain(
            op.dtype(0),
            Shape.of(
                input.dim(0),
                output(op.attributes(), input.dim(1), filter.dim(0), 1),
                output(op.attributes(), input.dim(2), filter.dim(1), 2),
                channels)));
  }

  private static int output(Attributes attributes, int input, int kernel, int d) {
    return WindowAxis.outputSize(
        input, kernel, stride(attributes, d), rate(attributes, d), padding(attributes), 0, 0);
  }

  private static int stride(Attributes attributes, int d) {
    return attributes.getInts("strides")[d];
  }

  private static int rate(Attributes attributes, int d) {
    return attributes.getInts("rates")[d];
  }

  private static Padding padding(Attributes attributes) {
    return Padding.valueOf(attributes.getString("padding"));
  }

  /** The windows along height and width. */
  private static List<WindowAxis> windows(OpCall call) {
    Tensor input = Rules.requireRank(call.operand(0), 4, "the input");
    Tensor filter = Rules.requireRank(call.operand(1), 3, "the filter");
    Shapes.require(
        input.dim(3) == filter.dim(2), "a filter %s for %s", filter.type(), input.type());
    return List.of(axis(call, 1), axis(call, 2));
  }

  private static WindowAxis axis(OpCall call, int d) {
    Attributes attributes = call.attributes();
    return WindowAxis.of(
        call.operand(0).dim(d),
        call.operand(1).dim(d - 1),
        stride(attributes, d),
        rate(attributes, d),
        padding(attributes),
        0,
        0);
  }

  /** Where the largest sum of each window and channel is: the elements of image and filter. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Largest(int[] pixels, int[] taps) {
    static Largest of(OpCall call, List<WindowAxis> windows) {
      Tensor input = call.operand(0);
      Tensor filter = call.operand(1);
      int channels = input.dim(3);
      int count = input.dim(0) * windows.get(0).output() * windows.get(1).output() * channels;
      int[] pixels = new int[count];
      int[] taps = new int[count];
      double[] sums = new double[count];
      Arrays.fill(sums, Double.NEGATIVE_INFINITY);
      WindowWalk.forEach(
          input.dim(0),
          windows,
          (window, place, pixel) -> {
            for (int c = 0; c < channels; c++) {
              int at = window * channels + c;
              // Rounded, since the first of sums that are then the same counts.
              double sum =
                  rounded(
                      input.dtype(),
                      input.getDouble(pixel * channels + c)
                          + filter.getDouble(place * channels + c));
              if (sum > sums[at]) {
                sums[at] = sum;
                pixels[at] = pixel * channels + c;
                taps[at] = place * channels + c;
              }
            }
          });
      return new Largest(pixels, taps);
    }
  }

  private static double rounded(DType dtype, double value) {
    return dtype == DType.FLOAT32 ? (float) value : value;
  }

  private static void dilate(OpCall call) {
    List<WindowAxis> windows = windows(call);
    Tensor input = call.operand(0);
    Largest largest = Largest.of(call, windows);
    Tensor result =
        call.result(
            0,
            input.dtype(),
            input.dim(0),
            windows.get(0).output(),
            windows.get(1).output(),
            input.dim(3));
    for (int i = 0; i < result.size(); i++) {
      Rules.store(
          result,
          i,
          input.getDouble(largest.pixels()[i]) + call.operand(1).getDouble(largest.taps()[i]));
    }
  }

  private static void backprop(OpCall call, int operand) {
    List<WindowAxis> windows = windows(call);
    Tensor gradient = call.operand(2);
    Largest largest = Largest.of(call, windows);
    int[] places = operand == 0 ? largest.pixels() : largest.taps();
    Shapes.require(gradient.size() == places.length, "a gradient %s", gradient.type());
    Tensor like = call.operand(operand);
    double[] sums = new double[like.size()];
    for (int i = 0; i < places.length; i++) {
      sums[places[i]] += gradient.getDouble(i);
    }
    Rules.store(call, sums, like.dtype(), like.shape());
  }
}
