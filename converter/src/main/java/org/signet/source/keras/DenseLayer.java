package org.signet.source.keras;

import java.util.List;
import java.util.Set;

/**
 * {@code Dense}: activation(input · kernel + bias), kernel [in, units], over the last dimension.
 */
final class DenseLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Dense");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer)
        .trained("kernel")
        .trainedIf(layer.config().getBoolean("use_bias", true), "bias")
        .trainedIf(layer.policy().integerWeights(), "kernel_scale");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    KerasTensor x = call.realInput();
    int units = call.config().getInt("units");
    KerasTensor kernel = call.weight("kernel", x.dim(-1), units);
    KerasTensor result =
        call.layer().policy().integerWeights()
            ? IntegerWeights.product(call, x, kernel, call.weight("kernel_scale", units), false)
            : call.ops().matMul(x, kernel);
    if (call.config().getBoolean("use_bias", true)) {
      KerasTensor bias = call.weight("bias", units);
      result =
          result.rank() == 2
              ? call.ops().binary("BiasAdd", result, bias)
              : call.ops().plus(result, bias);
    }
    return List.of(call.activate(result));
  }
}
