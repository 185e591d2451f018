package org.signet.source.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/**
 * {@code MultiHeadAttention} and {@code GroupQueryAttention} over sequences [batch, time,
 * features]: softmax(q kᵀ / √d) v for each head, projected before and after.
 */
final class MultiHeadAttentionLayer implements KerasLayer {
  private static final double LARGE_NEGATIVE = -0.7 * Float.MAX_VALUE;
  private static final double MASKED = -1e9;

  @Override
  public Set<String> classNames() {
    return Set.of("GroupQueryAttention", "GroupedQueryAttention", "MultiHeadAttention");
  }

  private static boolean grouped(LayerSpec layer) {
    return !layer.className().equals("MultiHeadAttention");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    // GroupQueryAttention is what Keras calls the class GroupedQueryAttention outside.
    String className = grouped(layer) ? "GroupedQueryAttention" : layer.className();
    WeightNode node = new WeightNode(className, layer.name(), layer.trainable());
    for (String part : parts(layer)) {
      WeightNode dense =
          new WeightNode("EinsumDense", layer.name() + "/" + part, layer.trainable())
              .trained("kernel")
              .trainedIf(layer.config().getBoolean("use_bias", true), "bias");
      node.part(dense, part + "_dense", "_" + part + "_dense");
    }
    return node;
  }

