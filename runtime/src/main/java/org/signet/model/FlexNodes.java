package org.signet.model;

import java.util.LinkedHashSet;
import java.util.Set;
import org.signet.op.flex.NodeDefs;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The Flex ops of a model, for builds of TensorFlow that hold no others. */
public final class FlexNodes {
  private FlexNodes() {}

  /**
   * A serialized GraphDef with one node for each use of a Flex op that differs in its attributes,
   * in order of first use, without edges. TensorFlow's {@code print_selective_registration_header
   * --proto_fileformat=rawproto} finds the kernels for it, which depend on the attributes.
   */
  public static byte[] graphDef(TfliteModel model) {
    Set<NodeDef> nodes = new LinkedHashSet<>();
    for (ModelSubgraph subgraph : model.subgraphs()) {
      for (ModelOperator operator : subgraph.operators()) {
        if (operator.key().isTf()) {
          nodes.add(NodeDefs.nodeDef(operator.key().name(), operator.attributes(), 0));
        }
      }
    }
    GraphDef.Builder graph = GraphDef.newBuilder();
    for (NodeDef node : nodes) {
      graph.addNode(node.toBuilder().setName(node.getOp() + "_" + graph.getNodeCount()));
    }
    return graph.build().toByteArray();
  }
}
