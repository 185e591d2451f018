package org.signet.source.keras;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.stream.IntStream;
import org.signet.type.DType;

/**
 * What layers compute whose weights are int8, as {@code model.quantize("int8")} makes them: the
 * input becomes integers, each line by its own scale, and the product of integers is divided by
 * both scales.
 *
 * @param range the greatest integer of an input
 * @param least likewise
 * @param epsilon what is added to an input's greatest magnitude
 */
record IntegerWeights(GraphOps ops, double range, double least, double epsilon) {
  private static final double EPSILON = 1e-7;

  /**
   * Integers, and what the numbers were multiplied by.
   *
   * @param values int32, in the range of int8
   * @param scale of size 1 along the axes that have one in common
   */
  private record Scaled(KerasTensor values, KerasTensor scale) {}

  /** How the layer's inputs become integers; empty if they stay as they are. */
  private static Optional<IntegerWeights> of(LayerCall call) {
    Optional<JsonObject> settings =
        call.config()
            .find("quantization_config")
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .map(object -> object.get("config"))
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast);
    if (settings.isEmpty()) {
      return Optional.of(new IntegerWeights(call.ops(), 127, -127, EPSILON));
    }
    var quantizer = settings.get().get("activation_quantizer");
    if (quantizer == null || quantizer instanceof JsonNull) {
      return Optional.empty();
    }
    if (!(quantizer instanceof JsonObject object)
        || !object.has("class_name")
        || !object.get("class_name").getAsString().equals("AbsMaxQuantizer")) {
      throw call.unsupported("its inputs become integers in a way of their own");
    }
    KerasConfig config = new KerasConfig(call.layer().name(), object.getAsJsonObject("config"));
    int[] range = config.getInts("value_range");
    return Optional.of(
        new IntegerWeights(call.ops(), range[1], range[0], config.getDouble("epsilon")));
  }

  private Scaled scaled(KerasTensor x, int... axes) {
    KerasTensor most = ops.reduce("Max", ops.unary("Abs", x), true, axes);
    KerasTensor scale =
        ops.binary("RealDiv", ops.scalar(x.dtype(), range), ops.binary("AddV2", most, epsilon));
    KerasTensor whole = ops.unary("Round", ops.times(x, scale));
    KerasTensor values = ops.cast(ops.clip(whole, least, range), DType.INT8);
    return new Scaled(ops.cast(values, DType.INT32), scale);
  }

  /**
   * {@code x} times a matrix of integers.
   *
   * @param scale what the matrix was multiplied by, one for each column
   */
  static KerasTensor product(
      LayerCall call, KerasTensor x, KerasTensor matrix, KerasTensor scale, boolean turn) {
    GraphOps ops = call.ops();
    Optional<IntegerWeights> weights = of(call);
    if (weights.isEmpty()) {
      KerasTensor product = ops.matMul(x, ops.cast(matrix, x.dtype()), turn);
      return ops.binary("RealDiv", product, scale);
    }
    Scaled input = weights.get().scaled(x, x.rank() - 1);
    KerasTensor product = ops.matMul(input.values(), ops.cast(matrix, DType.INT32), turn);
    return ops.binary("RealDiv", ops.cast(product, x.dtype()), ops.times(scale, input.scale()));
  }

  /**
   * The sum of products that an equation names.
   *
   * @param scale what the kernel was multiplied by, to be broadcast to the result
   */
  static KerasTensor einsum(
      LayerCall call, String equation, KerasTensor x, KerasTensor kernel, KerasTensor scale) {
    GraphOps ops = call.ops();
    Optional<IntegerWeights> weights = of(call);
    if (weights.isEmpty()) {
      KerasTensor product = ops.einsum(equation, x, ops.cast(kernel, x.dtype()));
      return ops.binary("RealDiv", product, scale);
    }
    if (equation.contains(".")) {
      throw call.unsupported("its equation of integers leaves dimensions out");
    }
    String from = equation.substring(0, equation.indexOf(','));
    String to = equation.substring(equation.indexOf("->") + 2);
    int[] reduced =
        IntStream.range(0, from.length()).filter(i -> to.indexOf(from.charAt(i)) < 0).toArray();
    Scaled input = weights.get().scaled(x, reduced);
    KerasTensor product = ops.einsum(equation, input.values(), ops.cast(kernel, DType.INT32));
    KerasTensor own = reduced.length == 0 ? input.scale() : ops.squeeze(input.scale(), reduced);
    int[] order = to.chars().map(from::indexOf).filter(at -> at >= 0).toArray();
    own = ops.transpose(own, ranks(order));
    for (int i = 0; i < to.length(); i++) {
      own = from.indexOf(to.charAt(i)) < 0 ? ops.expandDims(own, i) : own;
    }
    return ops.binary("RealDiv", ops.cast(product, x.dtype()), ops.times(own, scale));
  }

  /** Which place each number takes among them. */
  private static int[] ranks(int[] numbers) {
    return IntStream.of(numbers)
        .map(number -> (int) IntStream.of(numbers).filter(other -> other < number).count())
        .toArray();
  }

  /** Rows of a table of integers, as numbers. */
  static KerasTensor rows(LayerCall call, KerasTensor rows, KerasTensor scales) {
    GraphOps ops = call.ops();
    return ops.binary("RealDiv", ops.cast(rows, scales.dtype()), ops.expandDims(scales, -1));
  }
}
