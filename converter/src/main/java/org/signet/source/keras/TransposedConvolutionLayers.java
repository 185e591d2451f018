package org.signet.source.keras;

import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/** Transposed convolutions in one to three dimensions. */
final class TransposedConvolutionLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of(
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose",
        "Convolution1DTranspose",
        "Convolution2DTranspose",
        "Convolution3DTranspose");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer)
        .trained("kernel")
        .trainedIf(layer.config().getBoolean("use_bias", true), "bias");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    boolean channelsFirst = config.channelsFirst();
    int rank = ConvolutionLayers.spatialRank(call.layer());
    int filters = config.getInt("filters");
    int[] kernel = config.getSizes("kernel_size", rank, 1);
    int[] strides = config.getSizes("strides", rank, 1);
    int[] dilations = config.getSizes("dilation_rate", rank, 1);
    String padding = config.getChoice("padding", "valid", "same");
    KerasTensor x = ops.toChannelsLast(call.input(), channelsFirst);
    GraphOps.Sizes sizes = ops.sizes().plus(x, 0);
    if (rank == 1) {
      sizes.plus(1);
    }
    for (int i = 0; i < rank; i++) {
      // Keras derives what stride and window leave open; output_padding says it.
      boolean given = config.has("output_padding");
      int extra = given ? config.getInts("output_padding", rank, 0)[i] : 0;
      int window = (kernel[i] - 1) * dilations[i] + 1;
      int added =
          padding.equals("same")
              ? given ? window - 2 * (window / 2) - strides[i] + extra : 0
              : given ? window - strides[i] + extra : Math.max(window - strides[i], 0);
      addSize(ops, sizes, x, i + 1, strides[i], added);
    }
    sizes.plus(filters);
    KerasTensor filter = call.weight("kernel", ConvolutionLayers.dims(kernel, filters, x.dim(-1)));
    KerasTensor input = rank == 1 ? ops.expandDims(x, 1) : x;
    Attributes attributes = ConvolutionLayers.window(strides, dilations, padding);
    KerasTensor result =
        ops.add(
                rank == 3 ? "Conv3DBackpropInputV2" : "Conv2DBackpropInput",
                attributes,
                sizes.tensor(),
                ConvolutionLayers.planar(ops, filter, rank),
                input)
            .refined(sizes.shape());
    if (rank == 1) {
      result = ops.squeeze(result, 1);
    }
    if (config.getBoolean("use_bias", true)) {
      result = ops.binary("BiasAdd", result, call.weight("bias", filters));
    }
    // A softmax is along the last dimension of what the layer gives, whichever that is.
    return List.of(call.activate(ops.fromChannelsLast(result, channelsFirst)));
  }

  /** Adds the size {@code stride * size + added} of a dimension. */
  private static void addSize(
      GraphOps ops, GraphOps.Sizes sizes, KerasTensor x, int axis, int stride, int added) {
    if (x.dim(axis) != Shape.UNKNOWN) {
      sizes.plus(Math.addExact(Math.multiplyExact(x.dim(axis), stride), added));
      return;
    }
    KerasTensor scaled = ops.binary("Mul", ops.size(x, axis), stride);
    sizes.plus(ops.binary("AddV2", scaled, added));
  }
}
