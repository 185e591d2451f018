package org.signet.cli;

import java.nio.file.Path;
import java.util.Map;
import org.signet.api.ConversionOptions;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.golden.JsonText;
import org.signet.reader.Checkpoint;
import org.signet.reader.GraphFile;
import org.signet.reader.KerasFile;
import org.signet.reader.MetaGraph;
import org.signet.reader.SavedModel;
import org.signet.reader.StoredTensor;
import org.signet.reader.VariableInfo;
import org.signet.tensor.Tensor;

/** {@code signet inspect --variable}. */
final class VariableValue {
  private static final int MOST_PRINTED = 1000;

  private VariableValue() {}

  /** Prints the variable, or writes it to a file. */
  static void print(Inspected what, Path path, Arguments arguments) {
    String name = arguments.required(Flags.VARIABLE);
    Tensor value =
        switch (what) {
          case MODEL -> throw arguments.usage("a .tflite file has no variables with values");
          case CHECKPOINT -> ofCheckpoint(Inspected.prefix(path), name);
          case SAVED_MODEL -> ofSavedModel(ConversionFlags.ofSource(path, arguments), name);
          case GRAPH -> ofGraph(ConversionFlags.ofSource(path, arguments), name);
          case KERAS -> ofKeras(path, name);
        };
    if (arguments.has(Flags.VARIABLE_FILE)) {
      OutputFile.write(arguments.requiredFile(Flags.VARIABLE_FILE), value);
    } else if (arguments.json()) {
      Map<String, Object> members = ConversionJson.type(value.type());
      members.put("name", name);
      members.put("value", TensorText.values(value));
      arguments.out().print(JsonText.of(members));
    } else {
      arguments
          .out()
          .println(name + ": " + value.type() + " " + TensorText.line(value, MOST_PRINTED));
    }
  }

  private static Tensor ofCheckpoint(Path prefix, String key) {
    try (Checkpoint checkpoint = Checkpoint.open(prefix)) {
      return checkpoint.tensor(key).load();
    }
  }

  private static Tensor ofSavedModel(ConversionOptions options, String name) {
    try (SavedModel model = SavedModel.open(options.source())) {
      return value(model.metaGraph(options.tags()), name);
    }
  }

  private static Tensor ofGraph(ConversionOptions options, String name) {
    try (GraphFile file = Inspected.graphFile(options)) {
      return value(file.graph(), name);
    }
  }

  private static Tensor ofKeras(Path path, String name) {
    try (KerasFile file = KerasFile.open(path)) {
      return file.weight(name).load();
    }
  }

  private static Tensor value(MetaGraph graph, String name) {
    VariableInfo variable = graph.variable(name);
    return variable
        .value()
        .map(StoredTensor::load)
        .orElseThrow(() ->
            SignetException.of(
                Code.VARIABLE_WITHOUT_VALUE,
                "variable '" + name + "' has no value in a checkpoint",
                "name the checkpoint of a graph with --checkpoint"));
  }
}
