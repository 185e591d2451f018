package org.signet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.signet.api.ConversionOptions;
import org.signet.api.Signet;
import org.signet.api.SourceKind;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.reader.GraphFile;
import org.signet.reader.KerasFile;

/** What there is to inspect. */
enum Inspected {
  /** A {@code .tflite} file. */
  MODEL,
  /** A SavedModel. */
  SAVED_MODEL,
  /** A GraphDef or MetaGraphDef. */
  GRAPH,
  /** A Keras file. */
  KERAS,
  /** A checkpoint by itself. */
  CHECKPOINT;

  private static final String INDEX = ".index";

  /**
   * What {@code path} is: what {@code --kind} says, or what it looks like.
   *
   * @throws SignetException FILE_MISSING, FILE_UNREADABLE
   */
  static Inspected of(Path path, Arguments arguments) {
    SourceKind kind = arguments.value(Flags.KIND).map(SourceKind::of).orElse(SourceKind.AUTO);
    return switch (kind) {
      case SAVED_MODEL -> SAVED_MODEL;
      case GRAPH_DEF, META_GRAPH -> GRAPH;
      case KERAS, KERAS_H5 -> KERAS;
      case AUTO -> guess(path, arguments);
    };
  }

  private static Inspected guess(Path path, Arguments arguments) {
    if (path.toString().endsWith(INDEX) || (!Files.exists(path) && Files.exists(index(path)))) {
      return CHECKPOINT;
    }
    if (Files.isDirectory(path)) {
      return SAVED_MODEL;
    }
    if (KerasFile.accepts(path)) {
      return KERAS;
    }
    if (Models.isSource(path, arguments)) {
      return Signet.isSource(path) ? SAVED_MODEL : GRAPH;
    }
    return Models.looksLikeModel(path) ? MODEL : GRAPH;
  }

  private static Path index(Path prefix) {
    return Path.of(prefix + INDEX);
  }

  /** The prefix of a checkpoint, of which one may name the index, too. */
  static Path prefix(Path path) {
    String text = path.toString();
    return text.endsWith(INDEX) ? Path.of(text.substring(0, text.length() - INDEX.length())) : path;
  }

  /** Opens a file of one graph. */
  static GraphFile graphFile(ConversionOptions options) {
    Optional<Path> checkpoint = options.checkpoint();
    return switch (options.kind()) {
      case GRAPH_DEF -> GraphFile.openGraphDef(options.source(), checkpoint);
      case META_GRAPH -> GraphFile.openMetaGraph(options.source(), checkpoint);
      case AUTO -> GraphFile.open(options.source(), checkpoint);
      default ->
          throw SignetException.of(Code.USAGE, options.source() + " is no file of one graph");
    };
  }
}
