package org.signet.reader;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Reads the nodes of graphs and functions. */
final class GraphNodes {
  private GraphNodes() {}

  static GraphNode of(SourceNode node) {
    return new GraphNode(
        node.name(), node.op(), node.device(), node.inputs(), node.attributes().all());
  }

  static LibraryFunction of(SourceFunction function) {
    return new LibraryFunction(
        function.name(),
        function.signature().getInputArgCount(),
        function.signature().getOutputArgCount(),
        count(function.nodes()));
  }

  /** How often each op is there, by name. */
  static Map<String, Integer> count(Collection<SourceNode> nodes) {
    Map<String, Integer> ops = new TreeMap<>();
    nodes.forEach(node -> ops.merge(node.op(), 1, Integer::sum));
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
