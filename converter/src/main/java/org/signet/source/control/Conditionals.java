package org.signet.source.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
  private final List<FlowNode> ordered;
  private final Liveness liveness;
  private final Set<String> effectful = new HashSet<>();
  private final Set<String> placed = new HashSet<>();
  private final Set<String> indexed = new HashSet<>();

  private Conditionals(FlowGraph graph, Functions functions) {
    this.graph = graph;
    this.functions = functions;
    this.ordered = graph.ordered();
    this.liveness = new Liveness(graph, ordered);
    for (FlowNode node : ordered) {
      if (node.isStateful() || FlowGraph.before(node).stream().anyMatch(effectful::contains)) {
        effectful.add(node.name());
      }
      node.inputs().forEach(this::noteIndexed);
    }
    graph.outputs().forEach(this::noteIndexed);
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
    Conditionals all = new Conditionals(graph, functions);
    graph.outputs().forEach(all::requireUnconditional);
    for (String effect : graph.effects()) {
      if (all.isLive(effect)) {
        all.requireUnconditional(FlowNode.tensor(effect, 0));
      }
    }
    Region region = all.new Region(Set.of(), Optional.empty(), graph.outputs(), graph.effects());
    region.fill();
    graph.arguments().forEach(name -> region.nodes.put(name, FlowNode.argument(name)));
    return new FlowGraph(
        graph.function(), graph.arguments(), region.nodes, region.outputs(), region.effects());
  }

  private boolean isLive(String node) {
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
  private TensorName source(TensorName tensor) {
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

  /** The nodes with an effect that come before another by a control dependency on {@code name}. */
  private Set<String> effectsBefore(String name) {
    FlowNode node = graph.node(name);
    if (!effectful.contains(name) || !isLive(name)) {
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

  /** The merges that one If ends. */
  private record Group(String name, TensorName predicate, List<FlowNode> merges) {}

  /** Which merges go together: of one predicate, and none behind another. */
  private record GroupKey(TensorName predicate, int level) {}

  /** A tensor of the graph, or a node with an effect, that a region takes from around it. */
  private final class Region {
    private final Set<Condition> conditions;
    private final Optional<Condition> own;
    private final List<TensorName> roots;
    private final Set<String> rootEffects;
    private final Map<String, FlowNode> nodes = new LinkedHashMap<>();
    private final Map<String, Group> groupOfMerge = new HashMap<>();
    private final Map<TensorName, String> captures = new LinkedHashMap<>();
    private final Set<String> outerEffects = new LinkedHashSet<>();

    /**
     * @param conditions those that hold here
     * @param own the one of them that this region is for; empty for the whole graph
     */
    Region(
        Set<Condition> conditions,
        Optional<Condition> own,
        List<TensorName> roots,
        Set<String> rootEffects) {
      this.conditions = conditions;
      this.own = own;
      this.roots = roots;
      this.rootEffects = rootEffects;
    }

    List<TensorName> outputs() {
      return roots.stream().map(this::resolve).toList();
    }

    Set<String> effects() {
      return resolveControls(rootEffects);
    }

    Set<TensorName> captures() {
      return captures.keySet();
    }

    /** Whether a node is part of this region, or of one inside it. */
    private boolean contains(String node) {
      return isLive(node) && own.map(liveness.of(node)::contains).orElse(true);
    }

    private boolean isDirect(FlowNode node) {
      return conditions.containsAll(liveness.of(node.name()));
    }

    void fill() {
      List<FlowNode> members = members();
      Map<GroupKey, Group> groups = group(members);
      for (FlowNode node : members) {
        if (isDirect(node) && !node.is("Merge")) {
          place(node);
        }
      }
      groups.values().forEach(this::addIf);
    }

    /** What the region's roots need of it, operands first. */
    private List<FlowNode> members() {
      Set<String> needed = new HashSet<>();
      List<String> stack = new ArrayList<>();
      roots.forEach(root -> stack.add(source(root).node()));
      rootEffects.forEach(effect -> stack.addAll(effectsBefore(effect)));
      while (!stack.isEmpty()) {
        String name = stack.removeLast();
        if (contains(name) && needed.add(name)) {
          stack.addAll(needs(graph.node(name)));
        }
      }
      return ordered.stream().filter(node -> needed.contains(node.name())).toList();
    }

    private List<String> needs(FlowNode node) {
      List<String> needs = new ArrayList<>();
      for (TensorName input : node.inputs()) {
        if (liveness.of(input).isPresent()) {
          needs.add(source(input).node());
        }
      }
      liveness.predicate(node).ifPresent(predicate -> needs.add(source(predicate).node()));
      node.controls().forEach(control -> needs.addAll(effectsBefore(control)));
      return needs;
    }

    private Map<GroupKey, Group> group(List<FlowNode> members) {
      Map<GroupKey, Group> groups = new LinkedHashMap<>();
      Map<String, Integer> levels = new HashMap<>();
      for (FlowNode node : members) {
        int level =
            needs(node).stream().mapToInt(name -> levels.getOrDefault(name, 0)).max().orElse(0);
        if (isDirect(node) && liveness.predicate(node).isPresent()) {
          TensorName predicate = liveness.predicate(node).get();
          Group group =
              groups.computeIfAbsent(
                  new GroupKey(predicate, level),
                  key ->
                      new Group(graph.unique(node.name() + "/If"), predicate, new ArrayList<>()));
          group.merges().add(node);
          groupOfMerge.put(node.name(), group);
          level++;
        }
        levels.put(node.name(), level);
      }
      return groups;
    }

    private void place(FlowNode node) {
      if (node.isStateful() && !placed.add(node.name())) {
        throw graph.unsupported(
            node.name(), "'" + node.name() + "' would run twice: two conditionals share it");
      }
      if (node.op().equals(FlowNode.ARGUMENT)) {
        return;
      }
      List<TensorName> inputs = node.inputs().stream().map(this::resolve).toList();
      nodes.put(node.name(), node.with(inputs, resolveControls(node.controls())));
    }

    /** The tensor as this region has it. */
    private TensorName resolve(TensorName tensor) {
      TensorName found = source(tensor);
      FlowNode node = graph.producer(found);
      if (!contains(node.name())) {
        return FlowNode.tensor(
            captures.computeIfAbsent(found, t -> graph.unique("captured_" + captures.size())), 0);
      }
      if (!node.is("Merge")) {
        return found;
      }
      Group group = groupOfMerge.get(node.name());
      if (group == null) { // the index of the only input that is ever there
        return constant(node.name() + "/value_index", liveness.chosen(node, 0));
      }
      int index = group.merges().indexOf(node);
      return FlowNode.tensor(group.name(), found.index() == 0 ? index : indexOutput(group, node));
    }

    private int indexOutput(Group group, FlowNode merge) {
      List<FlowNode> before = group.merges().subList(0, group.merges().indexOf(merge));
      long earlier = before.stream().filter(node -> indexed.contains(node.name())).count();
      return group.merges().size() + (int) earlier;
    }

    private TensorName constant(String wanted, int value) {
      FlowNode node =
          FlowNode.of(
              graph.unique(wanted),
              "Const",
              List.of(),
              org.signet.op.Attributes.of(
                  "dtype",
                  org.signet.type.DType.INT32,
                  "value",
                  org.signet.tensor.Tensor.scalar(value)));
      nodes.put(node.name(), node);
      return node.result(0);
    }

    /** Only what has an effect has to come before. */
    private Set<String> resolveControls(Set<String> controls) {
      Set<String> kept = new LinkedHashSet<>();
      for (String control : controls) {
        for (String effect : effectsBefore(control)) {
          if (!contains(effect)) {
            outerEffects.add(effect);
          } else {
            Group group = groupOfMerge.get(effect);
            kept.add(group == null ? effect : group.name());
          }
        }
      }
      return kept;
    }

    private void addIf(Group group) {
      Region whenTrue = branch(group, 1);
      Region whenFalse = branch(group, 0);
      Set<TensorName> captured = new LinkedHashSet<>(whenTrue.captures());
      captured.addAll(whenFalse.captures());
      List<TensorName> operands = new ArrayList<>(List.of(resolve(group.predicate())));
      captured.forEach(tensor -> operands.add(resolve(tensor)));
      Set<String> before = new LinkedHashSet<>(whenTrue.outerEffects);
      before.addAll(whenFalse.outerEffects);
      FlowGraph first = whenTrue.function(group, 1, captured);
      FlowGraph second = whenFalse.function(group, 0, captured);
      boolean stateful =
          first.nodes().values().stream().anyMatch(FlowNode::isStateful)
              || second.nodes().values().stream().anyMatch(FlowNode::isStateful);
      org.signet.op.Attributes attributes =
          org.signet.op.Attributes.of(
              "then_branch", functions.add(group.name() + "_then", first),
              "else_branch", functions.add(group.name() + "_else", second));
      FlowNode node =
          FlowNode.of(group.name(), stateful ? "If" : "StatelessIf", operands, attributes);
      nodes.put(node.name(), node.with(operands, resolveControls(before)));
    }

    private Region branch(Group group, int branch) {
      Condition condition = new Condition(group.predicate(), branch);
      Set<Condition> inner = new HashSet<>(conditions);
      inner.add(condition);
      List<TensorName> results = new ArrayList<>();
      for (FlowNode merge : group.merges()) {
        results.add(merge.inputs().get(liveness.chosen(merge, branch)));
      }
      Region region = new Region(inner, Optional.of(condition), results, Set.of());
      region.fill();
      region.outputs();
      return region;
    }

    private FlowGraph function(Group group, int branch, Set<TensorName> operands) {
      List<TensorName> results = new ArrayList<>(outputs());
      for (FlowNode merge : group.merges()) {
        if (indexed.contains(merge.name())) {
          results.add(constant(merge.name() + "/value_index", liveness.chosen(merge, branch)));
        }
      }
      List<String> arguments = new ArrayList<>();
      for (TensorName operand : operands) {
        String name =
            captures.computeIfAbsent(operand, t -> graph.unique("captured_" + captures.size()));
        arguments.add(name);
        nodes.put(name, FlowNode.argument(name));
      }
      return new FlowGraph(graph.function(), arguments, nodes, results, Set.of());
    }
  }
}
