package org.signet.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.bundle.CheckpointBundle;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;

/**
 * A MetaGraph with its nodes and functions by name.
 *
 * @param metaGraph as read, but for its graph
 * @param path where from
 * @param nodes the main graph's nodes
 * @param functions the function library
 */
public record SourceGraph(
    MetaGraphDef metaGraph,
    Path path,
    Map<String, SourceNode> nodes,
    Map<String, SourceFunction> functions) {
  private static final String INIT_OP = "__saved_model_init_op";

  /**
   * @throws SignetException if two nodes have the same name
   */
  public static SourceGraph of(SourceMetaGraph read, Path path) {
    Map<String, SourceNode> nodes = new LinkedHashMap<>();
    for (SourceNode node : read.nodes()) {
      if (nodes.put(node.name(), node) != null) {
        throw SignetException.of(
            Code.MALFORMED_GRAPH,
            "the graph of " + path + " has two nodes named '" + node.name() + "'");
      }
    }
    Assets.replace(read.proto(), nodes, path);
    Map<String, SourceFunction> functions = new LinkedHashMap<>();
    for (SourceFunction function : read.functions()) {
      functions.put(function.name(), function);
    }
    return new SourceGraph(read.proto(), path, nodes, functions);
  }

  /**
   * The model with the signatures it declares, or in their stead with these functions or with what
   * is made of these tensors.
   */
  SourceModel model(
      Optional<CheckpointBundle> checkpoint,
      List<FunctionRequest> requests,
      List<GraphEndpoints> endpoints,
      long bytes) {
    if (!requests.isEmpty() && !endpoints.isEmpty()) {
      throw SignetException.of(
          Code.USAGE, "functions, and feeds and fetches, are not converted together");
    }
    if (!metaGraph.hasObjectGraphDef()) {
      if (!requests.isEmpty()) {
        throw SignetException.of(
            Code.NO_SUCH_FUNCTION,
            path + " has no object graph, so no functions to name",
            "convert its signatures");
      }
      VariableReader restored =
          new RestoreGraphVariables(metaGraph.getSaverDef(), nodes, checkpoint);
      return model(nodes, signatures(endpoints), restored, checkpoint, bytes);
    }
    ObjectGraphVariables variables = new ObjectGraphVariables(this, checkpoint);
    if (requests.isEmpty()) {
      return model(nodes, signatures(endpoints), variables, checkpoint, bytes);
    }
    ObjectFunctions callable = new ObjectFunctions(this, variables);
    List<SourceSignature> signatures = callable.signatures(requests);
    return model(callable.nodes(), signatures, variables, checkpoint, bytes);
  }

  private List<SourceSignature> signatures(List<GraphEndpoints> endpoints) {
    return endpoints.isEmpty()
        ? new SignatureReader(metaGraph, nodes, functions).read()
        : new FetchedSignatures(path, nodes, functions).signatures(endpoints);
  }

  private SourceModel model(
      Map<String, SourceNode> allNodes,
      List<SourceSignature> signatures,
      VariableReader variables,
      Optional<CheckpointBundle> checkpoint,
      long bytes) {
    return new SourceModel(
        path,
        allNodes,
        functions,
        ModelOps.of(metaGraph),
        signatures,
        variables,
        initOp(),
        () -> checkpoint.ifPresent(CheckpointBundle::close),
        bytes);
  }

  /** The initialisation op, looked up in the order in which TensorFlow's loader does. */
  public Optional<String> initOp() {
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
}
