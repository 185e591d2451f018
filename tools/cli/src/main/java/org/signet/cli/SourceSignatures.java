package org.signet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.ConversionReport;
import org.signet.api.ConversionReport.SignatureSummary;
import org.signet.api.Signet;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.reader.SignatureInfo;
import org.signet.reader.TensorInfo;
import org.signet.source.Endpoint;
import org.signet.source.SourceSignature;

/**
 * The signatures of a source, and what they would be converted to; or, in place of that, what is in
 * the way.
 *
 * @param signatures as declared
 * @param report what the conversion did; empty if it failed, or there was nothing to convert
 * @param blockers what is in the way
 */
record SourceSignatures(
    List<SignatureInfo> signatures, Optional<ConversionReport> report, List<Diagnostic> blockers) {

  /** Converts them into thin air. */
  static SourceSignatures of(List<SignatureInfo> declared, ConversionOptions options) {
    List<SignatureInfo> chosen =
        declared.stream()
            .filter(signature ->
                options.signatures().isEmpty() || options.signatures().contains(signature.key()))
            .toList();
    if (declared.isEmpty()) {
      return new SourceSignatures(chosen, Optional.empty(), List.of());
    }
    try {
      return new SourceSignatures(chosen, Optional.of(convert(options)), List.of());
    } catch (SignetException e) {
      return failed(chosen, e);
    }
  }

  /** The signatures that the options make: of functions, of feeds and fetches, of a Keras file. */
  static List<SignatureInfo> made(ConversionOptions options) {
    List<SignatureInfo> infos = new ArrayList<>();
    for (SourceSignature signature : Signet.signatures(options)) {
      infos.add(
          new SignatureInfo(
              signature.key(),
              signature.method(),
              tensors(signature.inputs()),
              tensors(signature.outputs())));
    }
    return infos;
  }

  /** As {@link #made} and {@link #of}; a source that can't be read has blockers alone. */
  static SourceSignatures madeAndConverted(ConversionOptions options) {
    try {
      return of(made(options), options);
    } catch (SignetException e) {
      return failed(List.of(), e);
    }
  }

  private static SourceSignatures failed(List<SignatureInfo> chosen, SignetException e) {
    if (e.code().kind() != Code.Kind.NOT_CONVERTIBLE && e.code().kind() != Code.Kind.MALFORMED) {
      throw e;
    }
    return new SourceSignatures(chosen, Optional.empty(), e.diagnostics());
  }

  private static List<TensorInfo> tensors(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(endpoint -> new TensorInfo(endpoint.name(), endpoint.tensor(), endpoint.type()))
        .toList();
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

  private Optional<SignatureSummary> converted(String key) {
    return report.stream()
        .flatMap(done -> done.signatures().stream())
        .filter(summary -> summary.key().equals(key))
        .findFirst();
  }

  void show(Inspection inspection) {
    for (SignatureInfo signature : signatures) {
      List<String[]> rows = new ArrayList<>();
      signature.inputs().forEach(info -> rows.add(row("input", info)));
      signature.outputs().forEach(info -> rows.add(row("output", info)));
      converted(signature.key())
          .ifPresent(summary -> {
            ops("builtin ops: ", summary.builtins(), rows);
            ops("Flex ops: ", summary.flexOps(), rows);
          });
      String method = signature.methodName().isEmpty() ? "" : " (" + signature.methodName() + ")";
      inspection.block("signature '" + signature.key() + "'" + method, rows);
    }
    for (String line : Failures.lines(blockers)) {
      inspection.line("not convertible: " + line);
    }
    report.ifPresent(done ->
        inspection.line(
            "source of "
                + Sizes.bytes(done.sourceBytes())
                + ", model file of "
                + Sizes.bytes(done.modelBytes())));
    inspection.gap();
  }

  private static String[] row(String what, TensorInfo info) {
    return new String[] {what, info.name(), info.type().toString(), info.tensor()};
  }

  private static void ops(String what, Map<String, Integer> counts, List<String[]> rows) {
    if (!counts.isEmpty()) {
      rows.add(new String[] {what + Inspection.counted(counts)});
    }
  }

  /** Into these members: the signatures, the blockers and, if it was converted, sizes. */
  void putInto(Map<String, Object> members) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (SignatureInfo signature : signatures) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("method_name", signature.methodName());
      own.put("inputs", json(signature.inputs()));
      own.put("outputs", json(signature.outputs()));
      Optional<SignatureSummary> summary = converted(signature.key());
      own.put("builtin_ops", summary.map(SignatureSummary::builtins).orElse(Map.of()));
      own.put("flex_ops", summary.map(SignatureSummary::flexOps).orElse(Map.of()));
      all.put(signature.key(), own);
    }
    members.put("signatures", all);
    members.put("blockers", Failures.json(blockers));
    if (report.isPresent()) {
      members.put("source_bytes", report.get().sourceBytes());
      members.put("model_bytes", report.get().modelBytes());
    }
  }

  private static Map<String, Object> json(List<TensorInfo> infos) {
    Map<String, Object> members = new LinkedHashMap<>();
    infos.forEach(info -> members.put(info.name(), MetaGraphJson.tensor(info)));
    return members;
  }
}
