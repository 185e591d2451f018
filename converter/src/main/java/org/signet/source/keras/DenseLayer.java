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
        .trainedIf(layer.config().getBoolean("use_bias", true), "bias");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    KerasTensor x = call.realInput();
    int units = call.config().getInt("units");
    KerasTensor result = call.ops().matMul(x, call.weight("kernel", x.dim(-1), units));
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
