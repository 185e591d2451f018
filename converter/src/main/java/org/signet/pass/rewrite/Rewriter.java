package org.signet.pass.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Uses;
import org.signet.ir.Value;

/**
 * Runs rules over a graph, in order of evaluation: each operator is offered to the rules for it,
 * which see operands as already rewritten; so a chain of fusions happens in one walk. Operators
 * that no rule takes are copied. Immutable.
 */
public final class Rewriter {
  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final Supplier<GraphBuilder> builders;

  public Rewriter(List<Rule> rules, Supplier<GraphBuilder> builders) {
    for (Rule rule : rules) {
      rule.anchors()
          .forEach(anchor -> this.rules.computeIfAbsent(anchor, a -> new ArrayList<>()).add(rule));
    }
    this.builders = builders;
  }

  /** The rewritten graph; the same one if no rule fires. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().noneMatch(node -> rules.containsKey(node.op().name()))) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    Uses uses = new Uses(graph);
    return builder.rebuild(
        graph,
        (node, operands) -> {
          Optional<List<Value>> results = fire(new Match(node, operands, uses, builder));
          return results.isPresent() ? results.get() : builder.copy(node, operands);
        });
  }

  private Optional<List<Value>> fire(Match match) {
    for (Rule rule : rules.getOrDefault(match.node().op().name(), List.of())) {
      Optional<List<Value>> results = rule.apply(match);
      if (results.isPresent()) {
        return results;
      }
    }
    return Optional.empty();
  }
}
