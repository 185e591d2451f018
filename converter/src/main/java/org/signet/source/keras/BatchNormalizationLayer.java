package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.type.DType;

/**
 * {@code BatchNormalization} in inference: x · f + (β − mean · f) with f = γ / √(variance + ε), as
 * {@code tf.nn.batch_normalization} has it.
 */
final class BatchNormalizationLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("BatchNormalization", "BatchNormalizationV1", "SyncBatchNormalization");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node =
        WeightNode.of(layer)
            .trainedIf(layer.config().getBoolean("scale", true), "gamma")
            .trainedIf(layer.config().getBoolean("center", true), "beta")
            .fixed("moving_mean", "moving_variance");
    return layer.config().getBoolean("renorm", false)
        ? node.fixed("moving_stddev", "renorm_mean", "renorm_stddev")
        : node;
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = NormalizationLayers.wide(ops, call.realInput());
    int[] axes = call.config().has("axis") ? call.config().getInts("axis") : new int[] {-1};
    int[] sizes = Arrays.stream(axes).map(x::dim).toArray();
    KerasTensor mean = NormalizationLayers.weight(call, "moving_mean", x, axes, sizes);
    KerasTensor variance = NormalizationLayers.weight(call, "moving_variance", x, axes, sizes);
    KerasTensor factor =
        ops.unary("Rsqrt", ops.binary("AddV2", variance, call.config().getDouble("epsilon", 1e-3)));
    if (call.config().getBoolean("scale", true)) {
      factor = ops.times(factor, NormalizationLayers.weight(call, "gamma", x, axes, sizes));
    }
    KerasTensor shift = ops.times(mean, factor);
    shift =
        call.config().getBoolean("center", true)
            ? ops.minus(NormalizationLayers.weight(call, "beta", x, axes, sizes), shift)
            : ops.unary("Neg", shift);
    KerasTensor result = ops.plus(ops.times(x, factor), shift);
    DType dtype = call.dtype();
    return List.of(ops.cast(result, dtype));
  }
}
