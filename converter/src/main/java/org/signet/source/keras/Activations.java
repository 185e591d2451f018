package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.signet.op.Attributes;

/**
 * Keras's activation functions.
 *
 * @param name the function, as {@code keras.activations} names it
 * @param settings its parameters, where a file gives any
 * @param keras2 whether it is Keras 2's: its {@code hard_sigmoid} is another
 */
record Activations(String name, KerasConfig settings, boolean keras2) {
  /** The functions that there are. */
  static final Set<String> NAMES =
      new TreeSet<>(
          List.of(
              "celu",
              "elu",
              "exponential",
              "gelu",
              "glu",
              "hard_shrink",
              "hard_sigmoid",
              "hard_silu",
              "hard_swish",
              "hard_tanh",
              "leaky_relu",
              "linear",
              "log_sigmoid",
              "log_softmax",
              "mish",
              "relu",
              "relu6",
              "selu",
              "sigmoid",
              "silu",
              "soft_shrink",
              "softmax",
              "softplus",
              "softsign",
              "sparse_plus",
              "sparse_sigmoid",
              "sparsemax",
              "squareplus",
              "swish",
              "tanh",
              "tanh_shrink",
              "threshold"));

  /** The function that a setting of {@code layer} names; {@code linear} if it names none. */
  static Activations of(LayerSpec layer, String setting) {
    JsonElement value = layer.config().find(setting).orElse(new JsonPrimitive("linear"));
    String name = "";
    JsonObject settings = new JsonObject();
    if (value instanceof JsonPrimitive text) {
      name = text.getAsString();
    } else if (value instanceof JsonObject object) {
      JsonElement config = object.get("config");
      boolean function = config instanceof JsonPrimitive;
      JsonElement chosen = function ? config : object.get("class_name");
      name = chosen instanceof JsonPrimitive text ? text.getAsString() : "";
      settings = config instanceof JsonObject inner ? inner : settings;
    }
    String snake = WeightNode.snakeCase(name);
    String known = NAMES.contains(name) ? name : snake.equals("re_lu") ? "relu" : snake;
    if (!NAMES.contains(known)) {
      throw layer.unsupported("its " + setting + " '" + name + "' is none of Keras's functions");
    }
    return new Activations(known, new KerasConfig(layer.name(), settings), layer.keras2());
  }

  /** The function applied to {@code x}. */
  KerasTensor apply(GraphOps ops, KerasTensor x) {
    return switch (name) {
      case "linear" -> x;
      case "celu" -> celu(ops, x, settings.getDouble("alpha", 1));
      case "elu" -> elu(ops, x, settings.getDouble("alpha", 1));
      case "exponential" -> ops.unary("Exp", x);
      case "gelu" -> gelu(ops, x, settings.getBoolean("approximate", false));
      case "glu" -> {
        List<KerasTensor> halves = ops.split(x, 2, settings.getInt("axis", -1));
        yield ops.times(halves.getFirst(), ops.unary("Sigmoid", halves.getLast()));
      }
      case "hard_shrink" ->
          where(
              ops,
              "Greater",
              ops.unary("Abs", x),
              settings.getDouble("threshold", 0.5),
              x,
              ops.unary("ZerosLike", x));
      case "hard_sigmoid" -> hardSigmoid(ops, x);
      case "hard_silu", "hard_swish" -> ops.times(x, hardSigmoid(ops, x));
      case "hard_tanh" -> ops.clip(x, -1, 1);
      case "leaky_relu" ->
          leakyRelu(ops, x, settings.getDouble("negative_slope", settings.getDouble("alpha", 0.2)));
      case "log_sigmoid" -> ops.unary("Neg", ops.unary("Softplus", ops.unary("Neg", x)));
      case "log_softmax" -> ops.softmax("LogSoftmax", x, settings.getInt("axis", -1));
      case "mish" -> ops.times(x, ops.unary("Tanh", ops.unary("Softplus", x)));
      case "relu" ->
          relu(
              ops,
              x,
              settings.getDouble("negative_slope", 0),
              settings.has("max_value")
                  ? Optional.of(settings.getDouble("max_value"))
                  : Optional.empty(),
              settings.getDouble("threshold", 0));
      case "relu6" -> ops.unary("Relu6", x);
      case "selu" -> ops.unary("Selu", x);
      case "sigmoid" -> ops.unary("Sigmoid", x);
      case "silu", "swish" -> ops.times(x, ops.unary("Sigmoid", x));
      case "soft_shrink" -> softShrink(ops, x, settings.getDouble("threshold", 0.5));
      case "softmax" -> ops.softmax("Softmax", x, settings.getInt("axis", -1));
      case "softplus" -> ops.unary("Softplus", x);
      case "softsign" -> ops.unary("Softsign", x);
      case "sparse_plus" -> {
        KerasTensor square = ops.unary("Square", ops.binary("AddV2", x, 1));
        KerasTensor middle = ops.binary("Mul", square, 0.25);
        KerasTensor below = where(ops, "Less", x, 1, middle, x);
        yield where(ops, "LessEqual", x, -1, ops.unary("ZerosLike", x), below);
      }
      case "sparse_sigmoid" -> ops.clip(ops.binary("Mul", ops.binary("AddV2", x, 1), 0.5), 0, 1);
      case "sparsemax" -> sparsemax(ops, x, settings.getInt("axis", -1));
      case "squareplus" -> {
        KerasTensor square =
            ops.binary("AddV2", ops.unary("Square", x), settings.getDouble("b", 4));
        yield ops.binary("Mul", ops.plus(x, ops.unary("Sqrt", square)), 0.5);
      }
      case "tanh" -> ops.unary("Tanh", x);
      case "tanh_shrink" -> ops.minus(x, ops.unary("Tanh", x));
      case "threshold" ->
          where(
              ops,
              "Greater",
              x,
              settings.getDouble("threshold"),
              x,
              ops.binary("AddV2", ops.unary("ZerosLike", x), settings.getDouble("default_value")));
      default -> throw new IllegalStateException("no function " + name);
    };
  }

