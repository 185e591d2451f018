package org.signet.source.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.api.ConversionOptions;
import org.signet.api.SourceKind;
import org.signet.source.GraphEndpoints;
import org.signet.tensor.Tensor;
import org.signet.testing.Checkout;
import org.signet.type.DType;

/**
 * A graph and what TensorFlow computes with it, as {@code make_control_flow.py} writes them.
 *
 * @param folder holds the file
 * @param name the file's name without suffix
 * @param feeds the names of tensors to feed
 * @param fetches the names of tensors to fetch
 * @param calls what came of feeding
 */
public record RecordedGraph(
    Path folder, String name, List<String> feeds, List<String> fetches, List<Call> calls) {
  private static final Path FOLDER =
      Checkout.root().resolve("converter/src/test/resources/org/signet/source/control");

  /** Values in the order of the feeds and fetches. */
  public record Call(List<Tensor> inputs, List<Tensor> outputs) {}

  static List<RecordedGraph> all() {
    return all(FOLDER);
  }

  /** The graphs of a folder's {@code cases.json}. */
  public static List<RecordedGraph> all(Path folder) {
    List<RecordedGraph> graphs = new ArrayList<>();
    for (JsonElement element :
        JsonParser.parseString(text(folder, "cases.json")).getAsJsonArray()) {
      JsonObject json = element.getAsJsonObject();
      List<Call> calls = new ArrayList<>();
      for (JsonElement call : json.getAsJsonArray("calls")) {
        calls.add(
            new Call(
                tensors(call.getAsJsonObject().getAsJsonArray("inputs")),
                tensors(call.getAsJsonObject().getAsJsonArray("outputs"))));
      }
      graphs.add(
          new RecordedGraph(
              folder,
              json.get("name").getAsString(),
              names(json.getAsJsonArray("feeds")),
              names(json.getAsJsonArray("fetches")),
              calls));
    }
    return graphs;
  }

  /** Calls of a SavedModel's default signature. */
  static List<Map<String, Map<String, Tensor>>> savedModelCalls(String name) {
    List<Map<String, Map<String, Tensor>>> calls = new ArrayList<>();
    for (JsonElement element :
        JsonParser.parseString(text(FOLDER, name + ".json")).getAsJsonArray()) {
      JsonObject call = element.getAsJsonObject();
      calls.add(
          Map.of(
              "inputs", byName(call.getAsJsonObject("inputs")),
              "outputs", byName(call.getAsJsonObject("outputs"))));
    }
    return calls;
  }

  private static Map<String, Tensor> byName(JsonObject json) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    json.entrySet()
        .forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getValue().getAsJsonObject())));
    return tensors;
  }

  static Path controlFolder() {
    return FOLDER;
  }

  static RecordedGraph named(String name) {
    return all().stream().filter(graph -> graph.name().equals(name)).findFirst().orElseThrow();
  }

  public ConversionOptions options() {
    return options(fetches);
  }

  Path file() {
    return folder.resolve(name + ".pb");
  }

  ConversionOptions options(List<String> wanted) {
    return options(file(), wanted);
  }

  ConversionOptions options(Path graph, List<String> wanted) {
    return ConversionOptions.of(graph)
        .withKind(SourceKind.GRAPH_DEF)
        .withEndpoints(List.of(new GraphEndpoints("serving_default", feeds, wanted)));
  }

  private static String text(Path folder, String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(JsonArray json) {
    return json.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<Tensor> tensors(JsonArray json) {
    return json.asList().stream().map(value -> tensor(value.getAsJsonObject())).toList();
  }

  private static Tensor tensor(JsonObject json) {
    DType dtype = DType.ofName(json.get("dtype").getAsString()).orElseThrow();
    int[] shape =
        json.getAsJsonArray("shape").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    Tensor tensor = Tensor.zeros(dtype, shape);
    List<JsonElement> values = json.getAsJsonArray("values").asList();
    for (int i = 0; i < values.size(); i++) {
      switch (dtype) {
        case BOOL -> tensor.setLong(i, values.get(i).getAsBoolean() ? 1 : 0);
        case FLOAT32 -> tensor.setDouble(i, values.get(i).getAsDouble());
        default -> tensor.setLong(i, values.get(i).getAsLong());
      }
    }
    return tensor;
  }
}
