package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * Reads the calls of a model's graph. Keras 3 writes {@code {args, kwargs}} with tensors as
 * objects; Keras 2 writes {@code [layer, call, output, kwargs]} for each tensor, a list or
 * dictionary of these for several, and {@code ["_CONSTANT_VALUE", -1, value, kwargs]} for a first
 * argument that is none.
 */
final class CallReader {
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private final Set<String> layers;
  private final Function<Reference, Optional<KerasTensor>> tensors;
  private boolean complete = true;

  /**
   * An output of a call of a layer.
   *
   * @param layer its name
   * @param call counts the calls of the layer
   * @param output counts the outputs of the call
   */
  record Reference(String layer, int call, int output) {}

  /**
   * @param layers the names of the model's layers
   * @param tensors gives the tensors that are there already
   */
  CallReader(Set<String> layers, Function<Reference, Optional<KerasTensor>> tensors) {
    this.layers = layers;
    this.tensors = tensors;
  }

  /** The arguments of a call; empty if some tensor is not there yet. */
  Optional<Arguments> read(JsonElement node) {
    complete = true;
    Arguments arguments =
        node instanceof JsonObject object && object.has("args")
            ? new Arguments(keras3Items(object.get("args")), keras3Named(object.get("kwargs")))
            : keras2(node);
    return complete ? Optional.of(arguments) : Optional.empty();
  }

  private List<Argument> keras3Items(JsonElement items) {
    List<Argument> arguments = new ArrayList<>();
    if (items instanceof JsonArray array) {
      array.forEach(item -> arguments.add(keras3(item)));
    }
    return arguments;
  }

  private Map<String, Argument> keras3Named(JsonElement items) {
    Map<String, Argument> arguments = new TreeMap<>();
    if (items instanceof JsonObject object) {
      object.asMap().forEach((name, value) -> arguments.put(name, keras3(value)));
    }
    return arguments;
  }

  private Argument keras3(JsonElement value) {
    return switch (value) {
      case JsonArray array -> new Argument.Items(keras3Items(array));
      case JsonObject object when object.get("class_name") instanceof JsonPrimitive name ->
          keras3Object(name.getAsString(), object);
      case JsonObject object -> new Argument.Named(new TreeMap<>(keras3Named(object)));
      default -> new Argument.Json(value);
    };
  }

  private Argument keras3Object(String className, JsonObject object) {
    JsonObject config =
        object.get("config") instanceof JsonObject settings ? settings : new JsonObject();
    return switch (className) {
      case "__keras_tensor__" -> tensor(config.get("keras_history"));
      case "__slice__" ->
          new Argument.Slice(
              keras3(part(config, "start")),
              keras3(part(config, "stop")),
              keras3(part(config, "step")));
      case "__ellipsis__" -> new Argument.Ellipsis();
      case "__tensor__", "__numpy__" ->
          new Argument.Array(
              part(config, "value"),
              config.get("dtype") instanceof JsonPrimitive dtype ? dtype.getAsString() : "");
      case "__lambda__" ->
          throw SignetException.of(
              Code.UNSUPPORTED_SOURCE,
              "a call is given a lambda, which is Python code and never run");
      default -> new Argument.Json(object);
    };
  }

  /** A setting as an argument; there are no tensors in it. */
  static Argument literal(JsonElement value) {
    return new CallReader(Set.of(), reference -> Optional.empty()).keras3(value);
  }

  private static JsonElement part(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null ? JsonNull.INSTANCE : value;
  }

  private Argument tensor(JsonElement history) {
    Reference reference = reference(history);
    Optional<KerasTensor> tensor = tensors.apply(reference);
    complete &= tensor.isPresent();
    return tensor
        .<Argument>map(Argument.Symbolic::new)
        .orElse(new Argument.Json(JsonNull.INSTANCE));
  }

  /**
   * The reference that {@code [layer, call, output]} is.
   *
   * @throws SignetException if it is none
   */
  static Reference reference(JsonElement json) {
    if (isReference(json) && json instanceof JsonArray array) {
      try {
        return new Reference(
            array.get(0).getAsString(), array.get(1).getAsInt(), array.get(2).getAsInt());
      } catch (NumberFormatException e) {
        // said below
      }
    }
    throw SignetException.of(Code.MALFORMED_GRAPH, json + " does not name a tensor");
  }

  /** Whether {@code json} has the form {@code [layer, call, output, ...]}. */
  static boolean isReference(JsonElement json) {
    return json instanceof JsonArray array
        && array.size() >= 3
        && array.get(0) instanceof JsonPrimitive name
        && name.isString()
        && array.get(1) instanceof JsonPrimitive call
        && call.isNumber()
        && array.get(2) instanceof JsonPrimitive output
        && output.isNumber();
  }

  private Arguments keras2(JsonElement node) {
    Map<String, Argument> named = new TreeMap<>();
    Argument first = keras2Input(node, named);
    if (first instanceof Argument.Items(List<Argument> items) && items.size() == 1) {
      first = items.getFirst();
    }
    return new Arguments(List.of(first), named);
  }

  private Argument keras2Input(JsonElement node, Map<String, Argument> named) {
    if (node instanceof JsonArray array
        && array.size() >= 3
        && array.get(0) instanceof JsonPrimitive name
        && name.isString()) {
      if (array.size() > 3 && array.get(3) instanceof JsonObject kwargs) {
        kwargs.asMap().forEach((key, value) -> named.put(key, keras2Value(value)));
      }
      return name.getAsString().equals(CONSTANT) ? keras2Value(array.get(2)) : tensor(array);
    }
    return switch (node) {
      case JsonArray array -> {
        List<Argument> items = new ArrayList<>();
        array.forEach(item -> items.add(keras2Input(item, named)));
        yield new Argument.Items(items);
      }
      case JsonObject object -> {
        TreeMap<String, Argument> items = new TreeMap<>();
        object.asMap().forEach((key, item) -> items.put(key, keras2Input(item, named)));
        yield new Argument.Named(items);
      }
      default -> throw SignetException.of(Code.MALFORMED_GRAPH, node + " is no call of a layer");
    };
  }

  /** A keyword argument: a tensor if it names one, or what it says. */
  private Argument keras2Value(JsonElement value) {
    if (value instanceof JsonArray array
        && array.size() == 3
        && isReference(array)
        && layers.contains(array.get(0).getAsString())) {
      return tensor(array);
    }
    return switch (value) {
      case JsonArray array -> {
        List<Argument> items = new ArrayList<>();
        array.forEach(item -> items.add(keras2Value(item)));
        yield new Argument.Items(items);
      }
      case JsonObject object
          when object.get("class_name") instanceof JsonPrimitive name
              && name.getAsString().equals("__ellipsis__") ->
          new Argument.Ellipsis();
      case JsonObject object when object.keySet().equals(Set.of("start", "stop", "step")) ->
          new Argument.Slice(
              keras2Value(object.get("start")),
              keras2Value(object.get("stop")),
              keras2Value(object.get("step")));
      default -> new Argument.Json(value);
    };
  }
}
