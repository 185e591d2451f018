package org.signet.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.schema.catalog.TfOpDef;

/**
 * A model as its source says it: the main graph, the function library, signatures in declared order
 * and the values of variables.
 *
 * <p>Close it when conversion is over: variables are mapped from the checkpoint.
 *
 * @param path where it was read from
 * @param nodes the main graph's nodes by name
 * @param functions the function library by name
 * @param ops the definitions of ops that are not TensorFlow's own, by name
 * @param signatures in declared order
 * @param variables the values of variables
 * @param initOp the op that initialises tables and assets, if there is one
 * @param resources what has to be closed
 * @param sourceBytes the size of the source's files
 */
public record SourceModel(
    Path path,
    Map<String, SourceNode> nodes,
    Map<String, SourceFunction> functions,
    Map<String, TfOpDef> ops,
    List<SourceSignature> signatures,
    VariableReader variables,
    Optional<String> initOp,
    Runnable resources,
    long sourceBytes)
    implements AutoCloseable {
  public SourceModel {
    signatures = List.copyOf(signatures);
  }

  /** The same with the values of variables from elsewhere. */
  SourceModel withVariables(VariableReader newVariables) {
    return new SourceModel(
        path, nodes, functions, ops, signatures, newVariables, initOp, resources, sourceBytes);
  }

  /** The same with other nodes in the main graph. */
  public SourceModel withNodes(Map<String, SourceNode> newNodes) {
    return new SourceModel(
        path, newNodes, functions, ops, signatures, variables, initOp, resources, sourceBytes);
  }

  @Override
  public void close() {
    resources.run();
  }
}
