package org.signet.op.flex.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/**
 * Ops that look at windows of an image or volume, channels last: ExtractImagePatches,
 * ExtractVolumePatches and MaxPoolWithArgmax.
 */
final class TfImagePatches {
  private TfImagePatches() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("ExtractImagePatches", op -> inferPatches(op, 4), call -> patches(call, 4)),
        Rules.exact("ExtractVolumePatches", op -> inferPatches(op, 5), call -> patches(call, 5)),
        Rules.exact("MaxPoolWithArgmax", TfImagePatches::inferMax, TfImagePatches::max));
  }

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

  private static List<TensorType> inferPatches(OpTypes op, int rank) {
    int[] sizes = op.attributes().getInts("ksizes");
    Shapes.require(sizes.length == rank, "sizes %s", Shapes.text(sizes));
    Shape input = Shapes.ranked(op.shape(0), rank, "the input");
    int[] shape = input.dims();
    int channels = shape[rank - 1];
    int places = Shapes.product(sizes, 1, rank - 1);
    shape[rank - 1] = channels == Shape.UNKNOWN ? channels : places * channels;
    for (int d = 1; d < rank - 1; d++) {
      shape[d] = outputSize(op.attributes(), "ksizes", shape[d], d);
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(shape)));
  }

  private static void patches(OpCall call, int rank) {
    Tensor image = Rules.requireRank(call.operand(0), rank, "the input");
    List<WindowAxis> axes = new ArrayList<>();
    int[] shape = image.shape();
    int channels = image.dim(-1);
    int patch = channels;
    for (int d = 1; d < rank - 1; d++) {
      WindowAxis axis = axis(call.attributes(), "ksizes", image.dim(d), d);
      axes.add(axis);
      shape[d] = axis.output();
      patch *= axis.kernel();
    }
    shape[rank - 1] = patch;
    int size = patch;
    Tensor result = call.result(0, image.dtype(), shape);
    Elements.clear(result);
    WindowWalk.forEach(
        image.dim(0),
        axes,
        (window, place, pixel) ->
            Elements.copy(
                image, pixel * channels, result, window * size + place * channels, channels));
  }

  private static DType indexType(Attributes attributes) {
    return attributes.getType("Targmax", DType.INT64);
  }

  private static List<TensorType> inferMax(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    Shape shape =
        input
            .withDim(1, outputSize(op.attributes(), "ksize", input.dim(1), 1))
            .withDim(2, outputSize(op.attributes(), "ksize", input.dim(2), 2));
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
