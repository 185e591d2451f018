package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * {@code MultiHeadAttention} and {@code GroupQueryAttention} over sequences [batch, time,
 * features]: softmax(q kᵀ / √d) v for each head, projected before and after.
 */
final class MultiHeadAttentionLayer implements KerasLayer {
  private static final double LARGE_NEGATIVE = -0.7 * Float.MAX_VALUE;
  private static final double MASKED = -1e9;
  private static final double LARGEST_HALF = 65504;

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
    return Masking.OWN;
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
    query = call.real(query);
    value = call.real(value);
    Inputs inputs = new Inputs(query, value, call.tensor(2, "key").map(call::real));
    AttentionEquations equations = equations(call, inputs);
    KerasTensor q = project(call, "query", query);
    KerasTensor k = heads(call, project(call, "key", inputs.key()));
    KerasTensor v = heads(call, project(call, "value", value));
    q = ops.binary("Mul", q, 1 / Math.sqrt(q.dim(-1)));
    KerasTensor scores = ops.einsum(equations.scores(), k, q);
    KerasTensor weights = softmax(call, scores, mask(call, inputs), equations.attended());
    KerasTensor result = ops.einsum(equations.result(), weights, v);
    if (call.config().getBoolean("use_gate", false)) {
      result = ops.times(result, ops.unary("Sigmoid", project(call, "gate", query)));
    }
    Optional<KerasTensor> mask = query.mask();
    List<KerasTensor> results = new ArrayList<>(List.of(output(call, result).withMask(mask)));
    if (returnsScores(call)) {
      results.add(weights);
    }
    if (!call.keras2() && !grouped(call.layer())) {
      // The layer has taken account of the masks, and takes them off: later layers see none.
      List.of("query", "value", "key").forEach(call::takeMaskOff);
    }
    return results;
  }

  private static boolean returnsScores(LayerCall call) {
    return call.arguments().isTrue(call.keras2() ? 4 : 7, "return_attention_scores");
  }

  private static AttentionEquations equations(LayerCall call, Inputs inputs) {
    int rank = inputs.query().rank();
    if (inputs.value().rank() != rank || inputs.key().rank() != rank || rank < 3) {
      throw call.unsupported("its inputs are not [batch, time, features]");
    }
    int[] axes =
        call.config().has("attention_axes")
            ? call.config().getInts("attention_axes")
            : IntStream.range(1, rank - 1).toArray();
    return AttentionEquations.of(
        rank + 1, Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).toArray());
  }

  private static KerasTensor project(LayerCall call, String part, KerasTensor x) {
    WeightNode node = call.layer().weights().part(part + "_dense");
    String labels = AttentionEquations.labels(x.rank());
    String equation =
        labels + "," + labels.charAt(x.rank() - 1) + "yz->" + labels.substring(0, x.rank() - 1);
    KerasTensor result =
        call.ops().einsum(equation + "yz", x, call.weight(node, "kernel", x.dim(-1), -1, -1));
    return call.config().getBoolean("use_bias", true)
        ? call.ops().plus(result, call.weight(node, "bias", result.dim(-2), result.dim(-1)))
        : result;
  }

  private static KerasTensor output(LayerCall call, KerasTensor heads) {
    WeightNode node = call.layer().weights().part("output_dense");
    int features =
        !grouped(call.layer()) && call.config().has("output_shape")
            ? call.config().getInts("output_shape").length
            : 1;
    String kept = AttentionEquations.labels(heads.rank() - 2);
    String made = "stuvwx".substring(0, Math.min(features, 6));
    int[] sizes = new int[features + 2];
    Arrays.fill(sizes, Shape.UNKNOWN);
    sizes[0] = heads.dim(-2);
    sizes[1] = heads.dim(-1);
    KerasTensor kernel = call.weight(node, "kernel", sizes);
    KerasTensor result =
        call.ops().einsum(kept + "yz,yz" + made + "->" + kept + made, heads, kernel);
    int[] bias = Arrays.copyOfRange(kernel.shape().dims(), 2, kernel.rank());
    return call.config().getBoolean("use_bias", true)
        ? call.ops().plus(result, call.weight(node, "bias", bias))
        : result;
  }

  /** Keys or values for each head of the query; groups of heads share them. */
  private static KerasTensor heads(LayerCall call, KerasTensor x) {
    return grouped(call.layer())
        ? UpSamplingLayers.repeat(
            call.ops(), x, 2, call.config().getInt("num_query_heads") / x.dim(2))
        : x;
  }

  /**
   * @param axes the number of dimensions that are attended over, the last ones of the scores
   */
  private static KerasTensor softmax(
      LayerCall call, KerasTensor scores, Optional<KerasTensor> mask, int axes) {
    GraphOps ops = call.ops();
    int[] last = IntStream.range(scores.rank() - axes, scores.rank()).toArray();
    if (mask.isEmpty()) {
      return ActivationLayers.softmax(ops, scores, last);
    }
    KerasTensor allowed = mask.get();
    while (allowed.rank() < scores.rank()) {
      allowed = ops.expandDims(allowed, allowed.rank() - 2 * axes);
    }
    if (call.keras2()) {
      KerasTensor one = ops.scalar(scores.dtype(), 1);
      KerasTensor refused = ops.minus(one, ops.cast(allowed, scores.dtype()));
      double low = scores.dtype() == DType.FLOAT16 ? -65500 : MASKED;
      return ActivationLayers.softmax(ops, ops.plus(scores, ops.binary("Mul", refused, low)), last);
    }
    allowed = ops.cast(allowed, DType.BOOL);
    // Keras 3 leaves steps that may see nothing at 0, or at the mean where nothing is dropped.
    boolean zero =
        call.config().getDouble("dropout", 0) > 0 || returnsScores(call) || scores.rank() != 4;
    double least = scores.dtype() == DType.FLOAT16 ? -0.7 * LARGEST_HALF : LARGE_NEGATIVE;
    double masked = scores.dtype() == DType.FLOAT16 ? -3e4 : MASKED;
    KerasTensor low = ops.scalar(scores.dtype(), zero ? masked : least);
    KerasTensor weights = ActivationLayers.softmax(ops, ops.select(allowed, scores, low), last);
    return zero ? ops.select(allowed, weights, ops.scalar(scores.dtype(), 0)) : weights;
  }

  /**
   * Which step of the query may see which of the value: [batch, query, value], or with more
   * dimensions if the call gives it so.
   */
  private static Optional<KerasTensor> mask(LayerCall call, Inputs inputs) {
    GraphOps ops = call.ops();
    List<KerasTensor> masks = new ArrayList<>();
    // MultiHeadAttention takes a query_mask, but looks at that of the query only (Keras 3.15).
    Optional<KerasTensor> query =
        grouped(call.layer()) ? given(call, 3, "query_mask") : Optional.empty();
    query.or(inputs.query()::mask).ifPresent(mask -> masks.add(ops.expandDims(mask, -1)));
    given(call, 4, "value_mask")
        .or(inputs.value()::mask)
        .ifPresent(mask -> masks.add(ops.expandDims(mask, -2)));
    given(call, 5, "key_mask")
        .or(() -> inputs.givenKey().flatMap(KerasTensor::mask))
        .ifPresent(mask -> masks.add(ops.expandDims(mask, -2)));
    if (call.arguments().isTrue(call.keras2() ? 6 : 9, "use_causal_mask")) {
      masks.add(causal(ops, inputs.query(), inputs.value()));
    }
    if (call.config().has("sliding_window")) {
      KerasTensor distance =
          ops.unary("Abs", ops.minus(rows(ops, inputs.query()), columns(ops, inputs.value())));
      masks.add(ops.binary("Less", distance, call.config().getInt("sliding_window")));
    }
    Optional<KerasTensor> own =
        masks.stream()
            .map(mask -> ops.cast(mask, DType.BOOL))
            .reduce((x, y) -> ops.binary("LogicalAnd", x, y));
    Optional<KerasTensor> attention = call.tensor(call.keras2() ? 3 : 6, "attention_mask");
    if (own.isEmpty() || attention.isEmpty()) {
      return own.or(() -> attention);
    }
    return Optional.of(ops.binary("LogicalAnd", ops.cast(attention.get(), DType.BOOL), own.get()));
  }

  private static Optional<KerasTensor> given(LayerCall call, int position, String name) {
    return call.keras2() ? Optional.empty() : call.tensor(position, name);
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
