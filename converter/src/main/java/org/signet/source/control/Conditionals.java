package org.signet.source.control;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.source.TensorName;
import org.signet.source.control.Liveness.Condition;

/**
 * Makes what is between {@code Switch} and {@code Merge} the branches of an {@code If}. A branch is
 * all that has results under its condition only; what it reads of the rest are its operands.
 */
final class Conditionals {
  private final FlowGraph graph;
  private final Functions functions;

  /** Where each node stands in an order of evaluation. */
  private final Map<String, Integer> places = new HashMap<>();

  private final Liveness liveness;
  private final Set<String> effectful = new HashSet<>();
  private final Set<String> placed = new HashSet<>();
  private final Set<String> indexed = new HashSet<>();

  private Conditionals(FlowGraph graph, Functions functions) {
    this.graph = graph;
    this.functions = functions;
    List<FlowNode> ordered = graph.ordered();
    this.liveness = new Liveness(graph, ordered);
    for (FlowNode node : ordered) {
      places.put(node.name(), places.size());
      if (node.isStateful()
          || readsVariable(node)
          || FlowGraph.before(node).stream().anyMatch(effectful::contains)) {
        effectful.add(node.name());
      }
      node.inputs().forEach(this::noteIndexed);
    }
    graph.outputs().forEach(this::noteIndexed);
  }

  /** Assignments may wait for a read. */
  private boolean readsVariable(FlowNode node) {
    return node.inputs().stream()
        .map(input -> graph.behind(input, FlowNode.HANDING_ON))
        .anyMatch(source -> graph.producer(source).isHandle());
  }

  private void noteIndexed(TensorName tensor) {
    if (tensor.index() == 1) {
      indexed.add(tensor.node());
    }
  }

  /**
   * @param graph without loops
   * @return the same without {@code Switch} and {@code Merge}; outputs may have other names
   * @throws org.signet.diag.SignetException if an output is there under a condition only, or what
   *     is merged are not the two outcomes of one condition
   */
  static FlowGraph rewrite(FlowGraph graph, Functions functions) {
    WideMerges.split(graph);
    Conditionals all = new Conditionals(graph, functions);
    graph.outputs().forEach(all::requireUnconditional);
    for (String effect : graph.effects()) {
      if (all.isLive(effect)) {
        all.requireUnconditional(FlowNode.tensor(effect, 0));
      }
    }
    Region region = new Region(all, Set.of(), Optional.empty(), graph.outputs(), graph.effects());
    region.fill();
    graph.arguments().forEach(name -> region.nodes().put(name, FlowNode.argument(name)));
    return new FlowGraph(
        graph.function(), graph.arguments(), region.nodes(), region.outputs(), region.effects());
  }

  boolean isLive(String node) {
    return !liveness.isDead(node);
  }

  private void requireUnconditional(TensorName tensor) {
    Optional<Set<Condition>> conditions = liveness.of(tensor);
    if (conditions.isEmpty() || !conditions.get().isEmpty()) {
      throw graph.unsupported(
          tensor.node(),
          "'" + FlowNode.text(tensor) + "' has a value under a condition only",
          "take an output from behind the conditional");
    }
  }

  /** Where a tensor comes from, through what only hands it on. */
  TensorName source(TensorName tensor) {
    TensorName found = tensor;
    while (true) {
      FlowNode node = graph.producer(found);
      if (node.is("Switch")) {
        found = graph.input(node, 0);
      } else if (isAlias(node) && found.index() == 0) {
        found = node.inputs().get(liveness.chosen(node, 0));
      } else {
        return found;
      }
    }
  }

  /** Whether a node is a Merge of which only one input is ever there. */
  private boolean isAlias(FlowNode node) {
    return node.is("Merge") && liveness.predicate(node).isEmpty();
  }

  /**
   * The nodes with an effect, or that see one, that come before another by a control dependency on
   * {@code name}.
   */
  Set<String> effectsBefore(String name) {
    FlowNode node = graph.node(name);
    if (!effectful.contains(name) || !isLive(name) || node.isTrigger()) {
      return Set.of();
    }
    if (!node.is("Switch") && !isAlias(node)) {
      return Set.of(name);
    }
    Set<String> all = new LinkedHashSet<>();
    node.controls().forEach(control -> all.addAll(effectsBefore(control)));
    TensorName input = node.is("Switch") ? graph.input(node, 0) : source(node.result(0));
    all.addAll(effectsBefore(input.node()));
    return all;
  }

  FlowGraph graph() {
    return graph;
  }

  Functions functions() {
    return functions;
  }

  Liveness liveness() {
    return liveness;
  }

  /** The nodes of these names, operands first. */
  List<FlowNode> inOrder(Set<String> names) {
    return names.stream().sorted(Comparator.comparing(places::get)).map(graph::node).toList();
  }

  /** Whether somebody wants to know which input {@code merge} has taken. */
  boolean isIndexed(FlowNode merge) {
    return indexed.contains(merge.name());
  }

  /** Notes that a node has got its place; false if it has one already. */
  boolean place(FlowNode node) {
    return placed.add(node.name());
  }
}
