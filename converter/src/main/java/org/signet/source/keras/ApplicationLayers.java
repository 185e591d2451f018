package org.signet.source.keras;

import java.util.List;
import java.util.Set;

/** Layers that Keras keeps beside its image classifiers: of ConvNeXt and InceptionResNetV2. */
final class ApplicationLayers implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("CustomScaleLayer", "LayerScale", "StochasticDepth");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node = WeightNode.of(layer);
    return layer.className().equals("LayerScale") ? node.trained("gamma") : node;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    return switch (call.layer().className()) {
      case "LayerScale" ->
          List.of(
              ops.times(
                  call.input(), call.weight("gamma", call.config().getInt("projection_dim"))));
      case "CustomScaleLayer" -> {
        List<KerasTensor> inputs = call.inputs();
        if (inputs.size() != 2) {
          throw call.config().malformed("it is called with " + inputs.size() + " inputs, not 2");
        }
        KerasTensor scaled = ops.binary("Mul", inputs.get(1), call.config().getDouble("scale"));
        yield List.of(ops.plus(inputs.get(0), scaled));
      }
      default -> List.of(call.input()); // whose branch is dropped in training only
    };
  }
}
