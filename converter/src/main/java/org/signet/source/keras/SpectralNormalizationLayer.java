package org.signet.source.keras;

import java.util.List;
import java.util.Set;
import org.signet.type.DType;

/** {@code SpectralNormalization}: in inference its layer, whose kernel is kept normalized. */
final class SpectralNormalizationLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("SpectralNormalization");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer).fixed("vector_u").part(layer.child("layer").weights(), "layer");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    List<KerasTensor> results = call.tracer().call(call.layer().child("layer"), call.arguments());
    DType given = call.input().dtype();
    // Keras 3 gives whole numbers for such.
    return given.isInteger() && !call.keras2()
        ? results.stream().map(result -> call.ops().cast(result, given)).toList()
        : results;
  }
}
