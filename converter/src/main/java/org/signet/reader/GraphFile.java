package org.signet.reader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.GraphFormat;
import org.signet.source.GraphReader;
import org.signet.source.SourceMetaGraph;

/**
 * A file of one graph: a GraphDef ({@code graph.pb}, frozen or not) or a MetaGraphDef ({@code
 * model.ckpt.meta}), binary or text, with or without a checkpoint.
 *
 * <pre>{@code
 * try (GraphFile file = GraphFile.open(Path.of("model.ckpt.meta"), Optional.of(Path.of("model.ckpt")))) {
 *   file.graph().placeholders(); // what one feeds
 *   file.graph().sinks(); // what one may fetch
 *   file.graph().variable("dense/kernel").value();
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by many threads; closing it makes the bytes of its variables
 * invalid.
 */
public final class GraphFile implements AutoCloseable {
  private final Path file;
  private final boolean meta;
  private final MetaGraph graph;
  private final Optional<Checkpoint> checkpoint;

  private GraphFile(
      Path file, boolean meta, SourceMetaGraph read, Optional<Checkpoint> checkpoint) {
    this.file = file;
    this.meta = meta;
    this.checkpoint = checkpoint;
    this.graph = new MetaGraph(read, file, checkpoint);
  }

  /**
   * Opens a file of either kind, which is told by its content.
   *
   * @param checkpoint the prefix of the checkpoint that holds the variables
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE; MALFORMED_PROTO, MALFORMED_GRAPH; or
   *     what {@link Checkpoint#open} throws
   */
  public static GraphFile open(Path file, Optional<Path> checkpoint) {
    require(file);
    return GraphFormat.isMetaGraph(file)
        ? openMetaGraph(file, checkpoint)
        : openGraphDef(file, checkpoint);
  }

  /** Opens a GraphDef; as {@link #open}. */
  public static GraphFile openGraphDef(Path file, Optional<Path> checkpoint) {
    require(file);
    return open(file, false, GraphReader.readGraph(file), checkpoint);
  }

  /** Opens a MetaGraphDef; as {@link #open}. */
  public static GraphFile openMetaGraph(Path file, Optional<Path> checkpoint) {
    require(file);
    return open(file, true, GraphReader.readMetaGraph(file), checkpoint);
  }

  private static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + file);
    }
  }

  private static GraphFile open(
      Path file, boolean meta, SourceMetaGraph read, Optional<Path> prefix) {
    Optional<Checkpoint> checkpoint = prefix.map(Checkpoint::open);
    try {
      return new GraphFile(file, meta, read, checkpoint);
    } catch (RuntimeException e) {
      checkpoint.ifPresent(Checkpoint::close);
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  /** Whether it is a MetaGraphDef, which may have signatures and collections. */
  public boolean isMetaGraph() {
    return meta;
  }

  /** What it holds; of a GraphDef the graph alone. */
  public MetaGraph graph() {
    return graph;
  }

  /** What holds the values of its variables. */
  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  /** Unmaps the checkpoint. Closing twice does nothing. */
  @Override
  public void close() {
    checkpoint.ifPresent(Checkpoint::close);
  }
}
