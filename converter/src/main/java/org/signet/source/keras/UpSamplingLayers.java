package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.type.Shape;

/** Layers that enlarge by whole factors. */
final class UpSamplingLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("UpSampling1D", "UpSampling2D", "UpSampling3D");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    int rank = ConvolutionLayers.spatialRank(call.layer());
    int[] factors = call.config().getSizes("size", rank, 2);
    boolean channelsFirst = call.config().channelsFirst();
    KerasTensor x = ops.toChannelsLast(call.input(), channelsFirst);
    if (rank == 2) {
      String method = call.config().getString("interpolation", "nearest");
      boolean known = x.dim(1) != Shape.UNKNOWN && x.dim(2) != Shape.UNKNOWN;
      KerasTensor result;
      if (known) {
        int height = Math.multiplyExact(x.dim(1), factors[0]);
        int width = Math.multiplyExact(x.dim(2), factors[1]);
        result = ImageResizing.to(call, height, width, method).resize(x);
      } else {
        KerasTensor sizes =
            ops.stack(List.of(scaled(ops, x, 1, factors[0]), scaled(ops, x, 2, factors[1])), 0);
        result = ImageResizing.resize(call, x, sizes, method);
      }
      if (!call.keras2()) {
        result = ops.cast(result, x.dtype());
      }
      return List.of(ops.fromChannelsLast(result, channelsFirst));
    }
    for (int i = 0; i < rank; i++) {
      x = repeat(ops, x, i + 1, factors[i]);
    }
    return List.of(ops.fromChannelsLast(x, channelsFirst));
  }

  private static KerasTensor scaled(GraphOps ops, KerasTensor x, int axis, int factor) {
    return ops.binary("Mul", ops.size(x, axis), factor);
  }

  /** Each element along {@code axis} {@code times} times in a row. */
  static KerasTensor repeat(GraphOps ops, KerasTensor x, int axis, int times) {
    if (times == 1) {
      return x;
    }
    int[] multiples = new int[x.rank() + 1];
    Arrays.fill(multiples, 1);
    multiples[axis + 1] = times;
    KerasTensor repeated = ops.tile(ops.expandDims(x, axis + 1), multiples);
    GraphOps.Sizes sizes = ops.sizes().plus(x, 0, axis);
    if (x.dim(axis) == Shape.UNKNOWN) {
      sizes.plus(scaled(ops, x, axis, times));
    } else {
      sizes.plus(Math.multiplyExact(x.dim(axis), times));
    }
    return ops.reshape(repeated, sizes.plus(x, axis + 1, x.rank()));
  }
}
