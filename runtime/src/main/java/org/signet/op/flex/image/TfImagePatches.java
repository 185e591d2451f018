package org.signet.op.flex.image;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Scattering;
import org.signet.op.Shapes;
import org.signet.op.WindowAxis;
import org.signet.op.WindowAxis.Padding;
import org.signet.op.WindowWalk;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Ops that look at windows of an image, NHWC: ExtractImagePatches and MaxPoolWithArgmax. */
final class TfImagePatches {
  private TfImagePatches() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "ExtractImagePatches", TfImagePatches::inferPatches, TfImagePatches::patches)
            .accurate(Accuracy.EXACT),
        Rules.exact("MaxPoolWithArgmax", TfImagePatches::inferMax, TfImagePatches::max));
  }

  /** Rows, then columns. */
  private static WindowAxis axis(Attributes attributes, String sizes, int input, int d) {
    int[] rates = attributes.getInts("rates");
    return WindowAxis.of(
        input,
        attributes.getInts(sizes)[d],
        attributes.getInts("strides")[d],
        rates.length == 0 ? 1 : rates[d],
        Padding.valueOf(attributes.getString("padding")),
        0,
        0);
  }

  private static int outputSize(Attributes attributes, String sizes, int input, int d) {
    return input == Shape.UNKNOWN ? input : axis(attributes, sizes, input, d).output();
  }

  private static Shape shape(OpTypes op, String sizes, int channels) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    return Shape.of(
        input.dim(0),
        outputSize(op.attributes(), sizes, input.dim(1), 1),
        outputSize(op.attributes(), sizes, input.dim(2), 2),
        channels);
  }

  private static List<TensorType> inferPatches(OpTypes op) {
    int[] sizes = op.attributes().getInts("ksizes");
    Shapes.require(sizes.length == 4, "sizes %s", Shapes.text(sizes));
    int channels = Rules.dim(op, 0, 3);
    int all = channels == Shape.UNKNOWN ? channels : sizes[1] * sizes[2] * channels;
    return List.of(Shapes.plain(op.dtype(0), shape(op, "ksizes", all)));
  }

  private static void patches(OpCall call) {
    Tensor image = Rules.requireRank(call.operand(0), 4, "the input");
    WindowAxis rows = axis(call.attributes(), "ksizes", image.dim(1), 1);
    WindowAxis columns = axis(call.attributes(), "ksizes", image.dim(2), 2);
    int channels = image.dim(3);
    int patch = rows.kernel() * columns.kernel() * channels;
    Tensor result =
        call.result(0, image.dtype(), image.dim(0), rows.output(), columns.output(), patch);
    Elements.clear(result);
    WindowWalk.forEach(
        image.dim(0),
        List.of(rows, columns),
        (window, place, pixel) ->
            Elements.copy(
                image, pixel * channels, result, window * patch + place * channels, channels));
  }

  private static DType indexType(Attributes attributes) {
    return attributes.getType("Targmax", DType.INT64);
  }

  private static List<TensorType> inferMax(OpTypes op) {
    Shape shape = shape(op, "ksize", Rules.dim(op, 0, 3));
    return List.of(
        Shapes.plain(op.dtype(0), shape), Shapes.plain(indexType(op.attributes()), shape));
  }

  /** The first of equal numbers counts. */
  private static void max(OpCall call) {
    Tensor image = Rules.requireRank(call.operand(0), 4, "the input");
    WindowAxis rows = axis(call.attributes(), "ksize", image.dim(1), 1);
    WindowAxis columns = axis(call.attributes(), "ksize", image.dim(2), 2);
    int channels = image.dim(3);
    int[] shape = {image.dim(0), rows.output(), columns.output(), channels};
    Tensor result = call.result(0, image.dtype(), shape);
    Tensor index = call.result(1, indexType(call.attributes()), shape);
    boolean batched = call.attributes().getBoolean("include_batch_in_index", false);
    int perImage = rows.input() * columns.input();
    boolean[] seen = new boolean[result.size()];
    WindowWalk.forEach(
        image.dim(0),
        List.of(rows, columns),
        (window, place, pixel) -> {
          for (int c = 0; c < channels; c++) {
            int to = window * channels + c;
            int from = pixel * channels + c;
            if (!seen[to] || Scattering.isLess(result, to, image, from)) {
              seen[to] = true;
              Elements.copy(image, from, result, to, 1);
              index.setLong(to, (batched ? pixel : pixel % perImage) * (long) channels + c);
            }
          }
        });
    Shapes.require(
        !Arrays.equals(seen, new boolean[seen.length]) || seen.length == 0, "empty windows");
  }
}
