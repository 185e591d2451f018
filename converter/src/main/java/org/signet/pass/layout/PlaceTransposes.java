package org.signet.pass.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;

/**
 * Chooses for every operator that can run in either order of dimensions the one that leaves the
 * fewest elements to transpose:
 *
 * <pre>
 *   TRANSPOSE(RELU(TRANSPOSE(x, p)), p⁻¹)             →  RELU(x)
 *   CONCATENATION(TRANSPOSE(x, p), TRANSPOSE(y, p))   →  TRANSPOSE(CONCATENATION(x, y), p)
 *   MEAN(TRANSPOSE(x, [0, 3, 1, 2]), [2, 3])          →  MEAN(x, [1, 2])
 *   MUL(TRANSPOSE(x, p), c)                           →  TRANSPOSE(MUL(x, c turned back), p)
 * </pre>
 *
 * In a graph of NCHW data every convolution stands between two transposes; after this those at
 * inputs and outputs are left. Nothing moves where that would transpose more than before: where
 * others use a transposed value as it is, or an operator's operands come in different orders.
 *
 * <p>The choice is a minimum cut ({@link TransposePlan}), so it is the best one for the whole
 * graph, branches and residual sums included. Immutable.
 */
public final class PlaceTransposes {
  private final Supplier<GraphBuilder> builders;

  public PlaceTransposes(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph with its transposes in the best places; the same one if they are there. */
  public Graph apply(Graph graph) {
    Graph placed = graph;
    for (DimensionOrder order : orders(graph)) {
      placed = place(placed, order);
    }
    return placed;
  }

  private List<DimensionOrder> orders(Graph graph) {
    GraphBuilder reader = builders.get();
    List<DimensionOrder> orders = new ArrayList<>();
    for (Node node : graph.nodes()) {
      orderOf(node, reader)
          .filter(order -> !order.isIdentity() && orders.stream().noneMatch(order::isSame))
          .ifPresent(orders::add);
    }
    return orders;
  }

  /** The order of a TRANSPOSE if it is constant. */
  static Optional<DimensionOrder> orderOf(Node node, GraphBuilder reader) {
    return node.is("TRANSPOSE")
        ? reader.constantValue(node.operand(1)).map(Tensor::toInts).map(DimensionOrder::ofAxes)
        : Optional.empty();
  }

  private Graph place(Graph graph, DimensionOrder order) {
    GraphBuilder builder = builders.get();
    TransposePlan plan = TransposePlan.of(graph, order, builder);
    if (!plan.changes()) {
      return graph;
    }
    PlacedValues values = new PlacedValues(order, builder);
    graph.inputs().forEach(builder::keep);
    for (Node node : graph.nodes()) {
      switch (plan.roleOf(node)) {
        case TURNS_BACK -> values.putTurned(node.result(), values.plain(node.operand(0)));
        case TURNS -> values.putPlain(node.result(), values.turned(node.operand(0)));
        case RUNS_TURNED -> values.emit(node, plan.turned(node));
        case TAKES_EITHER -> {
          if (values.isTurnedOnly(node.operand(0))) {
            values.emit(node, plan.turned(node));
          } else {
            values.copy(node);
          }
        }
        case PLAIN -> values.copy(node);
      }
    }
    List<Value> outputs = new ArrayList<>();
    graph.outputs().forEach(output -> outputs.add(values.plain(output)));
    return builder.build(outputs);
  }
}
