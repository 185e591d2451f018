package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.Shape;

/**
 * Keras 2's convolutions that have filters of their own for each place: patches of the data times a
 * matrix for each place. Its three ways to keep the weights become one, [places, patch, filters].
 */
final class LocallyConnectedLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("LocallyConnected1D", "LocallyConnected2D");
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
    boolean channelsFirst = call.config().channelsFirst();
    boolean flat = ConvolutionLayers.spatialRank(call.layer()) == 1;
    KerasTensor x = ops.toChannelsLast(call.input(), channelsFirst);
    x = flat ? ops.expandDims(x, 1) : x;
    LocalWindows windows = windows(call, x, flat);
    int[] kernel = {windows.places(), windows.patch(), windows.filters()};
    KerasTensor patches = patches(ops, windows.pad(ops, x), windows);
    KerasTensor rows = ops.transpose(ops.reshape(patches, -1, kernel[0], kernel[1]), 1, 0, 2);
    KerasTensor products = ops.matMul(rows, kernel(call, windows, kernel));
    KerasTensor result = ops.transpose(products, 1, 0, 2);
    int[] out = windows.out();
    int[] sizes = {-1, out[0], out[1], kernel[2]};
    result = ops.reshape(result, flat ? new int[] {-1, out[1], kernel[2]} : sizes);
    result = ops.fromChannelsLast(result, channelsFirst);
    if (call.config().getBoolean("use_bias", true)) {
      int[] dims = flat ? new int[] {out[1], kernel[2]} : new int[] {out[0], out[1], kernel[2]};
      // With channels first Keras reads the same numbers in another order.
      int[] shape = new int[result.rank()];
      shape[0] = 1;
      for (int i = 1; i < shape.length; i++) {
        shape[i] = result.dim(i);
      }
      result = ops.plus(result, ops.reshape(call.weight("bias", dims), shape));
    }
    return List.of(call.activate(result));
  }

  private static LocalWindows windows(LayerCall call, KerasTensor x, boolean flat) {
    if (x.dim(1) == Shape.UNKNOWN || x.dim(2) == Shape.UNKNOWN || x.dim(3) == Shape.UNKNOWN) {
      throw call.config().malformed("the sizes of its input are unknown");
    }
    KerasConfig config = call.config();
    int rank = flat ? 1 : 2;
    int[] kernel = config.getSizes("kernel_size", rank, 1);
    int[] strides = config.getSizes("strides", rank, 1);
    return new LocalWindows(
        new int[] {x.dim(1), x.dim(2), x.dim(3)},
        flat ? new int[] {1, kernel[0]} : kernel,
        flat ? new int[] {1, strides[0]} : strides,
        config.getChoice("padding", "valid", "same").equals("same"),
        config.getInt("filters"),
        config.channelsFirst());
  }

  private static KerasTensor patches(GraphOps ops, KerasTensor x, LocalWindows windows) {
    return ops.add(
        "ExtractImagePatches",
        Attributes.of(
                "ksizes", ConvolutionLayers.aroundOnes(windows.kernel()),
                "strides", ConvolutionLayers.aroundOnes(windows.strides()))
            .with("rates", List.of(1L, 1L, 1L, 1L))
            .with("padding", "VALID"),
        x);
  }

  /** The weights as [places, patch, filters]. */
  private static KerasTensor kernel(LayerCall call, LocalWindows windows, int[] dims) {
    GraphOps ops = call.ops();
    int implementation = call.config().getInt("implementation", 1);
    boolean ordered = implementation == 1 && !call.config().channelsFirst();
    int[] indices = ordered ? new int[0] : windows.weights(implementation);
    KerasTensor kernel = call.weight("kernel", windows.kernelDims(implementation));
    if (ordered) {
      return kernel;
    }
    int count = (int) Shape.elements(kernel.shape().dims());
    KerasTensor values = ops.reshape(kernel, count);
    if (Arrays.stream(indices).anyMatch(i -> i == LocalWindows.OUTSIDE)) {
      values = ops.pad(values, new int[][] {{0, 1}});
      indices = Arrays.stream(indices).map(i -> i == LocalWindows.OUTSIDE ? count : i).toArray();
    }
    return ops.reshape(ops.gather(values, ops.ints(indices), 0), dims);
  }
}
