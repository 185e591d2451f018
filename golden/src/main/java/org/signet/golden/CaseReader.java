package org.signet.golden;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Reads case files. Members that it does not know are left alone. */
public final class CaseReader {
  /** The name of the file that describes a case. */
  public static final String FILE = "case.json";

  private final Path directory;

  private CaseReader(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a case.
   *
   * @param path the folder, or its {@value #FILE}
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE, MALFORMED_CASE
   */
  public static GoldenCase read(Path path) {
    boolean isFile = path.endsWith(FILE) && !Files.isDirectory(path);
    Path parent = path.toAbsolutePath().getParent();
    return new CaseReader(isFile && parent != null ? parent : path).read();
  }

  /**
   * Reads every case of a folder, sorted by name.
   *
   * @throws SignetException as {@link #read} does
   */
  public static List<GoldenCase> readAll(Path folder) {
    Map<String, Path> found = new TreeMap<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        if (Files.isRegularFile(child.resolve(FILE))) {
          found.put(String.valueOf(child.getFileName()), child);
        }
      }
    } catch (IOException e) {
      throw SignetException.of(
          Code.FILE_UNREADABLE, "can't read the folder " + folder + ": " + e.getMessage());
    }
    List<GoldenCase> cases = new ArrayList<>();
    found.values().forEach(child -> cases.add(read(child)));
    return cases;
  }

  private GoldenCase read() {
    Fields fields = Fields.read(directory.resolve(FILE));
    SequencedMap<String, CaseSignature> signatures = new LinkedHashMap<>();
    fields
        .object("signatures")
        .objects()
        .forEach((key, value) -> signatures.put(key, signature(value)));
    List<CaseCall> calls = new ArrayList<>();
    for (Object call : fields.list("calls")) {
      calls.add(call(calls.size(), Fields.of(call, fields.place() + ", call " + calls.size())));
    }
    Fields tolerance = fields.object("tolerance");
    return new GoldenCase(
        fields.string("name", String.valueOf(directory.toAbsolutePath().normalize().getFileName())),
        directory,
        source(fields.object("source")),
        signatures,
        fields.strings("signature_keys"),
        calls,
        fields.flag("stateful"),
        new Tolerance(tolerance.number("rtol", 0), tolerance.number("atol", 0)));
  }

  private CaseSource source(Fields fields) {
    return new CaseSource(
        fields.string("kind", "saved_model"),
        directory.resolve(fields.string("path", "model")),
        fields.strings("tags"),
        CaseEndpoints.functions(fields),
        CaseEndpoints.endpoints(fields),
        fields.has("checkpoint")
            ? Optional.of(directory.resolve(fields.string("checkpoint")))
            : Optional.empty(),
        fields.object("variables").strings());
  }

  private static CaseSignature signature(Fields fields) {
    return new CaseSignature(types(fields.object("inputs")), types(fields.object("outputs")));
  }

  private static SequencedMap<String, TensorType> types(Fields fields) {
    SequencedMap<String, TensorType> types = new LinkedHashMap<>();
    fields.objects().forEach((name, value) -> types.put(name, type(value)));
    return types;
  }

  private static TensorType type(Fields fields) {
    String name = fields.string("dtype");
    DType dtype =
        DType.ofName(name)
            .orElseThrow(
                () -> Fields.malformed(fields.place(), "has the unknown dtype '" + name + "'"));
    if (!fields.has("shape")) {
      return TensorType.unranked(dtype);
    }
    return TensorType.of(dtype, fields.sizes("shape"));
  }

  private CaseCall call(int index, Fields fields) {
    return new CaseCall(
        index,
        fields.string("signature"),
        files(fields.object("inputs")),
        files(fields.object("outputs")));
  }

  private SequencedMap<String, Path> files(Fields fields) {
    SequencedMap<String, Path> files = new LinkedHashMap<>();
    fields.strings().forEach((name, file) -> files.put(name, directory.resolve(file)));
    return files;
  }
}
