package org.signet.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.SourceKind;
import org.signet.cli.ModelFacts.SignatureFacts;
import org.signet.golden.JsonText;
import org.signet.model.FlexNodes;
import org.signet.model.TfliteModel;
import org.signet.reader.GraphFile;
import org.signet.reader.KerasFile;
import org.signet.reader.SavedModel;
import org.signet.type.TensorType;

/** {@code signet inspect}. */
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String synopsis() {
    return "MODEL|SOURCE|CHECKPOINT [options]";
  }

  @Override
  public String summary() {
    return "Show what a .tflite file, a source or a checkpoint holds, and what becomes of a source.";
  }

  @Override
  public List<Flag> flags() {
    return Flags.together(
        List.of(Flags.SHOW, Flags.ALL, Flags.VARIABLE, Flags.VARIABLE_FILE, Flags.FLEX_OPS),
        Flags.SOURCE);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "signet inspect model.tflite",
        "signet inspect model.tflite --flex-ops flex_ops.pb",
        "signet inspect saved_model --tags serve --json",
        "signet inspect saved_model --show signatures,variables --all",
        "signet inspect saved_model --variable dense_layer.kernel -o kernel.npy",
        "signet inspect model.ckpt.meta --checkpoint model.ckpt",
        "signet inspect saved_model/variables/variables");
  }

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL or SOURCE");
    if (arguments.has(Flags.VARIABLE)) {
      VariableValue.print(Inspected.of(path, arguments), path, arguments);
      return 0;
    }
    if (arguments.has(Flags.VARIABLE_FILE)) {
      throw arguments.usage("--output takes --variable");
    }
    Inspection inspection = Inspection.of(arguments);
    Inspected kind = Inspected.of(path, arguments);
    if (arguments.has(Flags.FLEX_OPS) && kind != Inspected.MODEL) {
      throw arguments.usage("--flex-ops takes a .tflite file");
    }
    switch (kind) {
      case MODEL -> inspectModel(path, arguments);
      case CHECKPOINT -> {
        new SourceInspection(inspection).checkpoint(Inspected.prefix(path));
        inspection.print(arguments);
      }
      case SAVED_MODEL ->
          inspectSavedModel(ConversionFlags.ofSource(path, arguments), arguments, inspection);
      case GRAPH -> inspectGraph(ConversionFlags.ofSource(path, arguments), arguments, inspection);
      case KERAS -> inspectKeras(ConversionFlags.ofSource(path, arguments), arguments, inspection);
    }
    return 0;
  }

  private static void inspectModel(Path path, Arguments arguments) {
    try (TfliteModel model = TfliteModel.open(path)) {
      Optional<Path> flexOps = arguments.file(Flags.FLEX_OPS);
      if (flexOps.isPresent()) {
        OutputFile.write(flexOps.get(), FlexNodes.graphDef(model));
      }
      ModelFacts facts = ModelFacts.of(model);
      if (arguments.json()) {
        Map<String, Object> members = json(facts.signatures());
        members.put("bytes", facts.bytes());
        members.put("constant_bytes", facts.constantBytes());
        arguments.out().print(JsonText.of(members));
      } else {
        arguments.out().print(text(facts.signatures()));
        arguments
            .out()
            .println(
                "model file of "
                    + Sizes.bytes(facts.bytes())
                    + ", "
                    + Sizes.bytes(facts.constantBytes())
                    + " of it constants");
      }
    }
  }

  private static void inspectSavedModel(
      ConversionOptions options, Arguments arguments, Inspection inspection) {
    try (SavedModel model = SavedModel.open(options.source())) {
      new SourceInspection(inspection).savedModel(model, options);
      inspection.print(arguments);
    }
  }

  private static void inspectGraph(
      ConversionOptions options, Arguments arguments, Inspection inspection) {
    try (GraphFile file = Inspected.graphFile(options)) {
      SourceKind kind = file.isMetaGraph() ? SourceKind.META_GRAPH : SourceKind.GRAPH_DEF;
      new SourceInspection(inspection).graphFile(file, options.withKind(kind));
      inspection.print(arguments);
    }
  }

  private static void inspectKeras(
      ConversionOptions options, Arguments arguments, Inspection inspection) {
    try (KerasFile file = KerasFile.open(options.source())) {
      new KerasInspection(inspection).show(file, options);
      inspection.print(arguments);
    }
  }

  private static String text(Map<String, SignatureFacts> signatures) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, SignatureFacts> signature : signatures.entrySet()) {
      SignatureFacts facts = signature.getValue();
      text.append("signature '").append(signature.getKey()).append("'\n");
      Table table = new Table(false, false, false);
      rows("  input", facts.inputs(), table);
      rows("  output", facts.outputs(), table);
      text.append(table);
      ops("  builtin ops: ", facts.builtins(), text);
      ops("  Flex ops: ", facts.flexOps(), text);
      text.append('\n');
    }
    return text.toString();
  }

  private static void rows(String what, Map<String, TensorType> types, Table table) {
    for (Map.Entry<String, TensorType> type : types.entrySet()) {
      table.row(what, type.getKey(), type.getValue().toString());
    }
  }

  private static void ops(String what, Map<String, Integer> counts, StringBuilder text) {
    String gap = what;
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      text.append(gap).append(count.getKey());
      text.append(count.getValue() == 1 ? "" : " x" + count.getValue());
      gap = ", ";
    }
    text.append(counts.isEmpty() ? "" : "\n");
  }

  private static Map<String, Object> json(Map<String, SignatureFacts> signatures) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<String, SignatureFacts> signature : signatures.entrySet()) {
      SignatureFacts facts = signature.getValue();
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("inputs", ConversionJson.types(facts.inputs()));
      members.put("outputs", ConversionJson.types(facts.outputs()));
      members.put("builtin_ops", facts.builtins());
      members.put("flex_ops", facts.flexOps());
      all.put(signature.getKey(), members);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("signatures", all);
    return root;
  }
}
