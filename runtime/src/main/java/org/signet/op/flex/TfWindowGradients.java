package org.signet.op.flex;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** The gradients of convolutions by their filters, of depthwise convolutions and of poolings. */
final class TfWindowGradients {
  private static final int RANK = 4;

  private TfWindowGradients() {}

  static List<OpDefinition> definitions() {
    return List.of(
        sized("Conv2DBackpropFilter", 1, 2, TfWindowGradients::filter),
        sized("DepthwiseConv2dNativeBackpropFilter", 1, 2, TfWindowGradients::depthwiseFilter),
        sized("DepthwiseConv2dNativeBackpropInput", 0, 2, TfWindowGradients::depthwiseInput),
        sized("AvgPoolGrad", 0, 1, TfWindowGradients::average),
        OpDefinition.tf("MaxPoolGrad", Shapes.SAME, TfWindowGradients::max)
            .accurate(Accuracy.ACCUMULATED));
  }

  /** Computes a gradient, channels last, of this shape. */
  private interface Gradient {
    double[] of(OpCall call, ImageLayout layout, int[] shape);
  }

  /**
   * @param sizes the operand that spells out the shape of the result
   * @param gradient the operand that is the gradient of the output
   */
  private static OpDefinition sized(String name, int sizes, int gradient, Gradient function) {
    return OpDefinition.tf(
            name,
            op -> infer(op, sizes, gradient),
            call -> {
              ImageLayout layout = ImageLayout.of(call.attributes(), RANK);
              Shapes.require(
                  !layout.channelsFirst(), "the gradient %s with the channels first", name);
              int[] shape = call.operand(sizes).toInts();
              Shapes.require(shape.length == RANK, "a shape of rank %s", shape.length);
              store(call, function.of(call, layout, shape), call.operand(gradient), shape);
            })
        .accurate(Accuracy.ACCUMULATED);
  }

  private static void store(OpCall call, double[] values, Tensor like, int... shape) {
    Tensor result = call.result(0, like.dtype(), shape);
    for (int i = 0; i < values.length; i++) {
      Rules.store(result, i, values[i]);
    }
  }

  private static List<TensorType> infer(OpTypes op, int sizes, int gradient) {
    Optional<Tensor> shape = op.constant(sizes);
    return List.of(
        Shapes.plain(
            op.dtype(gradient), shape.map(s -> Shape.of(s.toInts())).orElse(Shape.ofRank(RANK))));
  }

  private static PlaneWindows windows(
      OpCall call, ImageLayout layout, int[] input, int[] kernel, Tensor gradient) {
    List<WindowAxis> axes =
        layout
            .windows(call.attributes())
            .axes(new int[] {input[1], input[2]}, new int[] {kernel[0], kernel[1]});
    PlaneWindows windows = new PlaneWindows(axes.get(0), axes.get(1));
    Shapes.require(
        gradient.rank() == RANK
            && gradient.dim(0) == input[0]
            && gradient.dim(1) == windows.rows().output()
            && gradient.dim(2) == windows.columns().output(),
        "a gradient %s of windows over %s",
        gradient.type(),
        Shapes.text(input));
    return windows;
  }

  /** Operands: input, filter sizes, gradient. */
  private static double[] filter(OpCall call, ImageLayout layout, int[] shape) {
    Tensor input = Rules.requireRank(call.operand(0), RANK, "input");
    Tensor gradient = call.operand(2);
    int depth = shape[2];
    int outputs = shape[3];
    int channels = input.dim(3);
    Shapes.require(
        depth == channels && gradient.dim(-1) == outputs,
        "filters %s for %s",
        Shapes.text(shape),
        input.type());
    double[] result = new double[Shapes.product(shape, 0, RANK)];
    windows(call, layout, input.shape(), shape, gradient)
        .walk(
            input.dim(0),
            (window, place, pixel) -> {
              for (int o = 0; o < outputs; o++) {
                double g = gradient.getDouble(window * outputs + o);
                int from = pixel * channels;
                for (int c = 0; c < depth; c++) {
                  result[(place * depth + c) * outputs + o] += g * input.getDouble(from + c);
                }
              }
            });
    return result;
  }

