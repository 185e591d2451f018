package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Models within models, Functional and Sequential, and layers in a row; the whole model is one,
 * too.
 */
final class ModelLayer implements KerasLayer {
  static final String LAYERS = "layers";

  @Override
  public Set<String> classNames() {
    return Set.of("Functional", "InputLayer", "Model", "Pipeline", "Sequential");
  }

  @Override
  public WeightNode weights(LayerSpec model) {
    WeightNode node = WeightNode.of(model);
    return model.className().equals("InputLayer")
        ? node
        : node.list(
            LAYERS,
            layers(model).stream()
                .filter(layer -> !layer.isOperation())
                .map(LayerSpec::weights)
                .toList());
  }

  @Override
  public Masking masking() {
    return Masking.OWN;
  }

  /** The layers of a model. */
  static List<LayerSpec> layers(LayerSpec model) {
    if (!model.config().has(LAYERS)) {
      throw model.unsupported(
          "it is a subclassed model, whose code the file does not hold; only Sequential and"
              + " Functional models can be converted");
    }
    return model.children(LAYERS);
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    LayerSpec model = call.layer();
    if (model.className().equals("InputLayer")) {
      return call.inputs();
    }
    List<KerasTensor> inputs =
        call.arguments().find(0, "inputs").map(a -> a.tensors().toList()).orElse(List.of());
    return isSequential(model)
        ? sequence(call.tracer(), model, inputs)
        : new FunctionalGraph(call.tracer(), model).run(inputs);
  }

  static boolean isSequential(LayerSpec model) {
    return model.className().equals("Sequential") || model.className().equals("Pipeline");
  }

  /** The outputs of a Sequential model. */
  private static List<KerasTensor> sequence(
      Tracer tracer, LayerSpec model, List<KerasTensor> inputs) {
    List<KerasTensor> values = inputs;
    for (LayerSpec layer : layers(model)) {
      if (!layer.className().equals("InputLayer")) {
        values = tracer.call(layer, Arguments.of(values));
      }
    }
    return values;
  }

  /** The tensors that a setting such as {@code output_layers} names, dictionaries by key. */
  static List<CallReader.Reference> references(LayerSpec model, String setting) {
    List<CallReader.Reference> references = new ArrayList<>();
    collect(model.config().json().get(setting), references);
    return references;
  }

  private static void collect(JsonElement json, List<CallReader.Reference> references) {
    if (CallReader.isReference(json)) {
      references.add(CallReader.reference(json));
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collect(item, references));
    } else if (json instanceof JsonObject object) {
      new TreeMap<>(object.asMap()).values().forEach(item -> collect(item, references));
    }
  }
}
