package org.signet.source.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.diag.SignetException;
import org.signet.source.TensorName;

/** The parts of one frame, in which there are no other frames any more. */
final class LoopFrame {
  private final FlowGraph graph;
  private final Frames frames;
  private final Frame frame;
  private final FlowNode test;

  /** A loop variable: what brings its first value, and what all further ones. */
  private record Variable(FlowNode merge, FlowNode enter, FlowNode next) {}

  private final List<Variable> variables = new ArrayList<>();
  private final Map<String, Integer> variableOfMerge = new HashMap<>();
  private final Map<String, Integer> variableOfSwitch = new HashMap<>();
  private final Set<String> variableEnters = new LinkedHashSet<>();
  private final Map<String, Integer> exits = new LinkedHashMap<>();

  /** The nodes with an effect that have got their place. */
  private final Set<String> stateful = new HashSet<>();

  /** What enters and stays the same, in the order in which it is found. */
  private final Map<String, FlowNode> invariants = new LinkedHashMap<>();

  /**
   * @throws SignetException if the frame has not the shape of a loop
   */
  LoopFrame(FlowGraph graph, Frames frames, Frame frame, List<FlowNode> members) {
    this.graph = graph;
    this.frames = frames;
    this.frame = frame;
    List<FlowNode> tests = members.stream().filter(node -> node.is("LoopCond")).toList();
    if (tests.size() != 1) {
      String place = tests.isEmpty() ? members.getFirst().name() : tests.get(1).name();
      throw unsupported(place, "has " + tests.size() + " conditions");
    }
    this.test = tests.getFirst();
    members.stream().filter(node -> node.is("Merge")).forEach(this::addVariable);
    members.stream().filter(node -> node.is("Switch")).forEach(this::addSwitch);
    addExits();
  }

  private void addVariable(FlowNode merge) {
    List<FlowNode> sources = merge.inputs().stream().map(graph::producer).toList();
    List<FlowNode> nexts = sources.stream().filter(node -> node.is("NextIteration")).toList();
    if (nexts.isEmpty()) {
      return; // it ends a conditional
    }
    List<FlowNode> enters = sources.stream().filter(node -> node.is("Enter")).toList();
    if (sources.size() != 2 || nexts.size() != 1 || enters.size() != 1) {
      throw unsupported(merge.name(), "has a variable that is not one Enter and one NextIteration");
    }
    variableOfMerge.put(merge.name(), variables.size());
    variableEnters.add(enters.getFirst().name());
    variables.add(new Variable(merge, enters.getFirst(), nexts.getFirst()));
  }

  private void addSwitch(FlowNode node) {
    if (graph.input(node, 1).node().equals(test.name())) {
      Integer variable = variableOfMerge.get(graph.input(node, 0).node());
      if (variable == null) {
        throw unsupported(node.name(), "ends with a value that is no loop variable");
      }
      variableOfSwitch.put(node.name(), variable);
    }
  }

  private void addExits() {
    for (FlowNode node : frames.exits(frame)) {
      TensorName value = graph.input(node, 0);
      Integer variable = variableOfSwitch.get(value.node());
      if (variable == null || value.index() != 0) {
        throw unsupported(node.name(), "is left by a value that is no loop variable");
      }
      exits.put(node.name(), variable);
    }
  }

  /** What tells, from the values of the variables, whether there is a further iteration. */
  FlowGraph condition() {
    return part(List.of(graph.input(test, 0)), test.controls());
  }

  /** What makes of the values of all arguments their next ones. To be asked after the condition. */
  FlowGraph body() {
    List<TensorName> results = new ArrayList<>();
    Set<String> effects = new LinkedHashSet<>();
    for (Variable variable : variables) {
      results.add(graph.input(variable.next(), 0));
      effects.addAll(variable.next().controls());
    }
    FlowGraph part = part(results, effects);
    invariants.keySet().forEach(name -> part.outputs().add(FlowNode.tensor(name, 0)));
    return part;
  }

  /** What the loop takes: the names of the variables' merges and of what stays the same. */
  List<String> arguments() {
    List<String> names = new ArrayList<>(variables.stream().map(v -> v.merge().name()).toList());
    names.addAll(invariants.keySet());
    return names;
  }

  /** The nodes that bring the loop's arguments. */
  List<FlowNode> enters() {
    List<FlowNode> enters = new ArrayList<>(variables.stream().map(Variable::enter).toList());
    enters.addAll(invariants.values());
    return enters;
  }

  /** For each node that leaves the loop, which argument's last value it takes. */
  Map<String, Integer> exits() {
    return exits;
  }

  /** The nodes between the loop's arguments and these tensors and effects. */
  private FlowGraph part(List<TensorName> tensors, Set<String> effects) {
    Map<String, FlowNode> nodes = new LinkedHashMap<>();
    Deque<String> queue = new ArrayDeque<>();
    List<TensorName> outputs = new ArrayList<>();
    tensors.forEach(tensor -> outputs.add(resolve(tensor, queue)));
    Set<String> kept = resolveControls(effects, queue);
    while (!queue.isEmpty()) {
      FlowNode node = graph.node(queue.remove());
      if (nodes.containsKey(node.name())) {
        continue;
      }
      if (!frames.isIn(frame, node.name()) && !frames.isEverywhere(node.name())) {
        throw graph.malformed(node.name(), "a loop reads it without entering");
      }
      if (node.isStateful() && !stateful.add(node.name())) {
        throw unsupported(node.name(), "would run '" + node.name() + "' twice in an iteration");
      }
      List<TensorName> inputs = node.inputs().stream().map(input -> resolve(input, queue)).toList();
      nodes.put(node.name(), node.with(inputs, resolveControls(node.controls(), queue)));
    }
    return new FlowGraph(graph.function(), List.of(), nodes, outputs, kept);
  }

  /** The tensor as the part has it; what it comes from is added to {@code queue}. */
  private TensorName resolve(TensorName tensor, Deque<String> queue) {
    FlowNode node = graph.producer(tensor);
    Integer variable = variableOfMerge.getOrDefault(node.name(), variableOfSwitch.get(node.name()));
    if (variable != null) {
      int expected = node.is("Switch") ? 1 : 0;
      if (tensor.index() != expected) {
        throw unsupported(node.name(), "reads a variable where it has no value");
      }
      return FlowNode.tensor(variables.get(variable).merge().name(), 0);
    }
    if (node.is("Enter") && frames.isIn(frame, node.name())) {
      if (variableEnters.contains(node.name())) {
        throw unsupported(node.name(), "reads a variable's first value in all iterations");
      }
      invariants.put(node.name(), node);
      return tensor;
    }
    if (node.name().equals(test.name())) {
      return resolve(graph.input(node, 0), queue);
    }
    if (node.is("NextIteration")) {
      throw unsupported(node.name(), "reads the next iteration's value");
    }
    queue.add(node.name());
    return tensor;
  }

  /** The controls but those that only say that an iteration has begun. */
  private Set<String> resolveControls(Set<String> controls, Deque<String> queue) {
    Set<String> kept = new LinkedHashSet<>();
    for (String control : controls) {
      FlowNode node = graph.node(control);
      boolean begun =
          variableOfMerge.containsKey(control)
              || variableOfSwitch.containsKey(control)
              || node.is("Enter")
              || control.equals(test.name());
      if (!begun) {
        kept.add(control);
        queue.add(control);
      }
    }
    return kept;
  }

  private SignetException unsupported(String node, String why) {
    return graph.unsupported(
        node,
        "the loop '" + frame.name() + "' " + why,
        "write the loop with tf.while_loop, or convert a graph without it");
  }
}
