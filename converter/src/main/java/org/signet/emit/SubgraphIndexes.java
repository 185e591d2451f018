package org.signet.emit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;

/**
 * The subgraphs of a model file in their order: those of the signatures, then the branches and
 * bodies inside them, then the initialization.
 */
final class SubgraphIndexes {
  private static final String CALL_ONCE = "CALL_ONCE";

  private final List<Graph> inner = new ArrayList<>();
  private final IdentityHashMap<Graph, Integer> indexes = new IdentityHashMap<>();
  private final int signatures;
  private final Optional<Graph> initialization;

  SubgraphIndexes(Program program) {
    signatures = program.signatures().size();
    initialization = program.initialization();
    program.signatures().forEach(signature -> collect(signature.graph()));
    initialization.ifPresent(this::collect);
  }

  private void collect(Graph graph) {
    for (Node node : graph.nodes()) {
      for (Graph body : node.bodies()) {
        if (indexes.putIfAbsent(body, signatures + inner.size()) == null) {
          inner.add(body);
          collect(body);
        }
      }
    }
  }

  /** The branches and bodies, in order. */
  List<Graph> inner() {
    return inner;
  }

  /** Runs the initialization, if it has not run yet. */
  static Node callOnce() {
    return new Node(
        OpKey.builtin(CALL_ONCE), Attributes.NONE, List.of(), List.of(), CALL_ONCE, Origin.NONE);
  }

  /** Whether {@code graph}, or a graph inside it, uses variables or tables. */
  boolean needsInitialization(Graph graph) {
    return initialization.isPresent()
        && graph.nodes().stream()
            .anyMatch(node ->
                node.resultTypes().stream().anyMatch(type -> type.dtype() == DType.RESOURCE)
                    || node.bodies().stream().anyMatch(this::needsInitialization));
  }

  /** The options of an operator, the indexes of the subgraphs that it runs among them. */
  Attributes options(Node node) {
    return switch (node.op().name()) {
      case "IF" ->
          Attributes.of(
              "then_subgraph_index", index(node, 0), "else_subgraph_index", index(node, 1));
      case "WHILE" ->
          Attributes.of(
              "cond_subgraph_index", index(node, 0), "body_subgraph_index", index(node, 1));
      case CALL_ONCE -> Attributes.of("init_subgraph_index", signatures + inner.size());
      default -> node.attributes();
    };
  }

  private int index(Node node, int body) {
    Integer index = indexes.get(node.bodies().get(body));
    if (index == null) {
      throw new IllegalStateException("a body of " + node.name() + " has no subgraph");
    }
    return index;
  }
}
