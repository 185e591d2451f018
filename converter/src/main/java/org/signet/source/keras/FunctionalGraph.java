package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * One run through the graph of a Functional model: layer after layer, as soon as its inputs are
 * there.
 */
final class FunctionalGraph {
  private final Tracer tracer;
  private final LayerSpec model;
  private final Map<String, LayerSpec> layers = new LinkedHashMap<>();
  private final Map<String, List<JsonElement>> waiting = new LinkedHashMap<>();
  private final Map<String, List<List<KerasTensor>>> results = new HashMap<>();
  private final Map<String, Integer> firstCall = new HashMap<>();

  FunctionalGraph(Tracer tracer, LayerSpec model) {
    this.tracer = tracer;
    this.model = model;
    List<LayerSpec> specs = ModelLayer.layers(model);
    List<JsonObject> objects = model.config().getObjects(ModelLayer.LAYERS);
    for (int i = 0; i < specs.size(); i++) {
      LayerSpec layer = specs.get(i);
      layers.put(layer.name(), layer);
      results.put(layer.name(), new ArrayList<>());
      if (objects.get(i).get("inbound_nodes") instanceof JsonArray calls && !calls.isEmpty()) {
        waiting.put(layer.name(), new ArrayList<>(calls.asList()));
      }
    }
    if (model.keras2()) {
      ModelLayer.references(model, "output_layers").forEach(this::countFrom);
      objects.forEach(layer -> findReferences(layer.get("inbound_nodes")));
    }
  }

  /**
   * Keras 2 numbers the calls of a nested model from 1, since making it counts as one, but those of
   * other layers from 0. The least number in use tells, as every call that is kept is used.
   */
  private void countFrom(CallReader.Reference reference) {
    LayerSpec layer = layers.get(reference.layer());
    if (layer != null && new ModelLayer().classNames().contains(layer.className())) {
      firstCall.merge(reference.layer(), reference.call(), Math::min);
    }
  }

  private void findReferences(JsonElement json) {
    if (CallReader.isReference(json)) {
      countFrom(CallReader.reference(json));
    }
    if (json instanceof JsonArray array) {
      array.forEach(this::findReferences);
    } else if (json instanceof JsonObject object) {
      object.asMap().values().forEach(this::findReferences);
    }
  }

  /** The outputs for these inputs, both in the order of the model's. */
  List<KerasTensor> run(List<KerasTensor> inputs) {
    List<CallReader.Reference> names = ModelLayer.references(model, "input_layers");
    if (names.size() != inputs.size()) {
      throw model
          .config()
          .malformed("it has " + names.size() + " inputs but is called with " + inputs.size());
    }
    for (int i = 0; i < names.size(); i++) {
      List<List<KerasTensor>> calls = results.get(names.get(i).layer());
      if (calls == null) {
        throw model.config().malformed("it has no input layer '" + names.get(i).layer() + "'");
      }
      calls.add(List.of(inputs.get(i)));
      waiting.remove(names.get(i).layer());
    }
    callAll();
    return ModelLayer.references(model, "output_layers").stream().map(this::output).toList();
  }

  private void callAll() {
    CallReader reader = new CallReader(layers.keySet(), this::find);
    boolean progress = true;
    while (progress && !waiting.isEmpty()) {
      progress = false;
      for (String name : List.copyOf(waiting.keySet())) {
        List<JsonElement> calls = waiting.getOrDefault(name, List.of());
        Optional<Arguments> arguments = reader.read(calls.getFirst());
        while (arguments.isPresent()) {
          Objects.requireNonNull(results.get(name))
              .add(tracer.call(Objects.requireNonNull(layers.get(name)), arguments.get()));
          progress = true;
          calls.removeFirst();
          arguments = calls.isEmpty() ? Optional.empty() : reader.read(calls.getFirst());
        }
        if (calls.isEmpty()) {
          waiting.remove(name);
        }
      }
    }
    if (!waiting.isEmpty()) {
      throw model
          .config()
          .malformed("its graph runs in a circle or lacks the inputs of " + waiting.keySet());
    }
  }

  private Optional<KerasTensor> find(CallReader.Reference reference) {
    List<List<KerasTensor>> calls = results.get(reference.layer());
    if (calls == null) {
      throw model.config().malformed("it has no layer '" + reference.layer() + "'");
    }
    int call = reference.call() - firstCall.getOrDefault(reference.layer(), 0);
    if (call < 0 || call >= calls.size()) {
      return Optional.empty();
    }
    List<KerasTensor> outputs = calls.get(call);
    if (reference.output() < 0 || reference.output() >= outputs.size()) {
      throw model
          .config()
          .malformed("'" + reference.layer() + "' has no output " + reference.output());
    }
    return Optional.of(outputs.get(reference.output()));
  }

  private KerasTensor output(CallReader.Reference reference) {
    LayerSpec layer = layers.get(reference.layer());
    // Keras 3 numbers the calls of nested Functional models from 1 here, and only here.
    boolean fromOne = !model.keras2() && layer != null && layer.className().equals("Functional");
    CallReader.Reference actual =
        fromOne
            ? new CallReader.Reference(reference.layer(), reference.call() - 1, reference.output())
            : reference;
    return find(actual)
        .orElseThrow(() ->
            SignetException.of(
                Code.MALFORMED_GRAPH,
                "model '" + model.name() + "' has no output of " + reference));
  }
}
