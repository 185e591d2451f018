package org.signet.pass.layout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Which operators of a graph run on turned operands, so that the fewest elements are transposed.
 *
 * <p>A value costs its elements once if it is made in one order and needed in the other, however
 * often. Plain operators are on the source's side of a {@linkplain MinimumCut minimum cut}, turned
 * ones on the sink's. Of equal plans the one that turns the most operators is taken: transposes
 * sink, towards others that they may meet; but an operator stays beside a convolution, which may
 * take it in.
 */
final class TransposePlan {
  /** What stands at a value that is made or needed beside one of these is a little dearer. */
  private static final Set<String> FUSING =
      Set.of("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "TRANSPOSE_CONV");

  /** What TRANSPOSE takes in the interpreters that people have. */
  private static final Set<DType> TRANSPOSED =
      Set.of(
          DType.FLOAT32,
          DType.INT8,
          DType.UINT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.BOOL);

  private static final long PER_ELEMENT = 4;
  private static final long MOST_ELEMENTS = 1L << 40;

  /** What becomes of an operator. */
  enum Role {
    /** A TRANSPOSE by the order: its operand is its result, turned. */
    TURNS_BACK,
    /** A TRANSPOSE by the inverse: its result is its operand, turned. */
    TURNS,
    RUNS_TURNED,
    /** Gives the same on a plain and a turned operand. */
    TAKES_EITHER,
    PLAIN
  }

  private final DimensionOrder order;
  private final GraphBuilder reader;
  private final IdentityHashMap<Node, Turned> turnable = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Role> roles = new IdentityHashMap<>();
  private final IdentityHashMap<Node, Integer> vertices = new IdentityHashMap<>();
  private final MinimumCut cut = new MinimumCut();

  private TransposePlan(DimensionOrder order, GraphBuilder reader) {
    this.order = order;
    this.reader = reader;
  }

  static TransposePlan of(Graph graph, DimensionOrder order, GraphBuilder reader) {
    TransposePlan plan = new TransposePlan(order, reader);
    plan.findRoles(graph);
    plan.addEdges(graph);
    boolean[] plain = plan.cut.sourceSide();
    plan.vertices.forEach(
        (node, vertex) -> plan.roles.put(node, plain[vertex] ? Role.PLAIN : Role.RUNS_TURNED));
    return plan;
  }

  Role roleOf(Node node) {
    return roles.getOrDefault(node, Role.PLAIN);
  }

  /** How an operator runs turned that does, or may. */
  Turned turned(Node node) {
    return Objects.requireNonNull(turnable.get(node));
  }

  /** Whether anything is to be done but what two adjacent transposes do by themselves. */
  boolean changes() {
    return roles.entrySet().stream()
        .anyMatch(entry ->
            switch (entry.getValue()) {
              case RUNS_TURNED -> true;
              case TAKES_EITHER -> sideOf(entry.getKey().operand(0)) == MinimumCut.SINK;
              default -> false;
            });
  }

  private void findRoles(Graph graph) {
    DimensionOrder inverse = order.inverse();
    Set<Value> maybeTurned = new HashSet<>();
    for (Node node : graph.nodes()) {
      Optional<DimensionOrder> own = PlaceTransposes.orderOf(node, reader);
      boolean turns = own.filter(inverse::isSame).isPresent();
      boolean turnsBack = own.filter(order::isSame).isPresent();
      if (turns && (!turnsBack || maybeTurned.contains(node.operand(0)))) {
        roles.put(node, Role.TURNS);
      } else if (turnsBack) {
        roles.put(node, Role.TURNS_BACK);
        maybeTurned.add(node.result());
      } else {
        Turned.of(node, order, reader::constantValue)
            .ifPresent(turned -> {
              turnable.put(node, turned);
              if (turned.plainResult()) {
                roles.put(node, Role.TAKES_EITHER);
              } else {
                vertices.put(node, cut.vertex());
                if (turned.data().stream().map(node::operand).anyMatch(maybeTurned::contains)) {
                  maybeTurned.addAll(node.results());
                }
              }
            });
      }
    }
  }

  private void addEdges(Graph graph) {
    IdentityHashMap<Value, List<Integer>> users = new IdentityHashMap<>();
    Set<Value> fusing = new HashSet<>();
    for (Node node : graph.nodes()) {
      boolean fuses = FUSING.contains(node.op().name());
      for (int i = 0; i < node.operands().size(); i++) {
        Value operand = node.operand(i);
        if (roleOf(node) != Role.TAKES_EITHER || i > 0) {
          users.computeIfAbsent(operand, v -> new ArrayList<>()).add(userSide(node, i));
        }
        if (fuses) {
          fusing.add(operand);
          fusing.addAll(node.results());
        }
      }
    }
    graph
        .outputs()
        .forEach(
            value -> users.computeIfAbsent(value, v -> new ArrayList<>()).add(MinimumCut.SOURCE));
    // In the graph's own order, so that the plan is always the same.
    for (Value.Input input : graph.inputs()) {
      addEdges(input, users.getOrDefault(input, List.of()), fusing);
    }
    for (Node node : graph.nodes()) {
      for (Value result : node.results()) {
        addEdges(result, users.getOrDefault(result, List.of()), fusing);
      }
    }
  }

  private int userSide(Node node, int operand) {
    if (turnable.containsKey(node) && vertices.containsKey(node)) {
      return turned(node).data().contains(operand)
          ? vertices.getOrDefault(node, MinimumCut.SOURCE)
          : MinimumCut.SOURCE;
    }
    return roleOf(node) == Role.TURNS && operand == 0 ? MinimumCut.SINK : MinimumCut.SOURCE;
  }

  /** The vertex that says in which order a value is made. */
  private int sideOf(Value value) {
    if (!(value instanceof Value.Result result)) {
      return MinimumCut.SOURCE;
    }
    return roleOf(result.producer()) == Role.TURNS_BACK
        ? MinimumCut.SINK
        : vertices.getOrDefault(result.producer(), MinimumCut.SOURCE);
  }

  /** Cuts off the value's cost if it is made in one order and some user needs the other. */
  private void addEdges(Value value, List<Integer> users, Set<Value> fusing) {
    Shape shape = value.type().shape();
    int maker = sideOf(value);
    if (!shape.hasRank()
        || shape.rank() != order.rank()
        || users.stream().allMatch(user -> user == maker)) {
      return;
    }
    long cost = cost(value.type()) + (fusing.contains(value) ? 1 : 0);
    int anyTurned = cut.vertex();
    int anyPlain = cut.vertex();
    cut.edge(maker, anyTurned, cost);
    cut.edge(anyPlain, maker, cost);
    for (int user : users) {
      cut.edge(anyTurned, user, MinimumCut.UNBOUNDED);
      cut.edge(user, anyPlain, MinimumCut.UNBOUNDED);
    }
  }

  private long cost(TensorType type) {
    Shape shape = type.shape();
    if (order.keepsElements(shape)) {
      return 1; // a reshape
    }
    if (!TRANSPOSED.contains(type.dtype())) {
      return MinimumCut.UNBOUNDED;
    }
    long elements = 1;
    for (int i = 0; i < shape.rank() && elements < MOST_ELEMENTS; i++) {
      elements *= shape.isKnown(i) ? Math.max(shape.dim(i), 1) : 1;
    }
    return PER_ELEMENT * elements;
  }
}
