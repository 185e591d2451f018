package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.signet.bundle.BundleTensor;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.TensorType;

/** Reads what a Keras file says, whether or not the model could be converted. */
public final class KerasFileReader implements AutoCloseable {
  private static final int DEEPEST = 32;
  private static final int LONGEST_LIST = 8;
  private static final String KERAS_TENSOR = "keras_history";

  /** Settings that every layer has. */
  private static final Set<String> PLAIN = Set.of("name", "trainable", "dtype");

  private final String version;
  private final JsonObject model;
  private final Optional<HdfStore> store;
  private final String weightsGroup;
  private final Runnable delete;

  private KerasFileReader(
      String version,
      JsonObject model,
      Optional<HdfStore> store,
      String weightsGroup,
      Runnable delete) {
    this.version = version;
    this.model = model;
    this.store = store;
    this.weightsGroup = weightsGroup;
    this.delete = delete;
  }

  /**
   * A layer as its file describes it.
   *
   * @param name its name
   * @param className its class
   * @param depth how many models within the model it is in
   * @param inputs the layers it is called on
   * @param settings its plain settings, as JSON
   */
  public record Layer(
      String name,
      String className,
      int depth,
      List<String> inputs,
      Map<String, String> settings) {}

  /**
   * Opens a file.
   *
   * @throws SignetException if it is no file of Keras, or damaged
   */
  public static KerasFileReader open(Path file) {
    return KerasReader.isArchive(file) ? archive(file) : hdf5(file);
  }

  private static KerasFileReader archive(Path file) {
    KerasArchive.Parts parts = KerasArchive.open(file);
    Runnable delete = () -> parts.weights().ifPresent(KerasFileReader::delete);
    try {
      String version = text(KerasReader.object(file, parts.metadata()), "keras_version").orElse("");
      JsonObject model = KerasReader.object(file, parts.config());
      return new KerasFileReader(version, model, parts.weights().map(HdfStore::open), "", delete);
    } catch (RuntimeException e) {
      delete.run();
      throw e;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // a system that keeps files which are mapped
    }
  }

  private static KerasFileReader hdf5(Path file) {
    HdfStore store = HdfStore.open(file);
    try {
      JsonObject model =
          store
              .text("", "model_config")
              .map(config -> KerasReader.object(file, config))
              .orElseGet(JsonObject::new); // weights alone
      String group = store.exists("model_weights") ? "model_weights" : "";
      String version = store.text("", "keras_version").orElse("");
      return new KerasFileReader(version, model, Optional.of(store), group, () -> {});
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public String version() {
    return version;
  }

  public String modelClass() {
    return text(model, "class_name").orElse("unknown");
  }

  public String modelName() {
    return config(model).flatMap(config -> text(config, "name")).orElse("");
  }

  /** All layers in the order of the file. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    collect(model, 0, layers);
    return layers;
  }

  private static void collect(JsonObject owner, int depth, List<Layer> layers) {
    if (depth > DEEPEST) {
      throw SignetException.of(Code.MALFORMED_GRAPH, "models are nested too deeply");
    }
    JsonElement list = config(owner).map(config -> config.get("layers")).orElse(null);
    if (!(list instanceof JsonArray items)) {
      return;
    }
    for (JsonElement item : items) {
      if (item instanceof JsonObject layer) {
        JsonObject config = config(layer).orElseGet(JsonObject::new);
        Set<String> inputs = new LinkedHashSet<>();
        inputs(layer.get("inbound_nodes"), 0, inputs);
        layers.add(
            new Layer(
                text(config, "name").or(() -> text(layer, "name")).orElse(""),
                text(layer, "class_name").orElse(""),
                depth,
                List.copyOf(inputs),
                settings(config)));
        collect(layer, depth + 1, layers);
      }
    }
  }

  /**
   * Names of layers: Keras 3 writes tensors as objects with a history, Keras 2 as lists that start
   * with a name and two numbers.
   */
  private static void inputs(JsonElement value, int depth, Set<String> names) {
    if (depth > DEEPEST) {
      return;
    }
    if (value instanceof JsonArray array) {
      boolean isTensor =
          array.size() >= 3
              && array.get(0) instanceof JsonPrimitive name
              && name.isString()
              && array.get(1) instanceof JsonPrimitive node
              && node.isNumber();
      if (isTensor) {
        names.add(array.get(0).getAsString());
      } else {
        array.forEach(item -> inputs(item, depth + 1, names));
      }
    } else if (value instanceof JsonObject object) {
      if (object.has(KERAS_TENSOR)) {
        inputs(object.get(KERAS_TENSOR), depth + 1, names);
      } else {
        object.asMap().values().forEach(item -> inputs(item, depth + 1, names));
      }
    }
  }

  private static Map<String, String> settings(JsonObject config) {
    Map<String, String> settings = new LinkedHashMap<>();
    config
        .asMap()
        .forEach((name, value) -> {
          boolean plain = value instanceof JsonPrimitive;
          if (value instanceof JsonArray list) {
            plain =
                list.size() <= LONGEST_LIST
                    && list.asList().stream()
                        .allMatch(item -> item.isJsonPrimitive() || item.isJsonNull());
          }
          if (plain && !PLAIN.contains(name)) {
            settings.put(name, value.toString());
          }
        });
    return settings;
  }

  private static Optional<JsonObject> config(JsonObject owner) {
    return owner.get("config") instanceof JsonObject config
        ? Optional.of(config)
        : Optional.empty();
  }

  private static Optional<String> text(JsonObject owner, String member) {
    return owner.get(member) instanceof JsonPrimitive text
        ? Optional.of(text.getAsString())
        : Optional.empty();
  }

  /** The types of all weights by the path of their dataset. */
  public Map<String, TensorType> weights() {
    SortedMap<String, TensorType> weights = new TreeMap<>();
    store.ifPresent(file -> {
      for (String path : file.datasets(weightsGroup)) {
        file.type(path).ifPresent(type -> weights.put(path, type));
      }
    });
    return weights;
  }

  /** A weight, which must be there. */
  public BundleTensor read(String path) {
    return store
        .flatMap(file -> file.read(path))
        .orElseThrow(
            () -> SignetException.of(Code.NO_SUCH_VARIABLE, "there is no weight '" + path + "'"));
  }

  @Override
  public void close() {
    store.ifPresent(HdfStore::close);
    delete.run();
  }
}
