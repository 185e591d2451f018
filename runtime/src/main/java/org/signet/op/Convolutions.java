package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * CONV_2D, DEPTHWISE_CONV_2D, CONV_3D and their transposes on floats.
 *
 * <p>Inputs are NHWC or NDHWC. Filters are OHWI for CONV_2D and TRANSPOSE_CONV, [1, H, W, channels
 * · multiplier] for DEPTHWISE_CONV_2D, DHWIO for CONV_3D and DHWOI for CONV_3D_TRANSPOSE.
 */
final class Convolutions {
  private static final String[] PLANE = {"h", "w"};
  private static final String[] VOLUME = {"d", "h", "w"};

  private Convolutions() {}

  static List<OpDefinition> definitions() {
    return List.of(
        define("CONV_2D", 0, op -> conv2dShape(op), Convolutions::conv2d),
        define("DEPTHWISE_CONV_2D", 0, op -> depthwiseShape(op), Convolutions::depthwise),
        define("CONV_3D", 0, op -> conv3dShape(op), Convolutions::conv3d),
        define("TRANSPOSE_CONV", 2, op -> spreadShape(op, 4, 0), Convolutions::transposeConv),
        define("CONV_3D_TRANSPOSE", 2, op -> spreadShape(op, 5, 3), Convolutions::conv3dTranspose));
  }

  private static OpDefinition define(String name, int input, ShapeRule rule, Reference reference) {
    return OpDefinition.builtin(
            name,
            rule,
            call -> {
              reference.evaluate(call);
              FusedActivation.of(call.attributes()).clamp(call);
            })
        .accurate(Accuracy.ACCUMULATED)
        .limited(use -> MatrixProducts.requireOneType(use, input, 1))
        .limited(use -> MatrixProducts.requireBias(use, input, input == 0 ? 2 : 3));
  }

  private static List<TensorType> conv2dShape(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    Shape filter = Shapes.ranked(op.shape(1), 4, "the filter");
    return result(op, PLANE, input, new int[] {filter.dim(1), filter.dim(2)}, filter.dim(0));
  }

  private static List<TensorType> depthwiseShape(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    Shape filter = Shapes.ranked(op.shape(1), 4, "the filter");
    return result(op, PLANE, input, new int[] {filter.dim(1), filter.dim(2)}, filter.dim(3));
  }

