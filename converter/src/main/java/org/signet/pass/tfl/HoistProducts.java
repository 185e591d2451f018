package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Prune;
import org.signet.ir.Substitution;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Multiplies all rows of a sequence before the loop that takes one after the other:
 *
 * <pre>
 *   WHILE { FULLY_CONNECTED(GATHER(xs, t), w, b) }  →  ys = FULLY_CONNECTED(xs, w, b)
 *                                                      WHILE { GATHER(ys, t) }
 * </pre>
 *
 * One product of many rows reads the weights once. Only where {@code t} goes up or down by one: a
 * loop that visits few of the rows would not gain.
 */
public final class HoistProducts {
  private static final String KEEP_DIMS = "keep_num_dims";

  private final OpDefinitions definitions;
  private final Supplier<GraphBuilder> builders;

  public HoistProducts(OpDefinitions definitions, Supplier<GraphBuilder> builders) {
    this.definitions = definitions;
    this.builders = builders;
  }

  /**
   * A product that can go.
   *
   * @param product in the body
   * @param row its operand, of a sequence
   * @param variable the sequence
   */
  private record Hoist(Node product, Node row, int variable) {}

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().noneMatch(node -> !hoists(node).isEmpty())) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) -> {
          List<Hoist> hoists = hoists(node);
          return hoists.isEmpty()
              ? builder.copy(node, operands)
              : hoisted(new Loop(node), operands, hoists, builder);
        });
  }

  private static List<Hoist> hoists(Node node) {
    if (!Loop.is(node)) {
      return List.of();
    }
    Loop loop = new Loop(node);
    return loop.body().nodes().stream().flatMap(each -> hoist(loop, each).stream()).toList();
  }

  private static Optional<Hoist> hoist(Loop loop, Node product) {
    if (!product.is("FULLY_CONNECTED")
        || !WeightedOperator.of(product).hasConstants()
        || !(product.operand(0) instanceof Value.Result operand)) {
      return Optional.empty();
    }
    Node row = operand.producer();
    if (!row.is("GATHER")
        || row.attributes().getInt("axis", 0) != 0
        || row.attributes().getInt("batch_dims", 0) != 0
        || !isCounter(loop, row.operand(1))
        || !hasRank(row.result(), 2)) {
      return Optional.empty();
    }
    int variable = loop.variable(row.operand(0));
    boolean isSequence =
        variable >= 0
            && loop.keeps(variable)
            && hasRank(loop.node().operand(variable), 3)
            && loop.node().operand(variable).type().shape().dim(2)
                == product.operand(1).type().shape().dim(1);
    return isSequence ? Optional.of(new Hoist(product, row, variable)) : Optional.empty();
  }

  private static boolean hasRank(Value value, int rank) {
    Shape shape = value.type().shape();
    return shape.hasRank() && shape.rank() == rank;
  }

  /** Whether a value is a scalar that each turn makes larger or smaller by one. */
  private static boolean isCounter(Loop loop, Value value) {
    int variable = loop.variable(value);
    return variable >= 0
        && hasRank(value, 0)
        && loop.next(variable) instanceof Value.Result next
        && (next.producer().is("ADD") || next.producer().is("SUB"))
        && next.producer().operand(0) == value
        && next.producer().operand(1) instanceof Value.Constant step
        && Math.abs(step.data().load(step.type()).getLong(0)) == 1;
  }

  private List<Value> hoisted(
      Loop loop, List<Value> operands, List<Hoist> hoists, GraphBuilder builder) {
    Graph test = loop.test();
    Graph body = loop.body();
    List<Value> first = new ArrayList<>(operands);
    List<TensorType> types = new ArrayList<>(loop.node().resultTypes());
    for (Hoist hoist : hoists) {
      Value all = all(hoist, operands.get(hoist.variable()), builder);
      first.add(all);
      types.add(all.type());
    }
    List<Value> added = first.subList(operands.size(), first.size());
    GraphBuilder inner = builders.get();
    body.inputs().forEach(inner::keep);
    List<Value.Input> rows =
        added.stream().map(all -> inner.input(all.name(), all.type())).toList();
    Substitution changed = new Substitution();
    for (Node node : body.nodes()) {
      List<Value> inside = changed.of(node.operands());
      Optional<Hoist> hoist = hoists.stream().filter(each -> each.product() == node).findFirst();
      changed.put(
          node,
          hoist.isPresent()
              ? List.of(row(hoist.get(), rows.get(hoists.indexOf(hoist.get())), changed, inner))
              : inner.copy(node, inside));
    }
    List<Value> next = new ArrayList<>(changed.of(body.outputs()));
    next.addAll(rows);
    GraphBuilder asking = builders.get();
    test.inputs().forEach(asking::keep);
    added.forEach(all -> asking.input(all.name(), all.type()));
    test.nodes().forEach(node -> asking.copy(node, node.operands()));
    return builder
        .addWithBodies(
            loop.node().op(),
            first,
            types,
            List.of(asking.build(test.outputs()), Prune.apply(inner.build(next), definitions)),
            loop.node().name(),
            loop.node().origin())
        .subList(0, operands.size());
  }

  private static Value all(Hoist hoist, Value sequence, GraphBuilder builder) {
    Node product = hoist.product();
    List<Value> operands = new ArrayList<>(product.operands());
    operands.set(0, sequence);
    return builder.addOne(
        product.op(),
        product.attributes().with(KEEP_DIMS, true),
        operands,
        product.name() + "/all",
        product.origin());
  }

  private static Value row(Hoist hoist, Value all, Substitution changed, GraphBuilder builder) {
    Node product = hoist.product();
    Value index = changed.of(List.of(hoist.row().operand(1))).getFirst();
    return builder.addOne(
        OpKey.builtin("GATHER"),
        hoist.row().attributes(),
        List.of(all, index),
        product.name(),
        product.origin());
  }
}
