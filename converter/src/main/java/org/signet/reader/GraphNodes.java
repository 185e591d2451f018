package org.signet.reader;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.type.Shape;
import org.signet.type.TensorType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** Reads the nodes of graphs and functions. */
final class GraphNodes {
  private GraphNodes() {}

  static GraphNode of(NodeDef node) {
    return new GraphNode(
        node.getName(),
        node.getOp(),
        node.getDevice(),
        node.getInputList(),
        NodeDefs.attributes(node));
  }

  static LibraryFunction of(FunctionDef function) {
    return new LibraryFunction(
        function.getSignature().getName(),
        function.getSignature().getInputArgCount(),
        function.getSignature().getOutputArgCount(),
        count(function.getNodeDefList()));
  }

  /** How often each op is there, by name. */
  static Map<String, Integer> count(List<NodeDef> nodes) {
    Map<String, Integer> ops = new TreeMap<>();
    nodes.forEach(node -> ops.merge(node.getOp(), 1, Integer::sum));
    return ops;
  }

  /** The types of a node's results, as far as the node itself tells; none of an unknown op's. */
  static List<TensorType> outputs(GraphNode node) {
    Attributes attributes = node.attributes();
    if (node.op().startsWith("Placeholder") && attributes.has("dtype")) {
      Shape shape =
          attributes
              .find("shape")
              .filter(Shape.class::isInstance)
              .map(Shape.class::cast)
              .orElse(Shape.unknownRank());
      return List.of(TensorType.of(attributes.getType("dtype"), shape));
    }
    return TfOpCatalog.standard()
        .find(node.op())
        .map(definition -> {
          List<TensorType> types =
              TfNodes.resultTypes(definition, TfNodes.withDefaults(definition, attributes));
          List<Shape> shapes = attributes.getList("_output_shapes", Shape.class);
          if (types.isEmpty() || shapes.size() != types.size()) {
            return types;
          }
          return IntStream.range(0, types.size())
              .mapToObj(i -> types.get(i).withShape(shapes.get(i)))
              .toList();
        })
        .orElse(List.of());
  }
}
