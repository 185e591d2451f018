package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;

/**
 * Convolutions, full, depthwise and separable, in one to three dimensions. Data are [batch, ...,
 * channels]; with channels first they are transposed before and after. One dimension is two, the
 * first of size 1.
 */
final class ConvolutionLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of(
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "Convolution1D",
        "Convolution2D",
        "Convolution3D",
        "DepthwiseConv1D",
        "DepthwiseConv2D",
        "SeparableConv1D",
        "SeparableConv2D",
        "SeparableConvolution1D",
        "SeparableConvolution2D");
  }

  private static boolean isDepthwise(LayerSpec layer) {
    return layer.className().startsWith("Depthwise");
  }

  private static boolean isSeparable(LayerSpec layer) {
    return layer.className().startsWith("Separable");
  }

  /** The number of spatial dimensions that a class name says: {@code Conv2D}. */
  static int spatialRank(LayerSpec layer) {
    String digits = layer.className().replaceAll("[^0-9]", "");
    return Integer.parseInt(digits.substring(0, 1));
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node = WeightNode.of(layer);
    if (isSeparable(layer)) {
      node.trained("depthwise_kernel", "pointwise_kernel");
    } else {
      node.trained("kernel");
    }
    return node.trainedIf(layer.config().getBoolean("use_bias", true), "bias");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    boolean channelsFirst = config.channelsFirst();
    int rank = spatialRank(call.layer());
    if (call.input().rank() > rank + 2) {
      return List.of(onEach(call, rank));
    }
    KerasTensor x = ops.toChannelsLast(call.input(), channelsFirst);
    int[] strides = config.getSizes("strides", rank, 1);
    int[] dilations = config.getSizes("dilation_rate", rank, 1);
    String padding = config.getChoice("padding", "valid", "same", "causal");
    if (padding.equals("causal")) {
      int size = config.getSizes("kernel_size", rank, 1)[0];
      x = ops.pad(x, new int[][] {{0, 0}, {dilations[0] * (size - 1), 0}, {0, 0}});
      padding = "valid";
    }
    boolean flat = rank == 1;
    if (flat) {
      x = ops.expandDims(x, 1);
    }
    KerasTensor result = convolve(call, x, strides, dilations, padding);
    if (flat) {
      result = ops.squeeze(result, 1);
    }
    if (config.getBoolean("use_bias", true)) {
      result = ops.binary("BiasAdd", result, call.weight("bias", result.dim(-1)));
    }
    // A softmax is along the last dimension of what the layer gives, whichever that is.
    return List.of(call.activate(ops.fromChannelsLast(result, channelsFirst)));
  }

  /** Takes the first dimensions as one batch, as Keras 2 does where there are more than one. */
  private KerasTensor onEach(LayerCall call, int rank) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    int batch = x.rank() - rank - 1;
    KerasTensor flat = ops.reshape(x, ops.sizes().plus(-1).plus(x, batch, x.rank()));
    LayerCall inner = new LayerCall(call.tracer(), call.layer(), Arguments.of(List.of(flat)));
    KerasTensor y = call(inner).getFirst();
    return ops.reshape(y, ops.sizes().plus(x, 0, batch).plus(y, 1, y.rank()));
  }

  private static KerasTensor convolve(
      LayerCall call, KerasTensor x, int[] strides, int[] dilations, String padding) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    int rank = strides.length;
    int[] kernel = config.getSizes("kernel_size", rank, 1);
    int channels = x.dim(-1);
    Attributes window = window(strides, dilations, padding);
    if (!isDepthwise(call.layer()) && !isSeparable(call.layer())) {
      int groups = config.getInt("groups", 1);
      KerasTensor filter =
          call.weight(
              "kernel",
              dims(kernel, groups < 1 ? -1 : channels / groups, config.getInt("filters")));
      return ops.add(rank == 3 ? "Conv3D" : "Conv2D", window, x, planar(ops, filter, rank));
    }
    if (Arrays.stream(strides).anyMatch(s -> s > 1)
        && Arrays.stream(dilations).anyMatch(d -> d > 1)) {
      throw call.unsupported("it has both strides and dilation");
    }
    boolean separable = isSeparable(call.layer());
    int multiplier = config.getInt("depth_multiplier", 1);
    KerasTensor depthwise =
        call.weight(separable ? "depthwise_kernel" : "kernel", dims(kernel, channels, multiplier));
    // TensorFlow wants equal strides, of which only the one in the direction of the data counts.
    Attributes square =
        rank == 1 ? window(new int[] {strides[0], strides[0]}, dilations, padding) : window;
    KerasTensor result = ops.add("DepthwiseConv2dNative", square, x, planar(ops, depthwise, rank));
    if (!separable) {
      return result;
    }
    int[] one = new int[rank];
    Arrays.fill(one, 1);
    KerasTensor pointwise =
        call.weight("pointwise_kernel", dims(one, channels * multiplier, config.getInt("filters")));
    return ops.add("Conv2D", window(one, one, "valid"), result, planar(ops, pointwise, rank));
  }

  /** A filter of one spatial dimension with a first one of size 1. */
  static KerasTensor planar(GraphOps ops, KerasTensor filter, int rank) {
    return rank == 1 ? ops.expandDims(filter, 0) : filter;
  }

  /** {@code sizes} and two more. */
  static int[] dims(int[] sizes, int first, int second) {
    int[] dims = Arrays.copyOf(sizes, sizes.length + 2);
    dims[sizes.length] = first;
    dims[sizes.length + 1] = second;
    return dims;
  }

  /** The attributes of a convolution; one spatial dimension is given a first one before it. */
  static Attributes window(int[] strides, int[] dilations, String padding) {
    Attributes attributes =
        Attributes.of("strides", aroundOnes(strides), "dilations", aroundOnes(dilations))
            .with("padding", padding.toUpperCase(java.util.Locale.ROOT));
    return attributes.with("data_format", strides.length == 3 ? "NDHWC" : "NHWC");
  }

  /** {@code [1, values..., 1]}, for two spatial dimensions at least. */
  static List<Long> aroundOnes(int[] values) {
    List<Long> list = new ArrayList<>(List.of(1L));
    if (values.length == 1) {
      list.add(1L);
    }
    Arrays.stream(values).forEach(value -> list.add((long) value));
    list.add(1L);
    return list;
  }
}
