package org.signet.source.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.type.Shape;

/**
 * The nodes that see each other: the main graph, or the body of a function. Not safe for use by
 * many threads.
 */
final class FlowGraph {
  private final String function;
  private final List<String> arguments;
  private final Map<String, FlowNode> nodes;
  private final List<TensorName> outputs;
  private final Set<String> effects;

  /**
   * @param function the function's name; empty for the main graph
   * @param arguments the function's arguments, which are nodes as well
   * @param nodes the nodes by name
   * @param outputs the tensors that are wanted
   * @param effects the nodes that are to run besides
   */
  FlowGraph(
      String function,
      List<String> arguments,
      Map<String, FlowNode> nodes,
      List<TensorName> outputs,
      Set<String> effects) {
    this.function = function;
    this.arguments = arguments;
    this.nodes = nodes;
    this.outputs = outputs;
    this.effects = effects;
  }

  String function() {
    return function;
  }

  List<String> arguments() {
    return arguments;
  }

  /** The nodes by name; may be changed. */
  Map<String, FlowNode> nodes() {
    return nodes;
  }

  List<TensorName> outputs() {
    return outputs;
  }

  Set<String> effects() {
    return effects;
  }

  /**
   * @throws SignetException if there is no such node
   */
  FlowNode node(String name) {
    FlowNode node = nodes.get(name);
    if (node == null) {
      throw malformed(name, "there is no node '" + name + "'");
    }
    return node;
  }

  FlowNode producer(TensorName tensor) {
    return node(tensor.node());
  }

  /**
   * An input of a node.
   *
   * @throws SignetException if it has fewer
   */
  TensorName input(FlowNode node, int index) {
    if (index >= node.inputs().size()) {
      throw malformed(node.name(), node.op() + " has only " + node.inputs().size() + " inputs");
    }
    return node.inputs().get(index);
  }

  /** The shape that the graph declares for a tensor; of unknown rank if it doesn't. */
  Shape declaredShape(TensorName tensor) {
    Attributes attributes = producer(tensor).decoded();
    List<Shape> shapes =
        attributes.has("_output_shapes")
            ? attributes.getList("_output_shapes", Shape.class)
            : List.of();
    return tensor.index() < shapes.size() ? shapes.get(tensor.index()) : Shape.unknownRank();
  }

  /** What {@code tensor} is a copy of. */
  TensorName behindIdentities(TensorName tensor) {
    return behind(tensor, Set.of("Identity"));
  }

  /** What {@code tensor} comes from through the first inputs of nodes of these kinds. */
  TensorName behind(TensorName tensor, Set<String> kinds) {
    TensorName found = tensor;
    Set<String> seen = new HashSet<>();
    while (kinds.contains(producer(found).kind()) && seen.add(found.node())) {
      found = input(producer(found), 0);
    }
    return found;
  }

  /** The nodes behind outputs and effects, in the order in which they were. */
  FlowGraph demanded() {
    Set<String> seen = new HashSet<>();
    Deque<String> queue = new ArrayDeque<>(effects);
    outputs.forEach(output -> queue.add(output.node()));
    while (!queue.isEmpty()) {
      String name = queue.remove();
      if (seen.add(name)) {
        queue.addAll(before(node(name)));
      }
    }
    Map<String, FlowNode> kept = new LinkedHashMap<>();
    nodes.forEach((name, node) -> {
      if (seen.contains(name)) {
        kept.put(name, node);
      }
    });
    return new FlowGraph(function, arguments, kept, outputs, effects);
  }

  /** The nodes whose results {@code node} reads or waits for. */
  static List<String> before(FlowNode node) {
    List<String> names = new ArrayList<>();
    node.inputs().forEach(input -> names.add(input.node()));
    names.addAll(node.controls());
    return names;
  }

  /**
   * The nodes, each behind those that it depends on; what a loop hands on to its next iteration
   * does not count.
   *
   * @throws SignetException if the graph runs in a circle all the same
   */
  List<FlowNode> ordered() {
    List<FlowNode> ordered = new ArrayList<>();
    Set<String> open = new HashSet<>();
    Set<String> done = new HashSet<>();
    Deque<String> stack = new ArrayDeque<>();
    for (String root : nodes.keySet()) {
      stack.push(root);
      while (!stack.isEmpty()) {
        String name = stack.peek();
        if (done.contains(name)) {
          stack.pop();
        } else if (open.add(name)) {
          for (String operand : before(node(name))) {
            if (!isBackEdge(operand, name) && !done.contains(operand)) {
              if (open.contains(operand)) {
                throw malformed(operand, "the graph runs in a circle through '" + operand + "'");
              }
              stack.push(operand);
            }
          }
        } else {
          stack.pop();
          done.add(name);
          ordered.add(node(name));
        }
      }
    }
    return ordered;
  }

  private boolean isBackEdge(String from, String to) {
    return node(to).is("Merge") && node(from).is("NextIteration");
  }

  /** A name that no node has. */
  String unique(String wanted) {
    String name = wanted;
    for (int i = 1; nodes.containsKey(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  SignetException malformed(String node, String why) {
    return failure(Code.MALFORMED_GRAPH, node, why);
  }

  SignetException unsupported(String node, String why, String... hints) {
    return failure(Code.UNSUPPORTED_SOURCE, node, why, hints);
  }

  private SignetException failure(Code code, String node, String why, String... hints) {
    return new SignetException(
        Diagnostic.error(code, why, hints).at(new Origin("", function, node)));
  }
}
