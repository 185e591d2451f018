package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code Attention} (Luong) and {@code AdditiveAttention} (Bahdanau), without projections. */
final class AttentionLayers implements KerasLayer {
  private static final double MASKED = 1e9;

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
    List<KerasTensor> inputs = call.inputs();
    KerasTensor query = inputs.get(0);
    KerasTensor value = inputs.get(1);
    KerasTensor key = inputs.size() > 2 ? inputs.get(2) : value;
    if (query.rank() != 3 || value.rank() != 3) {
      throw call.unsupported("its inputs are not [batch, time, features]");
    }
    KerasTensor scores = scores(call, query, key);
    Optional<KerasTensor> allowed = value.mask().map(mask -> ops.expandDims(mask, 1));
    boolean causal = call.config().getBoolean("causal", false);
    if (causal || call.arguments().isTrue(Integer.MAX_VALUE, "use_causal_mask")) {
      KerasTensor past = MultiHeadAttentionLayer.causal(ops, query, value);
      allowed = Optional.of(allowed.map(mask -> ops.binary("LogicalAnd", mask, past)).orElse(past));
    }
    if (allowed.isPresent()) {
      KerasTensor refused = ops.cast(ops.unary("LogicalNot", allowed.get()), scores.dtype());
      scores = ops.minus(scores, ops.binary("Mul", refused, MASKED));
    }
    KerasTensor weights = ops.unary("Softmax", scores);
    KerasTensor result = ops.matMul(weights, value);
    if (query.mask().isPresent()) {
      KerasTensor kept = ops.expandDims(query.mask().get(), 2);
      result = ops.times(result, ops.cast(kept, result.dtype()));
    }
    List<KerasTensor> results = new ArrayList<>(List.of(result));
    if (call.arguments().isTrue(Integer.MAX_VALUE, "return_attention_scores")) {
      results.add(weights);
    }
    return results;
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
    KerasTensor sum = ops.plus(ops.expandDims(query, 2), ops.expandDims(key, 1));
    if (additive(call.layer())) {
      KerasTensor fit = ops.unary("Tanh", sum);
      fit = scaled ? ops.times(call.weight("scale", query.dim(-1)), fit) : fit;
      return ops.reduce("Sum", fit, false, 3);
    }
    KerasTensor inner = scaled ? ops.times(call.weight("scale"), sum) : sum;
    return ops.times(
        call.weight("concat_score_weight"), ops.reduce("Sum", ops.unary("Tanh", inner), false, 3));
  }
}
