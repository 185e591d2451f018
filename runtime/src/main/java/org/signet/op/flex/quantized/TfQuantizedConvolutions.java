package org.signet.op.flex.quantized;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.Limits;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.op.WindowAxis.Padding;
import org.signet.op.WindowWalk;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * QuantizedConv2D. Operands: an image [batch, height, width, channels] and a filter [height, width,
 * channels, outputs] of 8 bits, the ends of the range of the first, of the second.
 */
final class TfQuantizedConvolutions {
  private TfQuantizedConvolutions() {}

  static List<OpDefinition> definitions() {
    Limits types =
        RegisteredTypes.of("Tinput", DType.QUINT8)
            .and(RegisteredTypes.of("Tfilter", DType.QUINT8))
            .and(RegisteredTypes.of("out_type", DType.QINT32));
    return List.of(
        Rules.exact(
                "QuantizedConv2D",
                TfQuantizedConvolutions::infer,
                TfQuantizedConvolutions::convolve)
            .limited(types)
            .limited(use -> stride(use.attributes())));
  }

  private static int stride(Attributes attributes) {
    int[] strides = attributes.getInts("strides");
    Shapes.require(
        strides.length == 4 && strides[0] == 1 && strides[3] == 1 && strides[1] == strides[2],
        "strides %s",
        Shapes.text(strides));
    int[] dilations = attributes.getInts("dilations");
    Shapes.require(
        Arrays.stream(dilations).allMatch(d -> d == 1), "dilations %s", Shapes.text(dilations));
    return strides[1];
  }

  private static int output(Attributes attributes, int input, int window) {
    Padding padding = Padding.valueOf(attributes.getString("padding"));
    return WindowAxis.outputSize(input, window, stride(attributes), 1, padding, 0, 0);
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape image = Shapes.ranked(op.shape(0), 4, "the image");
    Shape filter = Shapes.ranked(op.shape(1), 4, "the filter");
    Shape shape =
        Shape.of(
            image.dim(0),
            output(op.attributes(), image.dim(1), filter.dim(0)),
            output(op.attributes(), image.dim(2), filter.dim(1)),
            filter.dim(3));
    return QuantizedResults.of(op, "out_type", shape);
  }

  /**
   * Half of what windows reach beyond the image lies before it. If they do not reach its end, they
   * begin later by half of the rest, even without padding.
   */
  private static WindowAxis axis(Attributes attributes, int input, int window) {
    int output = output(attributes, input, window);
    int stride = stride(attributes);
    int reach = (output - 1) * stride + window - input;
    int before = (attributes.getString("padding").equals("VALID") ? reach + 1 : reach) / 2;
    return new WindowAxis(input, window, stride, 1, before, output);
  }

  private static void convolve(OpCall call) {
    Tensor image = Rules.requireRank(call.operand(0), 4, "the image");
    Tensor filter = Rules.requireRank(call.operand(1), 4, "the filter");
    Shapes.require(image.dim(3) == filter.dim(2), "filters %s for %s", filter.type(), image.type());
    WindowAxis rows = axis(call.attributes(), image.dim(1), filter.dim(0));
    WindowAxis columns = axis(call.attributes(), image.dim(2), filter.dim(1));
    QuantizedType bytes = QuantizedType.of(DType.QUINT8);
    QuantizedRange imageRange = QuantizedRange.of(call, bytes, 2);
    QuantizedRange filterRange = QuantizedRange.of(call, bytes, 4);
    int channels = filter.dim(2);
    int outputs = filter.dim(3);
    int outside = outside((int) imageRange.unclamped(0));
    int[] x = TfQuantizedProducts.centred(image, imageRange);
    int[] w = TfQuantizedProducts.centred(filter, filterRange);
    int[] sums =
        call.result(0, DType.INT32, image.dim(0), rows.output(), columns.output(), outputs).ints();
    Arrays.fill(sums, 0);
    for (int i = 0; i < w.length && outside != 0; i++) {
      for (int k = i % outputs; k < sums.length; k += outputs) {
        sums[k] += outside * w[i];
      }
    }
    WindowWalk.forEach(
        image.dim(0),
        List.of(rows, columns),
        (window, tap, pixel) -> {
          for (int c = 0; c < channels; c++) {
            int factor = x[pixel * channels + c] - outside;
            int line = (tap * channels + c) * outputs;
            for (int k = 0; k < outputs; k++) {
              sums[window * outputs + k] += factor * w[line + k];
            }
          }
        });
    ProductRange.set(call, imageRange, filterRange);
  }

  /**
   * What stands outside the image, less the integer of zero: TensorFlow fills in that integer, of
   * which 8 bits are left.
   */
  private static int outside(int zero) {
    return zero < 0 ? 0 : (zero & 0xFF) - zero;
  }
}
