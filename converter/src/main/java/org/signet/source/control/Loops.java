package org.signet.source.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.signet.op.Attributes;
import org.signet.source.TensorName;

/**
 * Makes each frame a {@code While}, inner ones first. A loop variable is a {@code Merge} of what
 * {@code Enter} brings and {@code NextIteration} hands on; whatever else enters the frame stays as
 * it is in all iterations, and becomes an operand that the body returns unchanged.
 */
final class Loops {
  private final FlowGraph graph;
  private final Functions functions;
  private final Frames frames;
  private final StatePassing states = new StatePassing();

  private Loops(FlowGraph graph, Functions functions) {
    this.graph = graph;
    this.functions = functions;
    this.frames = new Frames(graph);
  }

  /**
   * @return the graph without frames
   * @throws org.signet.diag.SignetException if a frame is no loop of TensorFlow's shape
   */
  static FlowGraph rewrite(FlowGraph graph, Functions functions) {
    Loops loops = new Loops(graph, functions);
    for (TensorName output : graph.outputs()) {
      if (!loops.frames.isOutsideLoops(output.node())) {
        throw graph.unsupported(
            output.node(),
            "'" + FlowNode.text(output) + "' is computed inside a loop, again and again",
            "take an output from behind the loop");
      }
    }
    for (Frame frame : loops.frames.innermostFirst()) {
      loops.rewrite(frame);
    }
    return loops.states.rewrite(graph.demanded()).graph().demanded();
  }

  private void rewrite(Frame frame) {
    List<FlowNode> members = frames.members(frame);
    LoopFrame loop = new LoopFrame(graph, frames, frame, members);
    FlowGraph plainCondition = loop.condition();
    FlowGraph plainBody = loop.body();
    List<String> arguments = loop.arguments();
    StatePassing.Result condition = states.rewrite(whole(plainCondition, arguments));
    FlowGraph wholeBody = whole(plainBody, arguments);
    ImpliedOutcomes.settle(wholeBody);
    StatePassing.Result body = states.rewrite(wholeBody);
    String name = graph.unique(frame.name() + "/While");
    if (!condition.changed().isEmpty()) {
      throw graph.unsupported(name, "the condition of '" + frame.name() + "' accesses a stack");
    }
    if (!body.changed().isEmpty()) {
      states.noteLoop(
          name, new TreeSet<>(body.changed().stream().map(arguments::indexOf).toList()));
    }
    boolean stateful = isStateful(condition.graph()) || isStateful(body.graph());
    Attributes attributes =
        Attributes.of(
            "cond", functions.add(frame.name() + "_cond", finished(condition.graph())),
            "body", functions.add(frame.name() + "_body", finished(body.graph())));
    Set<String> controls = new LinkedHashSet<>();
    List<TensorName> operands = new ArrayList<>();
    for (FlowNode enter : loop.enters()) {
      operands.add(operand(enter));
      controls.addAll(enter.controls());
    }
    FlowNode node =
        FlowNode.of(name, stateful ? "While" : "StatelessWhile", operands, attributes)
            .with(operands, controls);
    members.forEach(member -> graph.nodes().remove(member.name()));
    put(node, frame);
    loop.exits().forEach((exit, variable) -> put(exit(exit, node.result(variable)), frame));
  }

  /** Adds a node to the frame around {@code left}. */
  private void put(FlowNode node, Frame left) {
    graph.nodes().put(node.name(), node);
    left.parent().ifPresent(around -> frames.put(node.name(), around));
  }

  /** A part of the loop, with all of the loop's arguments. */
  private FlowGraph whole(FlowGraph part, List<String> arguments) {
    Map<String, FlowNode> nodes = part.nodes();
    arguments.forEach(name -> nodes.put(name, FlowNode.argument(name)));
    return new FlowGraph(graph.function(), arguments, nodes, part.outputs(), part.effects());
  }

  /** With its conditionals rewritten. */
  private FlowGraph finished(FlowGraph part) {
    return Conditionals.rewrite(part.demanded(), functions);
  }

  /** What enters, read if it is a reference to a variable: the loop has its value. */
  private TensorName operand(FlowNode enter) {
    TensorName source = graph.input(enter, 0);
    if (enter.op().equals("RefEnter") || !graph.producer(source).isHandle()) {
      return source;
    }
    FlowNode read =
        FlowNode.of(
            graph.unique(enter.name() + "/read"),
            "Identity",
            List.of(source),
            enter
                .attributes()
                .find("T")
                .map(type -> Attributes.of("T", type))
                .orElse(Attributes.NONE));
    graph.nodes().put(read.name(), read);
    return read.result(0);
  }

  private FlowNode exit(String name, TensorName value) {
    return FlowNode.of(name, "Identity", List.of(value), Attributes.NONE);
  }

  private static boolean isStateful(FlowGraph graph) {
    return graph.nodes().values().stream().anyMatch(FlowNode::isStateful);
  }
}
