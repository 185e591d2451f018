package org.signet.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.bundle.CheckpointBundle;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/** Reads a bare GraphDef or MetaGraphDef, binary or text, frozen or with a checkpoint. */
public final class GraphReader {
  private GraphReader() {}

  /**
   * Opens a GraphDef.
   *
   * @param endpoints the signatures to make; at least one, since the file declares none
   * @param checkpoint the prefix of the checkpoint that holds the variables; a variable's key is
   *     the name of its op
   * @throws SignetException if a file is missing or malformed, or there is no such tensor
   */
  public static SourceModel openGraph(
      Path file, List<GraphEndpoints> endpoints, Optional<Path> checkpoint) {
    require(file);
    if (endpoints.isEmpty()) {
      throw SignetException.of(
          Code.USAGE, file + " declares no signatures", "name tensors with --feeds and --fetches");
    }
    GraphDef graph = ProtoFiles.read(file, GraphDef.newBuilder()).build();
    return open(file, MetaGraphDef.newBuilder().setGraphDef(graph).build(), endpoints, checkpoint);
  }

  /**
   * Opens a MetaGraphDef.
   *
   * @param endpoints the signatures to make; empty for those that the file declares
   * @param checkpoint the prefix of the checkpoint that holds the variables
   * @throws SignetException if a file is missing or malformed, or there is no such tensor
   */
  public static SourceModel openMetaGraph(
      Path file, List<GraphEndpoints> endpoints, Optional<Path> checkpoint) {
    require(file);
    MetaGraphDef metaGraph = ProtoFiles.read(file, MetaGraphDef.newBuilder()).build();
    return open(file, metaGraph, endpoints, checkpoint);
  }

  private static void require(Path file) {
    if (!Files.isRegularFile(file)) {
      throw SignetException.of(Code.FILE_MISSING, "there is no file " + file);
    }
  }

  private static SourceModel open(
      Path file, MetaGraphDef metaGraph, List<GraphEndpoints> endpoints, Optional<Path> prefix) {
    SourceGraph graph = SourceGraph.of(metaGraph, file);
    Optional<CheckpointBundle> checkpoint = prefix.map(CheckpointBundle::open);
    try {
      long bytes = Files.size(file) + sizeOf(prefix);
      return Malformed.guard(
          Code.MALFORMED_GRAPH,
          file.toString(),
          Origin.NONE,
          () -> model(graph, endpoints, checkpoint, bytes));
    } catch (IOException e) {
      checkpoint.ifPresent(CheckpointBundle::close);
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + file + ": " + e.getMessage());
    } catch (RuntimeException e) {
      checkpoint.ifPresent(CheckpointBundle::close);
      throw e;
    }
  }

  private static SourceModel model(
      SourceGraph graph,
      List<GraphEndpoints> endpoints,
      Optional<CheckpointBundle> checkpoint,
      long bytes) {
    if (endpoints.isEmpty()) {
      return graph.model(checkpoint, List.of(), bytes);
    }
    List<SourceSignature> signatures = new ArrayList<>();
    for (GraphEndpoints wanted : endpoints) {
      signatures.add(signature(graph, wanted));
    }
    return graph.model(signatures, checkpoint, bytes);
  }

  private static long sizeOf(Optional<Path> prefix) throws IOException {
    if (prefix.isEmpty()) {
      return 0;
    }
    long size = 0;
    String name = String.valueOf(prefix.get().getFileName()) + ".data-*";
    Path directory = prefix.get().toAbsolutePath().getParent();
    try (var shards = Files.newDirectoryStream(directory, name)) {
      for (Path shard : shards) {
        size += Files.size(shard);
      }
    }
    return size;
  }

  private static SourceSignature signature(SourceGraph graph, GraphEndpoints wanted) {
    List<Endpoint> inputs = new ArrayList<>();
    for (String feed : wanted.feeds()) {
      inputs.add(endpoint(graph, feed));
    }
    List<Endpoint> outputs = new ArrayList<>();
    for (String fetch : wanted.fetches()) {
      outputs.add(endpoint(graph, fetch));
    }
    Set<String> needed = ancestors(graph.nodes(), outputs);
    for (Endpoint input : inputs) {
      if (!needed.contains(TensorName.parse(input.tensor()).node())) {
        throw SignetException.of(
            Code.NO_SUCH_INPUT,
            "the feed '"
                + input.tensor()
                + "' of signature '"
                + wanted.key()
                + "' is read by no fetch",
            "leave it out, or fetch what depends on it");
      }
    }
    return new SourceSignature(wanted.key(), "", inputs, outputs);
  }

  private static Set<String> ancestors(Map<String, NodeDef> nodes, List<Endpoint> outputs) {
    Set<String> seen = new HashSet<>();
    Deque<String> queue = new ArrayDeque<>();
    outputs.forEach(output -> queue.add(TensorName.parse(output.tensor()).node()));
    while (!queue.isEmpty()) {
      String name = queue.remove();
      NodeDef node = nodes.get(name);
      if (node != null && seen.add(name)) {
        node.getInputList().forEach(input -> queue.add(TensorName.parse(input).node()));
      }
    }
    return seen;
  }

  private static Endpoint endpoint(SourceGraph graph, String text) {
    String tensor = GraphEndpoints.tensorOf(text);
    TensorName name;
    try {
      name = TensorName.parse(tensor);
    } catch (NumberFormatException e) {
      throw SignetException.of(Code.BAD_VALUE, "'" + tensor + "' is no tensor name, such as x:0");
    }
    NodeDef node = graph.nodes().get(name.node());
    if (node == null) {
      throw SignetException.of(
          Code.NO_SUCH_OUTPUT,
          graph.path() + " has no node '" + name.node() + "'",
          "inspect lists its placeholders and last nodes");
    }
    return new Endpoint(
        GraphEndpoints.nameOf(text), tensor, type(node, name.index(), graph.path()));
  }

  private static TensorType type(NodeDef node, int index, Path path) {
    Attributes attributes = NodeDefs.attributes(node);
    if (node.getOp().startsWith("Placeholder")) {
      Shape shape = attributes.find("shape").map(Shape.class::cast).orElse(Shape.unknownRank());
      return TensorType.of(attributes.getType("dtype"), shape);
    }
    TfOpDef definition =
        TfOpCatalog.standard()
            .find(node.getOp())
            .orElseThrow(() ->
                SignetException.of(
                    Code.UNKNOWN_OP,
                    "TensorFlow has no op '"
                        + node.getOp()
                        + "', which '"
                        + node.getName()
                        + "' is"));
    List<TensorType> types =
        TfNodes.resultTypes(definition, TfNodes.withDefaults(definition, attributes));
    if (index < 0 || index >= types.size()) {
      throw SignetException.of(
          Code.NO_SUCH_OUTPUT,
          "node '" + node.getName() + "' of " + path + " has no output " + index);
    }
    List<Shape> shapes = attributes.getList("_output_shapes", Shape.class);
    return shapes.size() == types.size()
        ? types.get(index).withShape(shapes.get(index))
        : types.get(index);
  }
}
