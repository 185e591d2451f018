package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;

/**
 * Copies of results that TFLite would lose:
 *
 * <pre>
 *   IF(p) { y, y } else …            →  IF(p) { y, RESHAPE(y, its shape) } else …
 *   WHILE(x, y) { (x, y) → (y, x) }  →  WHILE(x, y) { (x, y) → (y, RESHAPE(x, its shape)) }
 * </pre>
 *
 * Of a tensor that a branch gives twice, its IF sets the second result only and leaves what lay in
 * memory in the first. Its WHILE hands the variables to the next turn one after the other; so what
 * a body takes from an earlier variable, as in {@code (x, y) → (y, x)}, has been overwritten by
 * then.
 */
public final class CopiedResults {
  private final Supplier<GraphBuilder> builders;

  public CopiedResults(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().allMatch(node -> node.bodies().isEmpty())) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) -> {
          List<Graph> bodies = bodies(node);
          return bodies.equals(node.bodies())
              ? builder.copy(node, operands)
              : builder.addWithBodies(
                  node.op(), operands, node.resultTypes(), bodies, node.name(), node.origin());
        });
  }

  private List<Graph> bodies(Node node) {
    if (node.is("IF")) {
      return node.bodies().stream().map(branch -> copied(branch, branch.outputs())).toList();
    }
    if (Loop.is(node)) {
      Loop loop = new Loop(node);
      return List.of(loop.test(), copied(loop.body(), loop.body().inputs()));
    }
    return node.bodies();
  }

  /**
   * The graph with copies of outputs that one of {@code earlier} is, at a place before theirs: of a
   * branch an output that is the same, of a loop's body a variable that this one becomes.
   */
  private Graph copied(Graph graph, List<? extends Value> earlier) {
    IdentityHashMap<Value, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < earlier.size(); i++) {
      places.putIfAbsent(earlier.get(i), i);
    }
    IntPredicate needsCopy =
        i -> Objects.requireNonNullElse(places.get(graph.outputs().get(i)), i) < i;
    int[] lost = IntStream.range(0, graph.outputs().size()).filter(needsCopy).toArray();
    if (lost.length == 0) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    builder.keep(graph);
    List<Value> outputs = new ArrayList<>(graph.outputs());
    for (int i : lost) {
      outputs.set(i, copy(outputs.get(i), builder));
    }
    return builder.build(outputs);
  }

  private static Value copy(Value value, GraphBuilder builder) {
    if (value instanceof Value.Constant constant) {
      return constant.as(constant.name(), constant.type());
    }
    String name = value.name() + "/copy";
    Origin origin = value instanceof Value.Result x ? x.producer().origin() : Origin.ofNode(name);
    Value shape =
        value.type().shape().isStatic()
            ? builder.constant(name + "/shape", Tensor.of(value.type().shape().dims()))
            : builder.addOne(
                OpKey.builtin("SHAPE"),
                Attributes.of("out_type", "INT32"),
                List.of(value),
                name + "/shape",
                origin);
    return builder.addOne(
        OpKey.builtin("RESHAPE"), Attributes.NONE, List.of(value, shape), name, origin);
  }
}
