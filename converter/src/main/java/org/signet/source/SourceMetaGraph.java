package org.signet.source;

import java.util.List;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;

/**
 * A MetaGraph as a file says it.
 *
 * @param proto all but its graph
 * @param graph all of the graph but nodes and functions
 * @param nodes of the main graph, in the order of the file
 * @param functions the library, in the order of the file
 */
public record SourceMetaGraph(
    MetaGraphDef proto, GraphDef graph, List<SourceNode> nodes, List<SourceFunction> functions) {
  public SourceMetaGraph {
    nodes = List.copyOf(nodes);
    functions = List.copyOf(functions);
  }
}
