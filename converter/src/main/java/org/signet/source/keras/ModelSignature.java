package org.signet.source.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.signet.source.Endpoint;
import org.signet.source.OutputNames;
import org.signet.source.SourceSignature;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * The one signature of a Keras model. Inputs are named as their layers; outputs {@code output_N} or
 * as the keys of a dictionary by Keras 3, after the layers that give them by Keras 2.
 */
final class ModelSignature {
  private static final List<String> SHAPES =
      List.of("batch_shape", "batch_input_shape", "build_input_shape");

  private final LayerSpec model;
  private final OutputNames outputNames;
  private final Tracer tracer;

  ModelSignature(LayerSpec model, OutputNames outputNames, Tracer tracer) {
    this.model = model;
    this.outputNames = outputNames;
    this.tracer = tracer;
  }

  /** Traces the model and gives the signature. */
  SourceSignature trace() {
    Map<String, TensorType> declared = inputs();
    List<Endpoint> inputs = new ArrayList<>();
    List<KerasTensor> tensors = new ArrayList<>();
    declared.forEach((name, type) -> {
      KerasTensor tensor = tracer.ops().graph().placeholder(name, type);
      tensors.add(tensor);
      inputs.add(new Endpoint(name, tensor.name() + ":0", type));
    });
    KerasLayer kind = KerasLayers.standard().of(model);
    List<KerasTensor> results = kind.call(new LayerCall(tracer, model, Arguments.of(tensors)));
    List<String> names = outputNames(results.size());
    List<Endpoint> outputs = new ArrayList<>();
    List<String> effects = tracer.states().assignments();
    for (int i = 0; i < results.size(); i++) {
      KerasTensor result = tracer.ops().graph().after(effects, results.get(i));
      outputs.add(new Endpoint(names.get(i), result.name() + ":0", result.type()));
    }
    return new SourceSignature("serving_default", "tensorflow/serving/predict", inputs, outputs);
  }

  private Map<String, TensorType> inputs() {
    Map<String, TensorType> inputs = new LinkedHashMap<>();
    List<LayerSpec> layers = ModelLayer.layers(model);
    if (!ModelLayer.isSequential(model)) {
      for (CallReader.Reference reference : ModelLayer.references(model, "input_layers")) {
        LayerSpec layer =
            layers.stream()
                .filter(candidate -> candidate.name().equals(reference.layer()))
                .findFirst()
                .orElseThrow(
                    () -> model.config().malformed("it has no layer '" + reference.layer() + "'"));
        inputs.put(layer.name(), inputType(layer));
      }
      return inputs;
    }
    if (layers.isEmpty()) {
      throw model.config().malformed("it has no layers");
    }
    LayerSpec first = layers.getFirst();
    boolean input = first.className().equals("InputLayer");
    String name = input ? first.name() : model.keras2() ? first.name() + "_input" : "input_layer";
    inputs.put(name, inputType(first));
    return inputs;
  }

  private TensorType inputType(LayerSpec layer) {
    if (layer.config().getBoolean("sparse", false) || layer.config().getBoolean("ragged", false)) {
      throw layer.unsupported("its input is sparse or ragged");
    }
    boolean input = layer.className().equals("InputLayer");
    String dtype = input ? layer.config().getString("dtype", "float32") : "";
    DType type =
        input
            ? DType.ofName(dtype)
                .orElseThrow(() -> layer.unsupported("its element type is " + dtype))
            : layer.className().equals("Embedding") ? DType.FLOAT32 : layer.policy().compute();
    return TensorType.of(type, inputShape(layer));
  }

  private Shape inputShape(LayerSpec layer) {
    Optional<JsonElement> shape = Optional.empty();
    for (String setting : SHAPES) {
      shape = shape.or(() -> layer.config().find(setting)).or(() -> model.config().find(setting));
    }
    // The model as a whole is an object around its config, which may say what it was built with.
    if (!(shape.orElse(new JsonObject()) instanceof JsonArray dims)) {
      throw layer.unsupported(
          "the model was saved before its input shape was known; build it first");
    }
    int[] sizes = new int[dims.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = dims.get(i).isJsonNull() ? Shape.UNKNOWN : dims.get(i).getAsInt();
    }
    return Shape.of(sizes);
  }

  private List<String> outputNames(int count) {
    JsonElement outputs = model.config().json().get("output_layers");
    List<String> names = new ArrayList<>();
    if (!model.keras2() && outputNames == OutputNames.EXPORTED) {
      if (outputs instanceof JsonObject keys && keys.size() == count) {
        return List.copyOf(new TreeSet<>(keys.keySet()));
      }
      for (int i = 0; i < count; i++) {
        names.add("output_" + i);
      }
      return names;
    }
    List<String> layers = new ArrayList<>();
    if (ModelLayer.isSequential(model)) {
      layers.add(ModelLayer.layers(model).getLast().name());
    } else {
      ModelLayer.references(model, "output_layers").forEach(r -> layers.add(r.layer()));
    }
    Set<String> used = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String layer = layers.get(Math.min(i, layers.size() - 1));
      String name = layer;
      for (int n = 1; !used.add(name); n++) {
        name = layer + "_" + n;
      }
      names.add(name);
    }
    return names;
  }
}
