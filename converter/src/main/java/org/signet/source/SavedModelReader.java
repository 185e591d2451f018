package org.signet.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.source.bundle.CheckpointBundle;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/** Reads a SavedModel directory, of TF2 or TF1, binary or text. */
public final class SavedModelReader {
  private static final String BINARY = "saved_model.pb";
  private static final String TEXT = "saved_model.pbtxt";
  private static final String DEFAULT_TAG = "serve";
  private static final String INIT_OP = "__saved_model_init_op";

  private SavedModelReader() {}

  /** Whether {@code path} looks like a SavedModel directory. */
  public static boolean accepts(Path path) {
    return Files.isRegularFile(path.resolve(BINARY)) || Files.isRegularFile(path.resolve(TEXT));
  }

  /**
   * Opens a SavedModel.
   *
   * @param directory holds {@value #BINARY} or {@value #TEXT}
   * @param tags the tag set of the MetaGraph to read; empty for {@value #DEFAULT_TAG}, or the only
   *     one there is
   * @throws SignetException if it is missing, malformed or has no such tag set
   */
  public static SourceModel open(Path directory, Set<String> tags) {
    Path file = directory.resolve(BINARY);
    if (!Files.isRegularFile(file)) {
      file = directory.resolve(TEXT);
    }
    if (!Files.isRegularFile(file)) {
      throw SignetException.of(
          Code.FILE_MISSING,
          Files.isDirectory(directory)
              ? directory + " holds neither " + BINARY + " nor " + TEXT
              : "there is no SavedModel directory " + directory,
          "give the directory that the model was saved to");
    }
    SavedModel model = ProtoFiles.read(file, SavedModel.newBuilder()).build();
    MetaGraphDef metaGraph = select(model.getMetaGraphsList(), tags, directory);
    Optional<CheckpointBundle> checkpoint = openCheckpoint(directory);
    try {
      return read(directory, metaGraph, checkpoint);
    } catch (RuntimeException e) {
      checkpoint.ifPresent(CheckpointBundle::close);
      throw e;
    }
  }

  private static SourceModel read(
      Path directory, MetaGraphDef metaGraph, Optional<CheckpointBundle> checkpoint) {
    Map<String, NodeDef> nodes = new LinkedHashMap<>();
    for (NodeDef node : metaGraph.getGraphDef().getNodeList()) {
      if (nodes.put(node.getName(), node) != null) {
        throw SignetException.of(
            Code.MALFORMED_GRAPH,
            "the graph of " + directory + " has two nodes named '" + node.getName() + "'");
      }
    }
    Map<String, FunctionDef> functions = new LinkedHashMap<>();
    for (FunctionDef function : metaGraph.getGraphDef().getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
    VariableReader variables =
        metaGraph.hasObjectGraphDef()
            ? new ObjectGraphVariables(metaGraph, checkpoint)
            : new RestoreGraphVariables(metaGraph.getSaverDef(), nodes, checkpoint);
    return new SourceModel(
        directory,
        nodes,
        functions,
        new SignatureReader(metaGraph, nodes, functions).read(),
        variables,
        initOp(metaGraph),
        () -> checkpoint.ifPresent(CheckpointBundle::close),
        sizeOf(directory));
  }

  private static MetaGraphDef select(List<MetaGraphDef> graphs, Set<String> tags, Path directory) {
    for (MetaGraphDef graph : graphs) {
      Set<String> own = new HashSet<>(graph.getMetaInfoDef().getTagsList());
      if (own.equals(tags.isEmpty() ? Set.of(DEFAULT_TAG) : tags)) {
        return graph;
      }
    }
    if (tags.isEmpty() && graphs.size() == 1) {
      return graphs.getFirst();
    }
    String present =
        graphs.stream()
            .map(graph -> String.join(",", graph.getMetaInfoDef().getTagsList()))
            .map(set -> "'" + set + "'")
            .collect(Collectors.joining(", "));
    String wanted =
        tags.isEmpty() ? DEFAULT_TAG : tags.stream().sorted().collect(Collectors.joining(","));
    throw SignetException.of(
        Code.NO_SUCH_TAG_SET,
        directory
            + " has no tag set '"
            + wanted
            + "'; there "
            + (graphs.isEmpty() ? "is none" : "are: " + present),
        "choose one with --tags");
  }

  private static Optional<CheckpointBundle> openCheckpoint(Path directory) {
    Path prefix = directory.resolve("variables").resolve("variables");
    return Files.exists(prefix.resolveSibling("variables.index"))
        ? Optional.of(CheckpointBundle.open(prefix))
        : Optional.empty();
  }

  /** The initialisation op, looked up in the order in which TensorFlow's loader does. */
  private static Optional<String> initOp(MetaGraphDef metaGraph) {
    SignatureDef signature = metaGraph.getSignatureDefMap().get(INIT_OP);
    if (signature != null && signature.containsOutputs(INIT_OP)) {
      return Optional.of(TensorName.parse(signature.getOutputsOrThrow(INIT_OP).getName()).node());
    }
    for (String collection : List.of("saved_model_main_op", "legacy_init_op")) {
      CollectionDef nodes = metaGraph.getCollectionDefMap().get(collection);
      if (nodes != null && nodes.getNodeList().getValueCount() > 0) {
        return Optional.of(TensorName.parse(nodes.getNodeList().getValue(0)).node());
      }
    }
    return Optional.empty();
  }

  private static long sizeOf(Path directory) {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(directory, 4)) {
      walk.filter(Files::isRegularFile).forEach(files::add);
      long size = 0;
      for (Path file : files) {
        size += Files.size(file);
      }
      return size;
    } catch (IOException | UncheckedIOException e) {
      throw SignetException.of(
          Code.FILE_UNREADABLE, "can't list " + directory + ": " + e.getMessage());
    }
  }
}
