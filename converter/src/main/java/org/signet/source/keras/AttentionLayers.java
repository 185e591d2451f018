package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/** {@code Attention} (Luong) and {@code AdditiveAttention} (Bahdanau), without projections. */
final class AttentionLayers implements KerasLayer {
  private static final double MASKED = 1e9;
  private static final double LARGEST_HALF = 65504;

  @Override
  public Set<String> classNames() {
    return Set.of("AdditiveAttention", "Attention");
  }

  private static boolean additive(LayerSpec layer) {
    return layer.className().equals("AdditiveAttention");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    boolean concat = layer.config().getString("score_mode", "dot").equals("concat");
    return WeightNode.of(layer)
        .trainedIf(layer.config().getBoolean("use_scale", additive(layer)), "scale")
        .trainedIf(concat && !additive(layer), "concat_score_weight");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    List<KerasTensor> inputs = call.inputs().stream().map(call::real).toList();
    KerasTensor query = inputs.get(0);
    KerasTensor value = inputs.get(1);
    KerasTensor key = inputs.size() > 2 ? inputs.get(2) : value;
    if (query.rank() < 3 || query.rank() != value.rank() || query.rank() != key.rank()) {
      throw call.unsupported("its inputs are not [batch, time, features]");
    }
    KerasTensor scores = scores(call, query, key);
    List<Optional<KerasTensor>> masks = call.masks();
    Optional<KerasTensor> allowed = masks.get(1).map(mask -> ops.expandDims(bool(ops, mask), -2));
    boolean causal = call.config().getBoolean("causal", false);
    if (causal || call.arguments().isTrue(Integer.MAX_VALUE, "use_causal_mask")) {
      KerasTensor past = MultiHeadAttentionLayer.causal(ops, query, value);
      allowed = Optional.of(allowed.map(mask -> ops.binary("LogicalAnd", mask, past)).orElse(past));
    }
    if (allowed.isPresent()) {
      KerasTensor refused = ops.cast(ops.unary("LogicalNot", allowed.get()), scores.dtype());
      double low = scores.dtype() == DType.FLOAT16 ? LARGEST_HALF : MASKED;
      scores = ops.minus(scores, ops.binary("Mul", refused, low));
    }
    KerasTensor weights = ops.unary("Softmax", scores);
    KerasTensor result = ops.matMul(weights, value);
    if (masks.get(0).isPresent()) {
      KerasTensor kept = ops.expandDims(masks.get(0).get(), -1);
      result = ops.times(result, ops.cast(kept, result.dtype()));
    }
    List<KerasTensor> results = new ArrayList<>(List.of(result));
    if (call.arguments().isTrue(Integer.MAX_VALUE, "return_attention_scores")) {
      results.add(weights);
    }
    return results;
  }

  private static KerasTensor bool(GraphOps ops, KerasTensor mask) {
    return ops.cast(mask, DType.BOOL);
  }

  /** How well each step of the query fits each of the key: [batch, query, key]. */
  private static KerasTensor scores(LayerCall call, KerasTensor query, KerasTensor key) {
    GraphOps ops = call.ops();
    boolean scaled = call.config().getBoolean("use_scale", additive(call.layer()));
    boolean concat = call.config().getString("score_mode", "dot").equals("concat");
    if (!additive(call.layer()) && !concat) {
      KerasTensor scores = ops.matMul(query, key, true);
      return scaled ? ops.times(scores, call.weight("scale")) : scores;
    }
    KerasTensor sum = ops.plus(ops.expandDims(query, -2), ops.expandDims(key, -3));
    if (additive(call.layer())) {
      KerasTensor fit = ops.unary("Tanh", sum);
      fit = scaled ? ops.times(call.weight("scale", query.dim(-1)), fit) : fit;
      return ops.reduce("Sum", fit, false, sum.rank() - 1);
    }
    KerasTensor inner = scaled ? ops.times(call.weight("scale"), sum) : sum;
    return ops.times(
        call.weight("concat_score_weight"),
        ops.reduce("Sum", ops.unary("Tanh", inner), false, sum.rank() - 1));
  }
}
