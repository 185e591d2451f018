package org.signet.source.keras;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/**
 * {@code Embedding}: the rows of a table [input_dim, output_dim]; index 0 may mean "no step". A
 * {@code ReversibleEmbedding} also goes back, from vectors to a number for each row.
 */
final class EmbeddingLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Embedding", "ReversibleEmbedding");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    boolean untied =
        layer.className().equals("ReversibleEmbedding")
            && !layer.config().getBoolean("tie_weights", true);
    return WeightNode.of(layer).trained("embeddings").trainedIf(untied, "reverse_embeddings");
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    if (call.arguments().isTrue(1, "reverse")) {
      return List.of(reversed(call));
    }
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

  private static KerasTensor reversed(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    if (config.has("reverse_dtype")) {
      throw call.unsupported("it goes back in another type, its reverse_dtype");
    }
    int rows = config.getInt("input_dim");
    int size = config.getInt("output_dim");
    KerasTensor logits =
        config.getBoolean("tie_weights", true)
            ? ops.matMul(call.input(), call.weight("embeddings", rows, size), true)
            : ops.matMul(call.input(), call.weight("reverse_embeddings", size, rows));
    if (!config.has("logit_soft_cap")) {
      return logits;
    }
    double cap = config.getDouble("logit_soft_cap");
    return ops.binary("Mul", ops.unary("Tanh", ops.binary("RealDiv", logits, cap)), cap);
  }
}
