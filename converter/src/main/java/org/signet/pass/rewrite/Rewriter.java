package org.signet.pass.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
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

  public Graph apply(Graph graph) {
    GraphBuilder builder = builders.get();
    Uses uses = new Uses(graph);
    IdentityHashMap<Value, Value> rewritten = new IdentityHashMap<>();
    for (Value.Input input : graph.inputs()) {
      rewritten.put(input, builder.input(input.name(), input.type()));
    }
    for (Node node : graph.nodes()) {
      List<Value> operands =
          node.operands().stream().map(value -> rewritten.getOrDefault(value, value)).toList();
      List<Value> results =
          fire(new Match(node, operands, uses, builder))
              .orElseGet(() -> builder.copy(node, operands));
      for (int i = 0; i < node.results().size(); i++) {
        rewritten.put(node.results().get(i), results.get(i));
      }
    }
    return builder.build(
        graph.outputs().stream().map(value -> rewritten.getOrDefault(value, value)).toList());
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
