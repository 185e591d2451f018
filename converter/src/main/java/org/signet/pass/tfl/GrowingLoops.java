package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * <pre>
 *   WHILE(i, rows = []) { i + 1, CONCATENATION(rows, r) }
 *     →  WHILE(i, rows = [], v) { i + 1, CONCATENATION(rows, r), v of a size that is computed }
 * </pre>
 *
 * Lets TFLite run loops whose variables begin without elements and grow. It refuses them when each
 * size in the body follows from the sizes before it ("WHILE failed to invoke"), and runs them when
 * some size does not; so these loops get one more variable, of a size that nobody can foresee.
 */
public final class GrowingLoops {
  private static final Set<DType> SEARCHABLE =
      Set.of(DType.INT32, DType.INT64, DType.FLOAT32, DType.BOOL);

  private final Supplier<GraphBuilder> builders;

  public GrowingLoops(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().noneMatch(GrowingLoops::grows)) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) ->
            grown(node)
                .flatMap(loop ->
                    searchable(loop.body()).map(x -> unforeseen(loop, operands, x, builder)))
                .orElseGet(() -> builder.copy(node, operands)));
  }

  private static Optional<Loop> grown(Node node) {
    return grows(node) ? Optional.of(new Loop(node)) : Optional.empty();
  }

  private static boolean grows(Node node) {
    if (!Loop.is(node)) {
      return false;
    }
    Loop loop = new Loop(node);
    for (int i = 0; i < node.operands().size(); i++) {
      Shape first = node.operand(i).type().shape();
      boolean changes = !node.results().get(i).type().shape().isStatic();
      if (changes && (isEmpty(first) || (!first.isStatic() && isLengthened(loop, i)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEmpty(Shape shape) {
    if (shape.hasRank()) {
      for (int size : shape.dims()) {
        if (size == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the body appends something to what variable {@code i} was. */
  private static boolean isLengthened(Loop loop, int i) {
    return loop.next(i) instanceof Value.Result result
        && result.producer().is("CONCATENATION")
        && result.producer().operands().contains(loop.inside(i));
  }

  /** A variable that TFLite's search for elements other than zero takes. */
  private static Optional<Value.Input> searchable(Graph body) {
    return body.inputs().stream()
        .filter(input -> SEARCHABLE.contains(input.type().dtype()))
        .filter(input -> input.type().shape().hasRank())
        .findFirst();
  }

  private List<Value> unforeseen(
      Loop loop, List<Value> operands, Value.Input source, GraphBuilder builder) {
    Node node = loop.node();
    String name = node.name() + "/unforeseen";
    TensorType type = TensorType.of(DType.INT64, Shape.UNKNOWN, 1);
    GraphBuilder test = copy(loop.test());
    test.input(name, type);
    GraphBuilder body = copy(loop.body());
    body.input(name, type);
    Value list = body.constant(name + "/shape", Tensor.of(new int[] {-1}));
    Value elements =
        body.addOne(
            OpKey.builtin("RESHAPE"),
            Attributes.of("new_shape", List.of()),
            List.of(source, list),
            name + "/elements",
            node.origin());
    List<Value> next = new ArrayList<>(loop.body().outputs());
    next.add(
        body.addOne(
            OpKey.builtin("WHERE"), Attributes.NONE, List.of(elements), name, node.origin()));
    List<Value> first = new ArrayList<>(operands);
    first.add(builder.constant(name, Tensor.zeros(DType.INT64, 1, 1)));
    List<TensorType> types = new ArrayList<>(node.resultTypes());
    types.add(type);
    List<Graph> bodies = List.of(test.build(loop.test().outputs()), body.build(next));
    return builder
        .addWithBodies(node.op(), first, types, bodies, node.name(), node.origin())
        .subList(0, operands.size());
  }

  private GraphBuilder copy(Graph graph) {
    GraphBuilder builder = builders.get();
    builder.keep(graph);
    return builder;
  }
}
