package org.signet.reader;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.keras.KerasFileReader;
import org.signet.source.keras.KerasReader;
import org.signet.type.TensorType;

/**
 * A model that Keras saved: a {@code .keras} archive or a whole-model HDF5 file, of Keras 2 or 3.
 * Its layers are shown as the file describes them, known or not; nothing of them is executed.
 *
 * <pre>{@code
 * try (KerasFile file = KerasFile.open(Path.of("model.keras"))) {
 *   file.layers().forEach(layer -> System.out.println(layer.name() + " " + layer.className()));
 *   file.weight("layers/dense/vars/0").load();
 * }
 * }</pre>
 *
 * <p>Immutable; closing it makes the bytes of its weights invalid.
 */
public final class KerasFile implements AutoCloseable {
  private final Path file;
  private final KerasFileReader reader;

  private KerasFile(Path file) {
    this.file = file;
    this.reader = KerasFileReader.open(file);
  }

  /** Whether {@code path} looks like a file of Keras. */
  public static boolean accepts(Path path) {
    return KerasReader.isArchive(path) || KerasReader.isHdf5(path);
  }

  /**
   * Opens a file.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; UNSUPPORTED_SOURCE, MALFORMED_GRAPH,
   *     MALFORMED_CHECKPOINT
   */
  public static KerasFile open(Path file) {
    return new KerasFile(file);
  }

  /** Whether it is an archive, as against an HDF5 file. */
  public boolean isArchive() {
    return KerasReader.isArchive(file);
  }

  /** The version of Keras that wrote it; empty if it does not say. */
  public String kerasVersion() {
    return reader.version();
  }

  /** {@code Sequential}, {@code Functional}, or the name of a class of the user's. */
  public String modelClass() {
    return reader.modelClass();
  }

  public String modelName() {
    return reader.modelName();
  }

  /** The layers in the order of the file, those of a model within the model behind it. */
  public List<LayerInfo> layers() {
    return reader.layers().stream()
        .map(layer ->
            new LayerInfo(
                layer.name(), layer.className(), layer.depth(), layer.inputs(), layer.settings()))
        .toList();
  }

  /** The weights by the path of their dataset, sorted. */
  public Map<String, TensorType> weights() {
    return reader.weights();
  }

  /**
   * A weight.
   *
   * @throws SignetException NO_SUCH_VARIABLE
   */
  public StoredTensor weight(String path) {
    Map<String, TensorType> weights = weights();
    TensorType type = weights.get(path);
    if (type == null) {
      throw SignetException.of(
          Code.NO_SUCH_VARIABLE,
          file + " has no weight '" + path + "'; there are: " + Names.some(weights.keySet()));
    }
    return new StoredTensor(type, () -> reader.read(path));
  }

  /** Closes the file. Closing twice does nothing. */
  @Override
  public void close() {
    reader.close();
  }
}
