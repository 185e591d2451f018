package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.Attributes;
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
 * Pooling of images of 8 bits [batch, height, width, channels]. Operands: an image, and the ends of
 * its range, which stays. Means are rounded towards zero.
 */
final class TfQuantizedPools {
  private TfQuantizedPools() {}

  static List<OpDefinition> definitions() {
    return List.of(define("QuantizedAvgPool", false), define("QuantizedMaxPool", true));
  }

  private static OpDefinition define(String name, boolean largest) {
    return Rules.exact(name, TfQuantizedPools::infer, call -> pool(call, largest))
        .limited(RegisteredTypes.of("T", DType.QUINT8))
        .limited(use -> {
          spatial(use.attributes(), "ksize");
          spatial(use.attributes(), "strides");
        });
  }

  private static int[] spatial(Attributes attributes, String name) {
    int[] sizes = attributes.getInts(name);
    Shapes.require(
        sizes.length == 4 && sizes[0] == 1 && sizes[3] == 1, "%s %s", name, Shapes.text(sizes));
    return new int[] {sizes[1], sizes[2]};
  }

  private static Padding padding(Attributes attributes) {
    return Padding.valueOf(attributes.getString("padding"));
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape image = Shapes.ranked(op.shape(0), 4, "the image");
    int[] window = spatial(op.attributes(), "ksize");
    int[] strides = spatial(op.attributes(), "strides");
    Padding padding = padding(op.attributes());
    Shape shape = image;
    for (int d = 0; d < 2; d++) {
      int size = WindowAxis.outputSize(image.dim(1 + d), window[d], strides[d], 1, padding, 0, 0);
      shape = shape.withDim(1 + d, size);
    }
    return QuantizedResults.of(op, "T", shape);
  }

  private static void pool(OpCall call, boolean largest) {
    Tensor image = Rules.requireRank(call.operand(0), 4, "the image");
    int[] window = spatial(call.attributes(), "ksize");
    int[] strides = spatial(call.attributes(), "strides");
    Padding padding = padding(call.attributes());
    WindowAxis rows = WindowAxis.of(image.dim(1), window[0], strides[0], 1, padding, 0, 0);
    WindowAxis columns = WindowAxis.of(image.dim(2), window[1], strides[1], 1, padding, 0, 0);
    int channels = image.dim(3);
    Tensor result =
        call.result(0, DType.UINT8, image.dim(0), rows.output(), columns.output(), channels);
    int[] pooled = new int[result.size()];
    int[] counts = new int[channels == 0 ? 0 : result.size() / channels];
    WindowWalk.forEach(
        image.dim(0),
        List.of(rows, columns),
        (place, tap, pixel) -> {
          counts[place]++;
          for (int c = 0; c < channels; c++) {
            int value = (int) image.getLong(pixel * channels + c);
            int at = place * channels + c;
            pooled[at] = largest ? Math.max(pooled[at], value) : pooled[at] + value;
          }
        });
    for (int i = 0; i < pooled.length; i++) {
      result.setLong(i, largest ? pooled[i] : pooled[i] / counts[i / channels]);
    }
    QuantizedRange range = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), 1);
    QuantizedResults.range(call, 1, range.min(), range.max());
  }
}
