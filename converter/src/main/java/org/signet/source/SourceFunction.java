package org.signet.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.OpDef;

/**
 * A function of a source's library.
 *
 * @param declaration all but its nodes
 * @param nodes in the order of the file
 */
public record SourceFunction(FunctionDef declaration, List<SourceNode> nodes) {
  public SourceFunction {
    nodes = List.copyOf(nodes);
  }

  public String name() {
    return signature().getName();
  }

  /** What it takes and gives. */
  public OpDef signature() {
    return declaration.getSignature();
  }

  /** The tensor that is given as this result. */
  public String returned(OpDef.ArgDef output) {
    return declaration.getRetOrDefault(output.getName(), output.getName());
  }

  /** The nodes that run whether or not a result needs them, by what they are called outside. */
  public Map<String, String> effects() {
    return declaration.getControlRetMap();
  }

  /** The nodes by name, in their order; of several with one name the last. */
  public Map<String, SourceNode> nodesByName() {
    Map<String, SourceNode> byName = new LinkedHashMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    return byName;
  }
}
