package org.signet.source.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;
import org.signet.source.OutputNames;
import org.signet.source.SourceModel;
import org.signet.source.SourceSignature;

/**
 * Reads a model that Keras saved: a {@code .keras} archive or a whole-model HDF5 file, told apart
 * by content.
 */
public final class KerasReader {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final String BFLOAT16 = "bfloat16";
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private KerasReader() {}

  /** Whether {@code path} is an archive, such as {@code .keras}. */
  public static boolean isArchive(Path path) {
    return startsWith(path, ZIP);
  }

  /** Whether {@code path} is an HDF5 file. */
  public static boolean isHdf5(Path path) {
    return startsWith(path, HDF5);
  }

  private static boolean startsWith(Path path, byte[] magic) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(magic.length), magic);
    } catch (IOException e) {
      return false;
    }
  }

  /** As {@link #open(Path, OutputNames)}, outputs named as Keras exports them. */
  public static SourceModel open(Path file) {
    return open(file, OutputNames.EXPORTED);
  }

  /**
   * Opens a model; its one signature is {@code serving_default}. Close the result.
   *
   * @throws SignetException if the file is damaged, a layer can't be converted or a weight is
   *     missing
   */
  public static SourceModel open(Path file, OutputNames names) {
    if (!Files.isRegularFile(file)) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + file);
    }
    if (isArchive(file)) {
      return openArchive(file, names);
    }
    if (isHdf5(file)) {
      return openHdf5(file, names);
    }
    throw SignetException.of(
        Code.UNSUPPORTED_SOURCE,
        file + " is neither a .keras archive nor an HDF5 file",
        "the file may be truncated");
  }

  private static SourceModel openArchive(Path file, OutputNames names) {
    KerasArchive.Parts parts = KerasArchive.open(file);
    Path weights =
        parts
            .weights()
            .orElseThrow(() ->
                SignetException.of(
                    Code.VARIABLE_WITHOUT_VALUE, file + " holds no model.weights.h5"));
    Runnable delete = () -> delete(weights);
    try {
      boolean keras2 = version(file, parts.metadata()).startsWith("2.");
      if (parts.config().contains(BFLOAT16)) {
        OpaqueTypes.makeStrings(weights);
      }
      HdfStore store = HdfStore.open(weights);
      return closingOnFailure(
          store,
          delete,
          () -> {
            LayerSpec model = model(file, parts.config(), keras2);
            WeightPaths paths = WeightPaths.ofArchive(model.weights(), store);
            return source(file, model, names, store, paths, parts.vocabularies(), delete);
          });
    } catch (RuntimeException e) {
      delete.run();
      throw e;
    }
  }

  private static SourceModel openHdf5(Path file, OutputNames names) {
    HdfStore store = HdfStore.open(file);
    return closingOnFailure(
        store,
        () -> {},
        () -> {
          String config =
              store
                  .text("", "model_config")
                  .orElseThrow(() ->
                      SignetException.of(
                          Code.UNSUPPORTED_SOURCE,
                          file + " holds no whole model: it has no model_config",
                          "save the model itself, not its weights only"));
          boolean keras2 = !store.text("", "keras_version").orElse("2").startsWith("3");
          if (!config.contains(BFLOAT16)) {
            return wholeModel(file, config, keras2, names, store, () -> {});
          }
          Path copy = copyWithStrings(file);
          Runnable delete = () -> delete(copy);
          HdfStore readable = HdfStore.open(copy);
          SourceModel model =
              closingOnFailure(
                  readable,
                  delete,
                  () -> wholeModel(file, config, keras2, names, readable, delete));
          store.close();
          return model;
        });
  }

  private static SourceModel wholeModel(
      Path file,
      String config,
      boolean keras2,
      OutputNames names,
      HdfStore store,
      Runnable delete) {
    LayerSpec model = model(file, config, keras2);
    WeightPaths paths = WeightPaths.ofWholeModel(model.weights(), keras2, store);
    return source(file, model, names, store, paths, Map.of(), delete);
  }

  private static Path copyWithStrings(Path file) {
    try {
      Path copy = Files.createTempFile("signet-keras", ".h5");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      OpaqueTypes.makeStrings(copy);
      return copy;
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't copy " + file + ": " + e.getMessage());
    }
  }

  private static SourceModel closingOnFailure(
      HdfStore store, Runnable delete, Supplier<SourceModel> reader) {
    try {
      return told(reader);
    } catch (RuntimeException e) {
      store.close();
      delete.run();
      throw e;
    }
  }

  /** Says so where a config's settings are not of the kind that they should be. */
  private static SourceModel told(Supplier<SourceModel> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ArithmeticException
        | UnsupportedOperationException e) {
      throw new SignetException(
          Diagnostic.error(
              Code.MALFORMED_GRAPH, "the model's config contradicts itself: " + e.getMessage()),
          e);
    }
  }

  private static LayerSpec model(Path file, String config, boolean keras2) {
    LayerSpec model =
        LayerSpec.read(object(file, config), new LayerSpec.Context(keras2, new HashMap<>()));
    if (!new ModelLayer().classNames().contains(model.className()) || model.isCustom()) {
      throw SignetException.of(
          Code.UNSUPPORTED_SOURCE,
          file
              + " holds a subclassed model, "
              + model.className()
              + ", whose code the file does not hold",
          "export it as a SavedModel",
          "build it as a Sequential or Functional model");
    }
    return model;
  }

  static JsonObject object(Path file, String text) {
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw SignetException.of(
          Code.MALFORMED_GRAPH, file + ": its config is no JSON: " + e.getMessage());
    }
    throw SignetException.of(Code.MALFORMED_GRAPH, file + ": its config is no JSON object");
  }

  private static String version(Path file, String metadata) {
    return object(file, metadata).get("keras_version") instanceof JsonPrimitive version
        ? version.getAsString()
        : "3";
  }

  private static SourceModel source(
      Path file,
      LayerSpec model,
      OutputNames names,
      HdfStore store,
      WeightPaths paths,
      Map<String, String> vocabularies,
      Runnable delete) {
    GraphDefBuilder graph = new GraphDefBuilder();
    Tracer tracer = new Tracer(graph, store, paths, vocabularies);
    SourceSignature signature = new ModelSignature(model, names, tracer).trace();
    return new SourceModel(
        file,
        graph.nodes(),
        graph.functions(),
        Map.of(),
        List.of(signature),
        tracer.variables(),
        Optional.empty(),
        () -> {
          store.close();
          delete.run();
        },
        size(file));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + file + ": " + e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // a system that keeps files which are mapped
    }
  }
}