  /** Operands: input, filter sizes, gradient. */
  private static double[] depthwiseFilter(OpCall call, ImageLayout layout, int[] shape) {
    Tensor input = Rules.requireRank(call.operand(0), RANK, "input");
    Tensor gradient = call.operand(2);
    int outputs = shape[2] * shape[3];
    requireDepthwise(input.dim(3), shape, gradient);
    double[] result = new double[Shapes.product(shape, 0, RANK)];
    windows(call, layout, input.shape(), shape, gradient)
        .walk(
            input.dim(0),
            (window, place, pixel) -> {
              for (int o = 0; o < outputs; o++) {
                result[place * outputs + o] +=
                    gradient.getDouble(window * outputs + o)
                        * input.getDouble(pixel * shape[2] + o / shape[3]);
              }
            });
    return result;
  }

  private static void requireDepthwise(int channels, int[] filter, Tensor gradient) {
    Shapes.require(
        channels == filter[2] && gradient.dim(-1) == filter[2] * filter[3],
        "filters %s for %s channels and a gradient %s",
        Shapes.text(filter),
        channels,
        gradient.type());
  }

  /** Operands: input sizes, filter, gradient. */
  private static double[] depthwiseInput(OpCall call, ImageLayout layout, int[] shape) {
    Tensor filter = Rules.requireRank(call.operand(1), RANK, "filter");
    Tensor gradient = call.operand(2);
    int multiplier = filter.dim(3);
    int outputs = filter.dim(2) * multiplier;
    requireDepthwise(shape[3], filter.shape(), gradient);
    double[] result = new double[Shapes.product(shape, 0, RANK)];
    windows(call, layout, shape, filter.shape(), gradient)
        .walk(
            shape[0],
            (window, place, pixel) -> {
              for (int o = 0; o < outputs; o++) {
                result[pixel * shape[3] + o / multiplier] +=
                    gradient.getDouble(window * outputs + o)
                        * filter.getDouble(place * outputs + o);
              }
            });
    return result;
  }

  private static int[] kernel(OpCall call) {
    int[] kernel = call.attributes().getInts("ksize");
    Shapes.require(
        kernel.length == RANK && kernel[0] == 1 && kernel[3] == 1,
        "windows %s",
        Shapes.text(kernel));
    return new int[] {kernel[1], kernel[2]};
  }

  /** Operands: the input's shape, gradient. */
  private static double[] average(OpCall call, ImageLayout layout, int[] shape) {
    Tensor gradient = call.operand(1);
    PlaneWindows windows = windows(call, layout, shape, kernel(call), gradient);
    int channels = shape[3];
    Shapes.require(gradient.dim(3) == channels, "a gradient %s", gradient.type());
    int[] counts = new int[shape[0] * windows.perImage()];
    windows.walk(shape[0], (window, place, pixel) -> counts[window]++);
    double[] result = new double[Shapes.product(shape, 0, RANK)];
    windows.walk(
        shape[0],
        (window, place, pixel) -> {
          for (int c = 0; c < channels; c++) {
            result[pixel * channels + c] +=
                gradient.getDouble(window * channels + c) / counts[window];
          }
        });
    return result;
  }

  /** Operands: input, output, gradient, which goes to the first of equally large numbers. */
  private static void max(OpCall call) {
    Tensor input = Rules.requireRank(call.operand(0), RANK, "input");
    Tensor gradient = call.operand(2);
    ImageLayout layout = ImageLayout.of(call.attributes(), RANK);
    Shapes.require(!layout.channelsFirst(), "the gradient MaxPoolGrad with the channels first");
    PlaneWindows windows = windows(call, layout, input.shape(), kernel(call), gradient);
    int channels = input.dim(3);
    Shapes.require(gradient.dim(3) == channels, "a gradient %s", gradient.type());
    int[] largest = new int[gradient.size()];
    Arrays.fill(largest, -1);
    windows.walk(
        input.dim(0),
        (window, place, pixel) -> {
          for (int c = 0; c < channels; c++) {
            int at = window * channels + c;
            int candidate = pixel * channels + c;
            if (largest[at] < 0 || Scattering.isLess(input, largest[at], input, candidate)) {
              largest[at] = candidate;
            }
          }
        });
    double[] result = new double[input.size()];
    for (int i = 0; i < largest.length; i++) {
      if (largest[i] >= 0) {
        result[largest[i]] += gradient.getDouble(i);
      }
    }
    store(call, result, input, input.shape());
  }
}
