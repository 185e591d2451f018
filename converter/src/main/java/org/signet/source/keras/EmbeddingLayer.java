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
    boolean integers = layer.policy().integerWeights();
    return WeightNode.of(layer)
        .trained("embeddings")
        .trainedIf(integers, "embeddings_scale")
        .trainedIf(untied, "reverse_embeddings")
        .trainedIf(untied && integers, "reverse_embeddings_scale");
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
    KerasTensor numbers = index ? x : ops.cast(x, DType.INT32);
    KerasTensor rows = ops.gather(table, numbers, 0);
    if (call.layer().policy().integerWeights()) {
      KerasTensor scales = call.weight("embeddings_scale", call.config().getInt("input_dim"));
      rows = IntegerWeights.rows(call, rows, ops.gather(scales, numbers, 0));
    }
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
    boolean tied = config.getBoolean("tie_weights", true);
    String name = tied ? "embeddings" : "reverse_embeddings";
    int[] shape = tied ? new int[] {rows, size} : new int[] {size, rows};
    KerasTensor table = call.weight(name, shape);
    KerasTensor logits =
        call.layer().policy().integerWeights()
            ? IntegerWeights.product(
                call, call.input(), table, call.weight(name + "_scale", rows), tied)
            : ops.matMul(call.input(), table, tied);
    if (!config.has("logit_soft_cap")) {
      return logits;
    }
    double cap = config.getDouble("logit_soft_cap");
    return ops.binary("Mul", ops.unary("Tanh", ops.binary("RealDiv", logits, cap)), cap);
  }
}
