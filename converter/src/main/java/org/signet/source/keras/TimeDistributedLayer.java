package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code TimeDistributed}: a layer applied to every step of [batch, time, ...], as one batch. */
final class TimeDistributedLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("TimeDistributed");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer).part(layer.child("layer").weights(), "layer");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    LayerSpec inner = call.layer().child("layer");
    KerasTensor x = call.input();
    if (call.mask().isPresent() && KerasLayers.standard().of(inner).masking() != Masking.PASSES) {
      throw call.unsupported("its input is masked, and so would be that of its layer");
    }
    KerasTensor steps =
        ops.reshape(x, ops.sizes().plus(-1).plus(x, 2, x.rank())).withMask(Optional.empty());
    List<KerasTensor> results = new ArrayList<>();
    for (KerasTensor y : call.tracer().callOnSteps(inner, Arguments.of(List.of(steps)))) {
      results.add(ops.reshape(y, ops.sizes().plus(x, 0).plus(x, 1).plus(y, 1, y.rank())));
    }
    return results;
  }
}
