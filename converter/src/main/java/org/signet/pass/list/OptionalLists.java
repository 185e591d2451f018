package org.signet.pass.list;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Says an optional value as a list of at most one element:
 *
 * <pre>
 *   OptionalNone()         →  EmptyTensorList(s, 1)
 *   OptionalFromValue(x)   →  TensorListFromTensor([x])
 *   OptionalGetValue(o)    →  TensorListGetItem(o, 0)
 *   OptionalHasValue(o)    →  TensorListLength(o) &gt; 0
 * </pre>
 *
 * TensorFlow's gradient of a condition keeps what a branch has computed as optional values, which
 * the other branch leaves empty.
 */
final class OptionalLists {
  private static final OpKey NONE = OpKey.tf("OptionalNone");
  private static final OpKey FROM_VALUE = OpKey.tf("OptionalFromValue");
  private static final OpKey GET_VALUE = OpKey.tf("OptionalGetValue");
  private static final OpKey HAS_VALUE = OpKey.tf("OptionalHasValue");
  private static final Set<OpKey> OPS = Set.of(NONE, FROM_VALUE, GET_VALUE, HAS_VALUE);

  private final ListFamilies families;
  private final Supplier<GraphBuilder> builders;

  /** What the optionals of a family hold. */
  private final Map<ListFamily, TensorType> types = new HashMap<>();

  private final Set<ListFamily> others = new HashSet<>();

  private OptionalLists(ListFamilies families, Supplier<GraphBuilder> builders) {
    this.families = families;
    this.builders = builders;
  }

  /** The graph with lists in place of optional values of one tensor. */
  static Graph apply(Graph graph, Supplier<GraphBuilder> builders) {
    if (!hasOptionals(graph)) {
      return graph;
    }
    OptionalLists lists = new OptionalLists(ListFamilies.of(graph), builders);
    lists.learn(graph);
    lists.types.keySet().removeAll(lists.others);
    return lists.convert(graph);
  }

  private static boolean hasOptionals(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(node ->
            OPS.contains(node.op())
                || node.bodies().stream().anyMatch(OptionalLists::hasOptionals));
  }

  private void learn(Graph graph) {
    for (Node node : graph.nodes()) {
      if (node.op().equals(FROM_VALUE) && node.operands().size() == 1) {
        hold(node.result(), node.operand(0).type());
      } else if (node.bodies().isEmpty() && !isPlain(node)) {
        node.operands().forEach(this::leave);
        node.results().forEach(this::leave);
      }
      node.bodies().forEach(this::learn);
    }
  }

  private void hold(Value optional, TensorType held) {
    Optional<ListFamily> family = families.find(optional);
    TensorType known = family.map(types::get).orElse(held);
    if (held.dtype() == DType.VARIANT || known.dtype() != held.dtype()) {
      leave(optional);
    }
    family.ifPresent(f -> types.put(f, held.withShape(held.shape().common(known.shape()))));
  }

  private static boolean isPlain(Node node) {
    return node.op().equals(NONE)
        || node.op().equals(HAS_VALUE)
        || (node.op().equals(GET_VALUE) && node.results().size() == 1);
  }

  /** Nothing is done with what else there is of the kind. */
  private void leave(Value value) {
    families.find(value).ifPresent(others::add);
  }

  private Graph convert(Graph graph) {
    GraphBuilder builder = builders.get();
    return builder.rebuild(graph, (node, operands) -> convert(node, operands, builder));
  }

  private List<Value> convert(Node node, List<Value> operands, GraphBuilder builder) {
    if (!node.bodies().isEmpty()) {
      List<Graph> bodies = node.bodies().stream().map(this::convert).toList();
      return builder.addWithBodies(
          node.op(), operands, node.resultTypes(), bodies, node.name(), node.origin());
    }
    boolean makes = node.op().equals(NONE) || node.op().equals(FROM_VALUE);
    boolean reads = node.op().equals(GET_VALUE) || node.op().equals(HAS_VALUE);
    Optional<TensorType> held =
        makes || reads
            ? families.find(makes ? node.result() : node.operand(0)).map(types::get)
            : Optional.empty();
    return held.map(type -> List.of(asList(node, operands, type, new TfEmitter(builder, node))))
        .orElseGet(() -> builder.copy(node, operands));
  }

  private static Value asList(Node node, List<Value> operands, TensorType held, TfEmitter emit) {
    Shape shape = held.shape();
    Value element = shape.hasRank() ? emit.ints(shape.dims()) : emit.scalar(Shape.UNKNOWN);
    if (node.op().equals(NONE)) {
      return emit.list("EmptyTensorList", held.dtype(), element, emit.scalar(1));
    }
    if (node.op().equals(FROM_VALUE)) {
      Value row = emit.asRow(operands.getFirst());
      return emit.list("TensorListFromTensor", held.dtype(), row, element);
    }
    Value optional = operands.getFirst();
    return node.op().equals(GET_VALUE)
        ? emit.item(optional, emit.scalar(0), element, node.result().type())
        : emit.isAbove(emit.length(optional), 0);
  }
}