  private static List<String> parts(LayerSpec layer) {
    return layer.config().getBoolean("use_gate", false)
        ? List.of("query", "key", "gate", "value", "output")
        : List.of("query", "key", "value", "output");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  /** The inputs of one call. */
  private record Inputs(KerasTensor query, KerasTensor value, Optional<KerasTensor> givenKey) {
    KerasTensor key() {
      return givenKey.orElse(value);
    }
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor query = call.tensor(0, "query").orElseGet(call::input);
    KerasTensor value =
        call.tensor(1, "value").orElseThrow(() -> call.config().malformed("it lacks its value"));
    Inputs inputs = new Inputs(query, value, call.tensor(2, "key"));
    check(call, inputs);
    KerasTensor q = project(call, "query", query);
    KerasTensor k = heads(call, project(call, "key", inputs.key()));
    KerasTensor v = heads(call, project(call, "value", value));
    q = ops.binary("Mul", q, 1 / Math.sqrt(q.dim(-1)));
    KerasTensor scores = ops.einsum("aecd,abcd->acbe", k, q);
    KerasTensor weights = softmax(call, scores, mask(call, inputs));
    KerasTensor result = ops.einsum("acbe,aecd->abcd", weights, v);
    if (call.config().getBoolean("use_gate", false)) {
      result = ops.times(result, ops.unary("Sigmoid", project(call, "gate", query)));
    }
    List<KerasTensor> results = new ArrayList<>(List.of(output(call, result)));
    if (returnsScores(call)) {
      results.add(weights);
    }
    return results;
  }

  private static boolean returnsScores(LayerCall call) {
    return call.arguments().isTrue(Integer.MAX_VALUE, "return_attention_scores");
  }

  private static void check(LayerCall call, Inputs inputs) {
    KerasConfig config = call.config();
    boolean sequences =
        inputs.query().rank() == 3 && inputs.value().rank() == 3 && inputs.key().rank() == 3;
    boolean usual =
        !config.has("attention_axes")
            || (config.getInts("attention_axes").length == 1
                && inputs.query().axis(config.getInts("attention_axes")[0]) == 1);
    if (!sequences || !usual) {
      throw call.unsupported("its inputs are not [batch, time, features]");
    }
  }

  private static KerasTensor project(LayerCall call, String part, KerasTensor x) {
    WeightNode node = call.layer().weights().part(part + "_dense");
    KerasTensor result =
        call.ops().einsum("abc,cde->abde", x, call.weight(node, "kernel", x.dim(-1), -1, -1));
    return call.config().getBoolean("use_bias", true)
        ? call.ops().plus(result, call.weight(node, "bias", result.dim(2), result.dim(3)))
        : result;
  }

  private static KerasTensor output(LayerCall call, KerasTensor heads) {
    WeightNode node = call.layer().weights().part("output_dense");
    int last = 1;
    if (!grouped(call.layer()) && call.config().has("output_shape")) {
      last = call.config().getInts("output_shape").length;
    }
    if (last != 1) {
      throw call.unsupported("its output has more than one dimension of features");
    }
    KerasTensor kernel = call.weight(node, "kernel", heads.dim(2), heads.dim(3), -1);
    KerasTensor result = call.ops().einsum("abcd,cde->abe", heads, kernel);
    return call.config().getBoolean("use_bias", true)
        ? call.ops().plus(result, call.weight(node, "bias", result.dim(-1)))
        : result;
  }

  /** Keys or values for each head of the query; groups of heads share them. */
  private static KerasTensor heads(LayerCall call, KerasTensor x) {
    return grouped(call.layer())
        ? UpSamplingLayers.repeat(
            call.ops(), x, 2, call.config().getInt("num_query_heads") / x.dim(2))
        : x;
  }

  private static KerasTensor softmax(
      LayerCall call, KerasTensor scores, Optional<KerasTensor> mask) {
    GraphOps ops = call.ops();
    if (mask.isEmpty()) {
      return ops.unary("Softmax", scores);
    }
    KerasTensor allowed = ops.expandDims(mask.get(), 1);
    if (call.keras2()) {
      KerasTensor refused = ops.cast(ops.unary("LogicalNot", allowed), scores.dtype());
      return ops.unary("Softmax", ops.plus(scores, ops.binary("Mul", refused, MASKED)));
    }
    // Keras 3 leaves steps that may see nothing at 0, or at the mean where nothing is dropped.
    boolean zero = call.config().getDouble("dropout", 0) > 0 || returnsScores(call);
    KerasTensor low = ops.scalar(scores.dtype(), zero ? MASKED : LARGE_NEGATIVE);
    KerasTensor weights = ops.unary("Softmax", ops.select(allowed, scores, low));
    return zero ? ops.select(allowed, weights, ops.scalar(scores.dtype(), 0)) : weights;
  }

  /** Which step of the query may see which of the value: bool [batch, query, value]. */
  private static Optional<KerasTensor> mask(LayerCall call, Inputs inputs) {
    GraphOps ops = call.ops();
    List<KerasTensor> masks = new ArrayList<>();
    call.tensor(Integer.MAX_VALUE, "attention_mask")
        .ifPresent(mask -> masks.add(ops.cast(mask, DType.BOOL)));
    inputs.query().mask().ifPresent(mask -> masks.add(ops.expandDims(mask, 2)));
    inputs.value().mask().ifPresent(mask -> masks.add(ops.expandDims(mask, 1)));
    inputs
        .givenKey()
        .flatMap(KerasTensor::mask)
        .ifPresent(mask -> masks.add(ops.expandDims(mask, 1)));
    if (call.arguments().isTrue(Integer.MAX_VALUE, "use_causal_mask")) {
      masks.add(causal(ops, inputs.query(), inputs.value()));
    }
    if (call.config().has("sliding_window")) {
      KerasTensor distance =
          ops.unary("Abs", ops.minus(rows(ops, inputs.query()), columns(ops, inputs.value())));
      masks.add(ops.binary("Less", distance, call.config().getInt("sliding_window")));
    }
    return masks.stream().reduce((x, y) -> ops.binary("LogicalAnd", x, y));
  }

  /** Whether step j is not after step i: bool [1, query, value]. */
  static KerasTensor causal(GraphOps ops, KerasTensor query, KerasTensor value) {
    return ops.binary("GreaterEqual", rows(ops, query), columns(ops, value));
  }

  private static KerasTensor rows(GraphOps ops, KerasTensor x) {
    return ops.reshape(ops.range(ops.size(x, 1)), 1, -1, 1);
  }

  private static KerasTensor columns(GraphOps ops, KerasTensor x) {
    return ops.reshape(ops.range(ops.size(x, 1)), 1, 1, -1);
  }
}
