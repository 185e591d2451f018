package org.signet.source.keras;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.signet.op.Attributes;

/** Largest and mean values over windows, or over all of the spatial dimensions. */
final class PoolingLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    Set<String> names = new TreeSet<>();
    for (int rank = 1; rank <= 3; rank++) {
      for (String kind : List.of("MaxPooling", "MaxPool", "AveragePooling", "AvgPool")) {
        names.add(kind + rank + "D");
        names.add("Global" + kind + rank + "D");
      }
    }
    return names;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    String name = call.layer().className();
    boolean max = name.contains("Max");
    return List.of(name.startsWith("Global") ? global(call, max) : windows(call, max));
  }

  private static KerasTensor global(LayerCall call, boolean max) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    if (!max && !(call.keras2() && x.dtype().isInteger())) {
      x = call.realInput();
    }
    boolean channelsFirst = call.config().channelsFirst();
    boolean keep = call.config().getBoolean("keepdims", false);
    int first = channelsFirst ? 2 : 1;
    int[] axes = IntStream.range(first, first + x.rank() - 2).toArray();
    Optional<KerasTensor> mask = call.mask();
    if (mask.isPresent() && !max && axes.length == 1) {
      KerasTensor weights = ops.cast(ops.expandDims(mask.get(), channelsFirst ? 1 : 2), x.dtype());
      return ops.binary(
          "RealDiv",
          ops.reduce("Sum", ops.times(x, weights), keep, axes),
          ops.reduce("Sum", weights, keep, axes));
    }
    return ops.reduce(max ? "Max" : "Mean", x, keep, axes);
  }

  private static KerasTensor windows(LayerCall call, boolean max) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    int rank = ConvolutionLayers.spatialRank(call.layer());
    boolean channelsFirst = config.channelsFirst();
    KerasTensor x = ops.toChannelsLast(call.input(), channelsFirst);
    int[] size = config.getSizes("pool_size", rank, 2);
    int[] strides = config.has("strides") ? config.getSizes("strides", rank, 1) : size;
    Attributes window =
        Attributes.of(
                "ksize",
                ConvolutionLayers.aroundOnes(size),
                "strides",
                ConvolutionLayers.aroundOnes(strides))
            .with("padding", config.getChoice("padding", "valid", "same").toUpperCase(Locale.ROOT))
            .with("data_format", rank == 3 ? "NDHWC" : "NHWC");
    KerasTensor input = rank == 1 ? ops.expandDims(x, 1) : x;
    String op = (max ? "MaxPool" : "AvgPool") + (rank == 3 ? "3D" : "");
    KerasTensor result = ops.add(op, window, input);
    return ops.fromChannelsLast(rank == 1 ? ops.squeeze(result, 1) : result, channelsFirst);
  }
}