  private static KerasTensor where(
      GraphOps ops, String comparison, KerasTensor x, double bound, KerasTensor a, KerasTensor b) {
    return ops.select(ops.binary(comparison, x, bound), a, b);
  }

  /** Keras 2: 0.2 x + 0.5 between 0 and 1; Keras 3: x / 6 + 0.5 between 0 and 1. */
  private KerasTensor hardSigmoid(GraphOps ops, KerasTensor x) {
    return keras2
        ? ops.clip(ops.binary("AddV2", ops.binary("Mul", x, 0.2), 0.5), 0, 1)
        : ops.binary("RealDiv", ops.unary("Relu6", ops.binary("AddV2", x, 3)), 6);
  }

  static KerasTensor elu(GraphOps ops, KerasTensor x, double alpha) {
    KerasTensor elu = ops.unary("Elu", x);
    return alpha == 1 ? elu : where(ops, "Greater", x, 0, elu, ops.binary("Mul", elu, alpha));
  }

  private static KerasTensor celu(GraphOps ops, KerasTensor x, double alpha) {
    KerasTensor negative = ops.binary("RealDiv", ops.binary("Minimum", x, 0), alpha);
    return ops.plus(ops.unary("Relu", x), ops.binary("Mul", ops.unary("Expm1", negative), alpha));
  }

  static KerasTensor leakyRelu(GraphOps ops, KerasTensor x, double slope) {
    return ops.add("LeakyRelu", Attributes.of("alpha", (float) slope), x);
  }

  static KerasTensor gelu(GraphOps ops, KerasTensor x, boolean approximate) {
    KerasTensor half = ops.binary("Mul", x, 0.5);
    if (!approximate) {
      KerasTensor erf = ops.unary("Erf", ops.binary("Mul", x, Math.sqrt(0.5)));
      return ops.times(half, ops.binary("AddV2", erf, 1));
    }
    KerasTensor cube = ops.binary("Mul", ops.binary("Pow", x, 3), 0.044715);
    KerasTensor inner = ops.binary("Mul", ops.plus(x, cube), Math.sqrt(2 / Math.PI));
    return ops.times(half, ops.binary("AddV2", ops.unary("Tanh", inner), 1));
  }

  /** max(x − τ, 0), with τ such that the sum is 1; Martins and Astudillo, 2016. */
  private static KerasTensor sparsemax(GraphOps ops, KerasTensor input, int axis) {
    int last = input.rank() - 1;
    int[] swap = IntStream.rangeClosed(0, last).toArray();
    swap[input.axis(axis)] = last;
    swap[last] = input.axis(axis);
    KerasTensor x = ops.transpose(input, swap);
    KerasTensor size = ops.size(x, last);
    KerasTensor sorted =
        ops.graph().add("TopKV2", Attributes.of("sorted", true), List.of(x, size)).getFirst();
    KerasTensor sums = ops.add("Cumsum", Attributes.NONE, sorted, ops.integer(last));
    KerasTensor count = ops.cast(ops.binary("AddV2", ops.range(size), 1), x.dtype());
    KerasTensor excess = ops.binary("RealDiv", ops.binary("Sub", sums, 1), count);
    KerasTensor support = ops.binary("Greater", ops.minus(sorted, excess), 0);
    KerasTensor supported = ops.select(support, sums, ops.scalar(x.dtype(), 0));
    KerasTensor sizes = ops.reduce("Sum", ops.cast(support, x.dtype()), true, last);
    // As Keras sums it: the running sums themselves, not the elements.
    KerasTensor total = ops.binary("Sub", ops.reduce("Sum", supported, true, last), 1);
    KerasTensor above = ops.minus(x, ops.binary("RealDiv", total, sizes));
    return ops.transpose(ops.binary("Maximum", above, 0), swap);
  }

  private static KerasTensor softShrink(GraphOps ops, KerasTensor x, double threshold) {
    KerasTensor zeros = ops.unary("ZerosLike", x);
    KerasTensor below = where(ops, "Less", x, -threshold, ops.binary("AddV2", x, threshold), zeros);
    return where(ops, "Greater", x, threshold, ops.binary("Sub", x, threshold), below);
  }

  /** x from {@code threshold} up to {@code max}, {@code slope} · (x − threshold) below. */
  static KerasTensor relu(
      GraphOps ops, KerasTensor x, double slope, Optional<Double> max, double threshold) {
    if (slope != 0 && max.isEmpty() && threshold == 0) {
      return leakyRelu(ops, x, slope);
    }
    KerasTensor result;
    if (threshold != 0) {
      KerasTensor above = ops.cast(ops.binary("Greater", x, threshold), x.dtype());
      result = ops.times(x, above);
    } else if (max.isPresent() && max.get() == 6) {
      result = ops.unary("Relu6", x);
    } else {
      result = ops.unary("Relu", x);
    }
    if (max.isPresent() && (threshold != 0 || max.get() != 6)) {
      result = ops.clip(result, 0, max.get());
    }
    if (slope == 0) {
      return result;
    }
    KerasTensor below = ops.binary("AddV2", ops.unary("Neg", x), threshold);
    return ops.minus(result, ops.binary("Mul", ops.unary("Relu", below), slope));
  }
}
