package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/** {@code Embedding}: the rows of a table [input_dim, output_dim]; index 0 may mean "no step". */
final class EmbeddingLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Embedding");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer).trained("embeddings");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    boolean index = x.dtype() == DType.INT32 || x.dtype() == DType.INT64;
    KerasTensor table =
        call.weight(
            "embeddings", call.config().getInt("input_dim"), call.config().getInt("output_dim"));
    KerasTensor rows = ops.gather(table, index ? x : ops.cast(x, DType.INT32), 0);
    return List.of(
        rows.withMask(
            call.config().getBoolean("mask_zero", false)
                ? Optional.of(ops.binary("NotEqual", x, 0))
                : Optional.empty()));
  }
}
