package org.signet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.api.ConversionOptions;
import org.signet.api.ConversionReport;
import org.signet.api.ConversionReport.SignatureSummary;
import org.signet.api.Signet;
import org.signet.cli.ModelFacts.SignatureFacts;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.golden.JsonText;
import org.signet.model.TfliteModel;
import org.signet.source.Endpoint;
import org.signet.source.SourceSignature;
import org.signet.type.TensorType;

/** {@code signet inspect}. */
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String synopsis() {
    return "MODEL|SOURCE [options]";
  }

  @Override
  public String summary() {
    return "Show the signatures, ops and sizes of a .tflite file, or of a source as it would be converted.";
  }

  @Override
  public List<Flag> flags() {
    return Flags.SOURCE;
  }

  @Override
  public List<String> examples() {
    return List.of("signet inspect model.tflite", "signet inspect saved_model --tags serve --json");
  }

  @Override
  public int run(Arguments arguments) {
    Path path = arguments.operand("MODEL or SOURCE");
    return Models.isSource(path, arguments)
        ? inspectSource(ConversionFlags.ofSource(path, arguments), arguments)
        : inspectModel(path, arguments);
  }

  private static int inspectModel(Path path, Arguments arguments) {
    try (TfliteModel model = TfliteModel.open(path)) {
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
    return 0;
  }

  /**
   * Signatures are shown even if the source can't be converted; then with what is in the way, in
   * place of the ops.
   */
  private static int inspectSource(ConversionOptions options, Arguments arguments) {
    Map<String, SignatureFacts> signatures = new LinkedHashMap<>();
    for (SourceSignature signature : Signet.signatures(options)) {
      if (options.signatures().isEmpty() || options.signatures().contains(signature.key())) {
        signatures.put(
            signature.key(),
            new SignatureFacts(
                types(signature.inputs()), types(signature.outputs()), Map.of(), Map.of()));
      }
    }
    List<Diagnostic> blockers = List.of();
    Map<String, Object> sizes = new LinkedHashMap<>();
    try {
      ConversionReport report = convert(options);
      for (SignatureSummary summary : report.signatures()) {
        signatures.put(
            summary.key(),
            new SignatureFacts(
                summary.inputs(), summary.outputs(), summary.builtins(), summary.flexOps()));
      }
      sizes.put("source_bytes", report.sourceBytes());
      sizes.put("model_bytes", report.modelBytes());
    } catch (SignetException e) {
      if (e.code().kind() != Code.Kind.NOT_CONVERTIBLE) {
        throw e;
      }
      blockers = e.diagnostics();
    }
    if (arguments.json()) {
      Map<String, Object> members = json(signatures);
      members.put("blockers", Failures.json(blockers));
      members.putAll(sizes);
      arguments.out().print(JsonText.of(members));
    } else {
      arguments.out().print(text(signatures));
      for (String line : Failures.lines(blockers)) {
        arguments.out().println("not convertible: " + line);
      }
      if (sizes.get("source_bytes") instanceof Long before
          && sizes.get("model_bytes") instanceof Long after) {
        arguments
            .out()
            .println("source of " + Sizes.bytes(before) + ", model file of " + Sizes.bytes(after));
      }
    }
    return 0;
  }

  private static ConversionReport convert(ConversionOptions options) {
    try {
      Path folder = Files.createTempDirectory("signet-inspect");
      Path file = folder.resolve("model.tflite");
      try {
        return Signet.convert(options, file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw SignetException.of(
          Code.FILE_UNWRITABLE, "no room for a temporary file: " + e.getMessage());
    }
  }

  private static Map<String, TensorType> types(List<Endpoint> endpoints) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      types.put(endpoint.name(), endpoint.type());
    }
    return types;
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
