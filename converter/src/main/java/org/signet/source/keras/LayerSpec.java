package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;

/**
 * A layer or operation as its file describes it. It has an identity: a layer that is called twice,
 * or that two models share, is one object with one set of weights.
 */
final class LayerSpec {
  static final String ACTIVATION = "activation";
  private static final int DEEPEST_NESTING = 60;

  /** Layers whose weights may be int8. */
  private static final Set<String> INTEGER_CLASSES =
      Set.of("Dense", "EinsumDense", "Embedding", "ReversibleEmbedding");

  private final String className;
  private final KerasConfig config;
  private final String name;
  private final JsonObject json;
  private final Context context;
  private final int depth;
  private final Map<String, List<LayerSpec>> children = new HashMap<>();
  private Optional<WeightNode> weights = Optional.empty();

  /**
   * What all layers of a file share.
   *
   * @param keras2 whether Keras 2 wrote it
   * @param shared layers by the identifier that marks them as one object
   */
  record Context(boolean keras2, Map<String, LayerSpec> shared) {}

  private LayerSpec(JsonObject json, Context context, int depth) {
    this.json = json;
    this.context = context;
    this.depth = depth;
    this.className = text(json, "class_name").orElse("");
    JsonObject settings = new JsonObject();
    if (json.get("config") instanceof JsonObject object) {
      settings = object;
    } else if (json.get("config") != null && json.get("config").isJsonArray()) {
      settings.add("layers", json.get("config")); // as Keras 2.2 wrote Sequential models
    }
    this.name =
        text(settings, "name").or(() -> text(json, "name")).orElse(WeightNode.snakeCase(className));
    this.config = new KerasConfig(name, settings);
    if (className.isEmpty()) {
      throw config.malformed("it has no class_name");
    }
    if (depth > DEEPEST_NESTING) {
      throw config.malformed("layers are nested more than " + DEEPEST_NESTING + " deep");
    }
  }

  /**
   * The layer that {@code json} describes: a new one unless it says that it is one known already.
   */
  static LayerSpec read(JsonObject json, Context context) {
    return read(json, context, 0);
  }

  private static LayerSpec read(JsonObject json, Context context, int depth) {
    Optional<String> id = text(json, "shared_object_id");
    if (id.isPresent() && context.shared().containsKey(id.get())) {
      return context.shared().get(id.get());
    }
    LayerSpec layer = new LayerSpec(json, context, depth);
    id.ifPresent(key -> context.shared().put(key, layer));
    return layer;
  }

  private static Optional<String> text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value != null && value.isJsonPrimitive()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  String className() {
    return className;
  }

  String name() {
    return name;
  }

  KerasConfig config() {
    return config;
  }

  boolean keras2() {
    return context.keras2();
  }

  boolean trainable() {
    return config.getBoolean("trainable", true);
  }

  /** Where the class is from; empty if the file does not say. */
  String module() {
    return text(json, "module").orElse("");
  }

  /** Whether it is a function of {@code keras.ops} in the graph rather than a layer. */
  boolean isOperation() {
    boolean layerLike = config.has("trainable") || config.has("dtype") || config.has("layers");
    return module().isEmpty()
        ? !keras2() && !layerLike && !className.equals("InputLayer")
        : module().startsWith("keras.src.ops") || module().startsWith("keras.ops");
  }

  /** Whether the class is one of the user's own; Keras registers one of its own as such, too. */
  boolean isCustom() {
    if (!module().isEmpty()) {
      return !(module().equals("keras") || module().startsWith("keras."));
    }
    return text(json, "registered_name").filter(registered -> registered.contains(">")).isPresent();
  }

  /** What the layer computes with and what its variables are kept as. */
  Policy policy() {
    JsonElement dtype = config.find("dtype").orElse(new com.google.gson.JsonPrimitive("float32"));
    String policy =
        dtype instanceof JsonObject object
            ? object.get("config") instanceof JsonObject inner
                ? text(inner, "name").orElse(text(object, "class_name").orElse(""))
                : ""
            : dtype.isJsonPrimitive() ? dtype.getAsString() : "";
    boolean quantized =
        dtype instanceof JsonObject object
            && text(object, "class_name").orElse("").contains("Quantized");
    if (quantized && INTEGER_CLASSES.contains(className) && isOfIntegers(dtype)) {
      return new Policy(DType.FLOAT32, true);
    }
    Optional<DType> compute =
        quantized ? Optional.empty() : DType.ofName(policy.replaceFirst("^mixed_", ""));
    return new Policy(
        compute.orElseThrow(
            () -> unsupported("its dtype policy '" + policy + "' is not one of plain numbers")),
        false);
  }

  /** Whether weights are int8 and all else float32. */
  private static boolean isOfIntegers(JsonElement dtype) {
    return dtype instanceof JsonObject object
        && object.get("config") instanceof JsonObject inner
        && text(inner, "mode").orElse("").equals("int8")
        && text(inner, "source_name").orElse("").equals("float32");
  }

  /**
   * The element types of a layer.
   *
   * @param compute what its inputs and variables are cast to
   * @param integerWeights whether its weights are int8, with scales
   */
  record Policy(DType compute, boolean integerWeights) {}

  /** A layer that is a setting of this one, such as the cell of an RNN. */
  LayerSpec child(String key) {
    return children
        .computeIfAbsent(key, k -> List.of(read(config.getConfig(k).json(), context, depth + 1)))
        .getFirst();
  }

  /** Layers that are a setting of this one. */
  List<LayerSpec> children(String key) {
    return children.computeIfAbsent(
        key,
        k -> config.getObjects(k).stream().map(item -> read(item, context, depth + 1)).toList());
  }

  /** The layer that a setting names as an activation function; empty if it is a function. */
  Optional<LayerSpec> activationLayer(String setting) {
    return config
        .find(setting)
        .filter(value ->
            value instanceof JsonObject object
                && object.get("config") instanceof JsonObject
                && KerasLayers.standard().has(text(object, "class_name").orElse("")))
        .map(value -> child(setting));
  }

  WeightNode weights() {
    if (weights.isEmpty()) {
      WeightNode node = KerasLayers.standard().of(this).weights(this);
      activationLayer(ACTIVATION).ifPresent(layer -> node.part(layer.weights(), ACTIVATION));
      weights = Optional.of(node);
    }
    return weights.get();
  }

  /** That the layer can't be converted, and why. */
  SignetException unsupported(String why) {
    return SignetException.of(
        Code.UNSUPPORTED_SOURCE, "layer '" + name + "' (" + className + "): " + why);
  }
}
