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
import org.signet.ir.Substitution;
import org.signet.ir.Uses;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.TensorType;

/**
 * Loops with fewer variables:
 *
 * <pre>
 *   WHILE(i = 0, j = 0) { i + 1, j + 1 }   →  WHILE(i = 0) { i + 1 }, which stands for j, too
 *   WHILE(i, x) { i + 1, x }.x             →  x
 * </pre>
 *
 * Of those that are always equal, as the two counters of a recurrent layer, one stays; those that
 * the loop neither changes nor reads go; what it does not change is the same after it as before.
 */
public final class LoopVariables {
  private static final int NONE = -1;

  /** What stands for a variable in its own next value. */
  private static final Object ITSELF = "itself";

  private final Supplier<GraphBuilder> builders;

  public LoopVariables(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().noneMatch(Loop::is)) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) ->
            Loop.is(node)
                ? reduced(new Loop(node), operands, builder)
                : builder.copy(node, operands));
  }

  private List<Value> reduced(Loop loop, List<Value> operands, GraphBuilder builder) {
    Node node = loop.node();
    int[] leaders = leaders(loop, operands);
    List<Integer> kept =
        IntStream.range(0, leaders.length).filter(i -> leaders[i] == i).boxed().toList();
    List<Value> results = new ArrayList<>();
    if (kept.size() == leaders.length) {
      results.addAll(builder.copy(node, operands));
    } else {
      List<Value> next = kept.stream().map(loop::next).toList();
      List<Value> made =
          builder.addWithBodies(
              node.op(),
              kept.stream().map(operands::get).toList(),
              kept.stream().map(node.resultTypes()::get).toList(),
              List.of(
                  with(leaders, loop.test(), loop.test().outputs()),
                  with(leaders, loop.body(), next)),
              node.name(),
              node.origin());
      int[] places = new int[leaders.length];
      for (int i = 0; i < kept.size(); i++) {
        places[kept.get(i)] = i;
      }
      for (int leader : leaders) {
        results.add(made.get(leader == NONE ? 0 : places[leader]));
      }
    }
    for (int i = 0; i < leaders.length; i++) {
      if (loop.keeps(i) && operands.get(i).type().equals(node.results().get(i).type())) {
        results.set(i, operands.get(i));
      }
    }
    return results;
  }

  /** A condition or a body on the variables that stay. */
  private Graph with(int[] leaders, Graph graph, List<Value> outputs) {
    GraphBuilder builder = builders.get();
    Substitution leading = new Substitution();
    for (int i = 0; i < leaders.length; i++) {
      if (leaders[i] == i) {
        builder.keep(graph.inputs().get(i));
      } else if (leaders[i] != NONE) {
        leading.put(graph.inputs().get(i), graph.inputs().get(leaders[i]));
      }
    }
    for (Node node : graph.nodes()) {
      leading.put(node, builder.copy(node, leading.of(node.operands())));
    }
    return builder.build(leading.of(outputs));
  }

  /** For each variable the one that stands for it; {@link #NONE} where none is needed. */
  private static int[] leaders(Loop loop, List<Value> operands) {
    int[] leaders = new int[operands.size()];
    Uses inTest = new Uses(loop.test());
    Uses inBody = new Uses(loop.body());
    Map<Value, Integer> given = new HashMap<>();
    loop.body().outputs().forEach(output -> given.merge(output, 1, Integer::sum));
    Arrays.setAll(
        leaders,
        i -> {
          Value inner = loop.inside(i);
          Value asked = loop.test().inputs().get(i);
          boolean idle =
              loop.keeps(i)
                  && operands.get(i).type().equals(loop.node().results().get(i).type())
                  && given.getOrDefault(inner, 0) == 1
                  && inBody.of(inner).isEmpty()
                  && inTest.of(asked).isEmpty()
                  && !inTest.isOutput(asked);
          return idle ? NONE : i;
        });
    Map<Key, Integer> first = new HashMap<>();
    for (int i = 0; i < leaders.length; i++) {
      if (leaders[i] == i) {
        List<Key> keys = keys(loop, operands, i);
        for (Key key : keys) {
          leaders[i] = Math.min(leaders[i], first.getOrDefault(key, i));
        }
        for (Key key : leaders[i] == i ? keys : List.<Key>of()) {
          first.putIfAbsent(key, i);
        }
      }
    }
    boolean none = Arrays.stream(leaders).allMatch(leader -> leader == NONE);
    if (none && leaders.length > 0) {
      leaders[0] = 0;
    }
    return leaders;
  }

  /**
   * What two variables have in common that are always equal: they begin equal, and become the same
   * by a function of themselves alone.
   *
   * @param step the operands of the op that makes the next value; none for one that is kept
   */
  private record Key(
      Object start, TensorType type, OpKey op, Attributes attributes, List<Object> step) {}

  /**
   * The keys of a variable; others that have one of them are equal to it. Where it takes itself as
   * an operand, another may take it, too, or take itself.
   */
  private static List<Key> keys(Loop loop, List<Value> operands, int variable) {
    Object start = ConstantKey.ofAny(operands.get(variable));
    TensorType type = loop.node().results().get(variable).type();
    if (loop.keeps(variable)) {
      return List.of(new Key(start, type, loop.node().op(), Attributes.NONE, List.of()));
    }
    if (!(loop.next(variable) instanceof Value.Result next) || !isCounter(next.producer())) {
      return List.of();
    }
    Node counter = next.producer();
    List<List<Object>> steps = List.of(List.of());
    for (Value operand : counter.operands()) {
      List<List<Object>> longer = new ArrayList<>();
      for (List<Object> step : steps) {
        longer.add(with(step, ConstantKey.ofAny(operand)));
        if (operand == loop.inside(variable)) {
          longer.add(with(step, ITSELF));
        }
      }
      steps = longer;
    }
    return steps.stream()
        .map(step -> new Key(start, type, counter.op(), counter.attributes(), step))
        .toList();
  }

  private static List<Object> with(List<Object> step, Object operand) {
    List<Object> longer = new ArrayList<>(step);
    longer.add(operand);
    return longer;
  }

  private static boolean isCounter(Node node) {
    return node.is("ADD") || node.is("SUB");
  }
}