  private static List<TensorType> conv3dShape(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 5, "the input");
    Shape filter = Shapes.ranked(op.shape(1), 5, "the filter");
    return result(
        op, VOLUME, input, new int[] {filter.dim(0), filter.dim(1), filter.dim(2)}, filter.dim(4));
  }

  private static List<TensorType> result(
      OpTypes op, String[] axes, Shape input, int[] kernel, int channels) {
    int[] spatial = WindowOptions.spatial(input.dims());
    int[] outputs = WindowOptions.builtin(op.attributes(), axes).outputs(spatial, kernel);
    return List.of(
        Shapes.plain(
            op.dtype(0), Shape.of(WindowOptions.channelsLast(input.dim(0), outputs, channels))));
  }

  /**
   * The shape that operand 0 holds; of an unknown one at least batch and channels, of dimension
   * {@code outputs} of the filter.
   */
  private static List<TensorType> spreadShape(OpTypes op, int rank, int outputs) {
    Optional<Tensor> sizes = op.partial(0);
    if (sizes.isPresent()) {
      return List.of(Shapes.plain(op.dtype(2), Shape.of(knownSizes(sizes.get(), rank))));
    }
    Shape filter = Shapes.ranked(op.shape(1), rank, "the filter");
    Shape input = Shapes.ranked(op.shape(2), rank, "the input");
    return List.of(
        Shapes.plain(
            op.dtype(2),
            Shape.ofRank(rank).withDim(0, input.dim(0)).withDim(-1, filter.dim(outputs))));
  }

  private static int[] knownSizes(Tensor sizes, int rank) {
    Shapes.require(
        sizes.size() == rank,
        "an output shape of %d sizes where %d are needed",
        sizes.size(),
        rank);
    int[] dims = sizes.toInts();
    for (int i = 0; i < rank; i++) {
      dims[i] = dims[i] == OpTypes.UNKNOWN_ELEMENT ? Shape.UNKNOWN : dims[i];
    }
    return dims;
  }

  private static Optional<Tensor> bias(OpCall call, int operand, int channels) {
    if (!call.has(operand)) {
      return Optional.empty();
    }
    Tensor bias = call.operand(operand);
    Shapes.require(bias.size() == channels, "a bias of %d for %d channels", bias.size(), channels);
    return Optional.of(bias);
  }

  private static void conv2d(OpCall call) {
    convolve(call, PLANE, AxisOrder.transposed(call.operand(1), 1, 2, 3, 0));
  }

  private static void conv3d(OpCall call) {
    convolve(call, VOLUME, call.operand(1));
  }

  private static void convolve(OpCall call, String[] letters, Tensor filter) {
    Tensor input = call.operand(0);
    List<WindowAxis> axes = axes(call, letters, input.shape(), filter);
    int channels = filter.dim(-1);
    Tensor result = call.result(0, input.dtype(), resultShape(input, axes, channels));
    Convolution.convolve(input, filter, bias(call, 2, channels), axes, result);
  }

  private static void depthwise(OpCall call) {
    Tensor input = call.operand(0);
    Tensor filter = call.operand(1);
    int channels = filter.dim(3);
    Shapes.require(
        filter.dim(0) == 1, "a depthwise filter begins with a size of 1, not %d", filter.dim(0));
    List<WindowAxis> axes =
        axes(
            call, PLANE, input.shape(), filter.reshaped(filter.dim(1), filter.dim(2), 1, channels));
    Tensor result = call.result(0, input.dtype(), resultShape(input, axes, channels));
    Convolution.convolveEach(input, filter, bias(call, 2, channels), axes, result);
  }

  private static void transposeConv(OpCall call) {
    spread(call, PLANE, AxisOrder.transposed(call.operand(1), 1, 2, 3, 0));
  }

  private static void conv3dTranspose(OpCall call) {
    spread(call, VOLUME, AxisOrder.transposed(call.operand(1), 0, 1, 2, 4, 3));
  }

  /**
   * TFLite takes the output's size as it is told, even one that no convolution would turn into the
   * input's.
   */
  private static void spread(OpCall call, String[] letters, Tensor filter) {
    Tensor input = call.operand(2);
    int[] shape = call.operand(0).toInts();
    Shapes.require(
        shape.length == input.rank()
            && shape[0] == input.dim(0)
            && shape[shape.length - 1] == filter.dim(-1),
        "the output can't be of shape %s",
        Shapes.text(shape));
    List<WindowAxis> whole = axes(call, letters, shape, filter);
    List<WindowAxis> axes = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      axes.add(whole.get(i).withOutput(input.dim(i + 1)));
    }
    Tensor result = call.result(0, input.dtype(), shape);
    Convolution.spread(input, filter, bias(call, 3, filter.dim(-1)), axes, result);
  }

  private static List<WindowAxis> axes(OpCall call, String[] letters, int[] input, Tensor filter) {
    int[] kernel = Arrays.copyOf(filter.shape(), letters.length);
    Shapes.require(input.length == letters.length + 2, "an input of shape %s", Shapes.text(input));
    return WindowOptions.builtin(call.attributes(), letters)
        .axes(WindowOptions.spatial(input), kernel);
  }

  private static int[] resultShape(Tensor input, List<WindowAxis> axes, int channels) {
    int[] outputs = axes.stream().mapToInt(WindowAxis::output).toArray();
    return WindowOptions.channelsLast(input.dim(0), outputs, channels);
  }
}
