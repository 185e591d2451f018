package org.signet.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;

/** Leaves out nodes whose results nobody reads and that have no effect. */
public final class Prune {
  private Prune() {}

  public static Graph apply(Graph graph, OpDefinitions definitions) {
    Set<Value> needed = new HashSet<>(graph.outputs());
    List<Node> kept = new ArrayList<>();
    for (Node node : graph.nodes().reversed()) {
      if (hasEffect(node, definitions) || !Collections.disjoint(needed, node.results())) {
        kept.add(node);
        needed.addAll(node.operands());
      }
    }
    Collections.reverse(kept);
    return kept.size() == graph.nodes().size()
        ? graph
        : new Graph(graph.inputs(), kept, graph.outputs());
  }

  private static boolean hasEffect(Node node, OpDefinitions definitions) {
    return node.bodies().isEmpty()
        ? hasEffect(node.op(), definitions)
        : node.bodies().stream()
            .flatMap(body -> body.nodes().stream())
            .anyMatch(inner -> hasEffect(inner, definitions));
  }

  /** Whether a use of {@code op} counts even if nobody reads its results. */
  private static boolean hasEffect(OpKey op, OpDefinitions definitions) {
    Optional<OpDefinition> definition = definitions.find(op);
    return definition.isPresent()
        ? definition.get().effects() == Effects.WRITES_STATE
        : op.isTf() && !RandomOps.contains(op) && isStateful(op.name());
  }

  private static boolean isStateful(String tfOp) {
    return TfOpCatalog.standard().find(tfOp).map(TfOpDef::stateful).orElse(true);
  }
}
