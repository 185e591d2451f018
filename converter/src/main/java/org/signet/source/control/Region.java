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
import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.source.control.Liveness.Condition;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The nodes that have results under the same condition: a branch, or the whole graph, which is
 * under none.
 */
final class Region {
  /** The merges that one If ends. */
  private record Group(String name, TensorName predicate, List<FlowNode> merges) {}

  /** Which merges go together: of one predicate, and none behind another. */
  private record GroupKey(TensorName predicate, int level) {}

  private final Conditionals all;
  private final FlowGraph graph;
  private final Liveness liveness;
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
      Conditionals all,
      Set<Condition> conditions,
      Optional<Condition> own,
      List<TensorName> roots,
      Set<String> rootEffects) {
    this.all = all;
    this.graph = all.graph();
    this.liveness = all.liveness();
    this.conditions = conditions;
    this.own = own;
    this.roots = roots;
    this.rootEffects = rootEffects;
  }

  Map<String, FlowNode> nodes() {
    return nodes;
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
    return all.isLive(node) && own.map(liveness.of(node)::contains).orElse(true);
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
    roots.forEach(root -> stack.add(all.source(root).node()));
    rootEffects.forEach(effect -> stack.addAll(all.effectsBefore(effect)));
    while (!stack.isEmpty()) {
      String name = stack.removeLast();
      if (contains(name) && needed.add(name)) {
        stack.addAll(needs(graph.node(name)));
      }
    }
    return all.inOrder(needed);
  }

  private List<String> needs(FlowNode node) {
    List<String> needs = new ArrayList<>();
    for (TensorName input : node.inputs()) {
      if (liveness.of(input).isPresent()) {
        needs.add(all.source(input).node());
      }
    }
    liveness.predicate(node).ifPresent(predicate -> needs.add(all.source(predicate).node()));
    node.controls().forEach(control -> needs.addAll(all.effectsBefore(control)));
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
                key -> new Group(graph.unique(node.name() + "/If"), predicate, new ArrayList<>()));
        group.merges().add(node);
        groupOfMerge.put(node.name(), group);
        level++;
      }
      levels.put(node.name(), level);
    }
    return groups;
  }

  private void place(FlowNode node) {
    if (node.isStateful() && !all.place(node)) {
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
    TensorName found = all.source(tensor);
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
    long earlier = before.stream().filter(all::isIndexed).count();
    return group.merges().size() + (int) earlier;
  }

  private TensorName constant(String wanted, int value) {
    FlowNode node =
        FlowNode.of(
            graph.unique(wanted),
            "Const",
            List.of(),
            Attributes.of("dtype", DType.INT32, "value", Tensor.scalar(value)));
    nodes.put(node.name(), node);
    return node.result(0);
  }

  /** Only what has an effect has to come before. */
  private Set<String> resolveControls(Set<String> controls) {
    Set<String> kept = new LinkedHashSet<>();
    for (String control : controls) {
      for (String effect : all.effectsBefore(control)) {
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
    Attributes attributes =
        Attributes.of(
            "then_branch", all.functions().add(group.name() + "_then", first),
            "else_branch", all.functions().add(group.name() + "_else", second));
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
    Region region = new Region(all, inner, Optional.of(condition), results, Set.of());
    region.fill();
    region.outputs();
    return region;
  }

  private FlowGraph function(Group group, int branch, Set<TensorName> operands) {
    List<TensorName> results = new ArrayList<>(outputs());
    for (FlowNode merge : group.merges()) {
      if (all.isIndexed(merge)) {
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
