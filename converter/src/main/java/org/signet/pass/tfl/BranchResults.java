package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.signet.ir.ConstantKey;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Prune;
import org.signet.ir.Uses;
import org.signet.ir.Value;
import org.signet.op.OpDefinitions;

/**
 * Branches with fewer results:
 *
 * <pre>
 *   a, b, c = IF(p) { y, y, z } else { x, x, v }, of which nobody reads c
 *     →  a = IF(p) { y } else { x }, which stands for b, too
 * </pre>
 *
 * Of those that are the same in either branch one stays, and those that nobody reads go, with what
 * only they need.
 */
public final class BranchResults {
  private static final int NONE = -1;

  private final OpDefinitions definitions;
  private final Supplier<GraphBuilder> builders;

  public BranchResults(OpDefinitions definitions, Supplier<GraphBuilder> builders) {
    this.definitions = definitions;
    this.builders = builders;
  }

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().noneMatch(BranchResults::branches)) {
      return graph;
    }
    Uses uses = new Uses(graph);
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) ->
            branches(node)
                ? reduced(node, operands, leaders(node, uses), builder)
                : builder.copy(node, operands));
  }

  private static boolean branches(Node node) {
    return node.is("IF") && !node.results().isEmpty();
  }

  private List<Value> reduced(
      Node node, List<Value> operands, int[] leaders, GraphBuilder builder) {
    List<Integer> kept =
        IntStream.range(0, leaders.length).filter(i -> leaders[i] == i).boxed().toList();
    if (kept.size() == leaders.length) {
      return builder.copy(node, operands);
    }
    List<Graph> branches =
        node.bodies().stream()
            .map(branch -> with(branch, kept.stream().map(branch.outputs()::get).toList()))
            .toList();
    List<Value> made =
        builder.addWithBodies(
            node.op(),
            operands,
            kept.stream().map(node.resultTypes()::get).toList(),
            branches,
            node.name(),
            node.origin());
    int[] places = new int[leaders.length];
    for (int i = 0; i < kept.size(); i++) {
      places[kept.get(i)] = i;
    }
    return Arrays.stream(leaders)
        .mapToObj(leader -> made.get(leader == NONE ? 0 : places[leader]))
        .toList();
  }

  /** For each result the one that stands for it; {@link #NONE} where none is needed. */
  private static int[] leaders(Node node, Uses uses) {
    int[] leaders = new int[node.results().size()];
    Arrays.setAll(
        leaders,
        i -> {
          Value result = node.results().get(i);
          return uses.of(result).isEmpty() && !uses.isOutput(result) ? NONE : i;
        });
    Map<List<Object>, Integer> first = new HashMap<>();
    for (int i = 0; i < leaders.length; i++) {
      if (leaders[i] == i) {
        Integer equal = first.putIfAbsent(key(node, i), i);
        leaders[i] = equal == null ? i : equal;
      }
    }
    if (Arrays.stream(leaders).allMatch(leader -> leader == NONE)) {
      leaders[0] = 0;
    }
    return leaders;
  }

  /** What makes two results the same: their type, and what each branch gives for them. */
  private static List<Object> key(Node node, int result) {
    List<Object> key = new ArrayList<>();
    key.add(node.results().get(result).type());
    node.bodies().forEach(branch -> key.add(ConstantKey.ofAny(branch.outputs().get(result))));
    return key;
  }

  private Graph with(Graph branch, List<Value> outputs) {
    return Prune.apply(new Graph(branch.inputs(), branch.nodes(), outputs), definitions);
  }
}
