package org.signet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.api.ConversionOptions;
import org.signet.reader.KerasFile;
import org.signet.reader.LayerInfo;
import org.signet.type.TensorType;

/** What {@code inspect} shows of a Keras file. */
final class KerasInspection {
  private final Inspection inspection;

  KerasInspection(Inspection inspection) {
    this.inspection = inspection;
  }

  void show(KerasFile file, ConversionOptions options) {
    inspection.line(
        file.modelClass() + " model '" + file.modelName() + "', Keras " + file.kerasVersion());
    inspection.gap();
    inspection.put("kind", file.isArchive() ? "keras" : "keras_h5");
    inspection.put("keras_version", file.kerasVersion());
    inspection.put("model_class", file.modelClass());
    inspection.put("model_name", file.modelName());
    if (inspection.wants(InspectSection.SIGNATURES)) {
      signatures(options);
    }
    if (inspection.wants(InspectSection.LAYERS)) {
      layers(file);
    }
    if (inspection.wants(InspectSection.VARIABLES)) {
      weights(file);
    }
  }

  /** A model that can't even be read has no signatures, but layers all the same. */
  private void signatures(ConversionOptions options) {
    Map<String, Object> members = new LinkedHashMap<>();
    SourceSignatures signatures = SourceSignatures.madeAndConverted(options);
    signatures.show(inspection);
    signatures.putInto(members);
    members.forEach(inspection::put);
  }

  private void layers(KerasFile file) {
    List<String[]> rows = new ArrayList<>();
    List<Object> json = new ArrayList<>();
    for (LayerInfo layer : file.layers()) {
      List<String> settings = new ArrayList<>();
      layer.settings().forEach((name, value) -> settings.add(name + "=" + value));
      rows.add(
          new String[] {
            "  ".repeat(layer.depth()) + layer.name(),
            layer.className(),
            layer.inputs().isEmpty() ? "" : "<- " + String.join(", ", layer.inputs()),
            String.join(" ", settings)
          });
      json.add(
          MetaGraphJson.ordered(
              "name", layer.name(),
              "class_name", layer.className(),
              "depth", layer.depth(),
              "inputs", layer.inputs(),
              "settings", layer.settings()));
    }
    inspection.table("layers", rows);
    inspection.put("layers", json);
  }

  private void weights(KerasFile file) {
    List<String[]> rows = new ArrayList<>();
    List<Object> json = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<String, TensorType> weight : file.weights().entrySet()) {
      TensorType type = weight.getValue();
      long size = type.shape().elements() * type.dtype().bytes();
      bytes += size;
      rows.add(new String[] {weight.getKey(), type.toString(), Sizes.bytes(size)});
      Map<String, Object> members = MetaGraphJson.ordered("path", weight.getKey());
      members.putAll(ConversionJson.type(type));
      members.put("bytes", size);
      json.add(members);
    }
    inspection.table(rows.size() + " weights of " + Sizes.bytes(bytes), rows);
    inspection.put("weights", json);
  }
}
