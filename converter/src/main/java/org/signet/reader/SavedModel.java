package org.signet.reader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.SignetException;
import org.signet.source.SavedModelReader;
import org.signet.source.SourceMetaGraph;

/**
 * A SavedModel directory, of TF1 or TF2, binary or text.
 *
 * <pre>{@code
 * try (SavedModel model = SavedModel.open(Path.of("model"))) {
 *   for (MetaGraph graph : model.metaGraphs()) {
 *     System.out.println(graph.tags() + ": " + graph.signatures().keySet());
 *   }
 *   float[] bias = model.metaGraph(Set.of()).variable("dense.bias").value().orElseThrow().load().floats();
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads; closing it makes the bytes of its variables
 * invalid.
 */
public final class SavedModel implements AutoCloseable {
  private final Path directory;
  private final List<SourceMetaGraph> read;
  private final List<MetaGraph> metaGraphs;
  private final Optional<Checkpoint> checkpoint;

  private SavedModel(Path directory, List<SourceMetaGraph> read, Optional<Checkpoint> checkpoint) {
    this.directory = directory;
    this.read = List.copyOf(read);
    this.checkpoint = checkpoint;
    List<MetaGraph> graphs = new ArrayList<>();
    read.forEach(graph -> graphs.add(new MetaGraph(graph, directory, checkpoint)));
    this.metaGraphs = List.copyOf(graphs);
  }

  /** Whether {@code path} looks like a SavedModel directory. */
  public static boolean accepts(Path path) {
    return SavedModelReader.accepts(path);
  }

  /**
   * Opens a SavedModel.
   *
   * @param directory holds {@code saved_model.pb} or {@code saved_model.pbtxt}
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; MALFORMED_PROTO, MALFORMED_GRAPH; or
   *     what {@link Checkpoint#open} throws
   */
  public static SavedModel open(Path directory) {
    List<SourceMetaGraph> read = SavedModelReader.metaGraphs(directory);
    Path prefix = directory.resolve("variables").resolve("variables");
    Optional<Checkpoint> checkpoint =
        Files.exists(prefix.resolveSibling("variables.index"))
            ? Optional.of(Checkpoint.open(prefix))
            : Optional.empty();
    try {
      return new SavedModel(directory, read, checkpoint);
    } catch (RuntimeException e) {
      checkpoint.ifPresent(Checkpoint::close);
      throw e;
    }
  }

  public Path directory() {
    return directory;
  }

  /** All MetaGraphs, in the order of the file. */
  public List<MetaGraph> metaGraphs() {
    return metaGraphs;
  }

  /**
   * The MetaGraph of exactly these tags.
   *
   * @param tags empty for {@code serve}, or the only one there is
   * @throws SignetException NO_SUCH_TAG_SET
   */
  public MetaGraph metaGraph(Set<String> tags) {
    return metaGraphs.get(read.indexOf(SavedModelReader.select(read, tags, directory)));
  }

  /** What holds the values of its variables; empty if it has none. */
  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  /** Unmaps the variables. Closing twice does nothing. */
  @Override
  public void close() {
    checkpoint.ifPresent(Checkpoint::close);
  }
}
