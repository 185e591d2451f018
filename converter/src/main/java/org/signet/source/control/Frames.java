package org.signet.source.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which frame each node runs in. A frame is entered by {@code Enter} and left by {@code Exit}, and
 * all other nodes run where their inputs do. Constants, handles of variables and what depends on
 * nothing else are at home everywhere.
 */
final class Frames {
  private final FlowGraph graph;
  private final Frame root = new Frame("");
  private final Map<String, Frame> byName = new LinkedHashMap<>();
  private final Map<String, Frame> ofNode = new HashMap<>();

  /** The names of the nodes in each frame, some of which may be gone. */
  private final Map<Frame, List<String>> homes = new HashMap<>();

  /** The names of the exits from each frame. */
  private final Map<Frame, List<String>> exits = new HashMap<>();

  /** Where each node stands in the graph's order. */
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * @throws org.signet.diag.SignetException if a node reads across frames
   */
  Frames(FlowGraph graph) {
    this.graph = graph;
    List<FlowNode> ordered = graph.ordered();
    settle(ordered);
    for (Frame frame : byName.values()) {
      if (frame.parent().isEmpty()) { // nothing but constants enters it
        frame.setParent(root);
        settle(ordered);
      }
    }
    for (FlowNode node : ordered) {
      if (!ofNode.containsKey(node.name()) && !isFree(node)) {
        ofNode.put(node.name(), root);
      }
    }
    settle(ordered);
    ordered.forEach(this::check);
    graph.nodes().values().forEach(this::index);
  }

  private void index(FlowNode node) {
    places.put(node.name(), places.size());
    Optional.ofNullable(ofNode.get(node.name())).ifPresent(frame -> add(homes, frame, node.name()));
    if (node.is("Exit")) {
      Optional.ofNullable(ofNode.get(graph.input(node, 0).node()))
          .ifPresent(frame -> add(exits, frame, node.name()));
    }
  }

  private static void add(Map<Frame, List<String>> names, Frame frame, String name) {
    names.computeIfAbsent(frame, f -> new ArrayList<>()).add(name);
  }

  /** Takes what is known to where it leads. */
  private void settle(List<FlowNode> ordered) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (FlowNode node : ordered) {
        changed |= assign(node);
      }
    }
  }

  /** The frames of loops, inner ones first. */
  List<Frame> innermostFirst() {
    List<Frame> frames = new ArrayList<>(byName.values());
    frames.sort(Comparator.comparingInt(Frame::depth).reversed());
    return frames;
  }

  /** The nodes of a frame, without those that are at home everywhere, in the graph's order. */
  List<FlowNode> members(Frame frame) {
    return homes.getOrDefault(frame, List.of()).stream()
        .filter(name -> isIn(frame, name) && graph.nodes().containsKey(name))
        .sorted(Comparator.comparing(places::get))
        .map(graph::node)
        .toList();
  }

  /** The nodes by which values leave a frame, in the graph's order. */
  List<FlowNode> exits(Frame frame) {
    return exits.getOrDefault(frame, List.of()).stream().map(graph::node).toList();
  }

  /** The frame of a node; the root for those that are at home everywhere. */
  Frame of(String node) {
    return ofNode.getOrDefault(node, root);
  }

  boolean isIn(Frame frame, String node) {
    return ofNode.get(node) == frame;
  }

  /** Whether a node belongs to no frame. */
  boolean isEverywhere(String node) {
    return !ofNode.containsKey(node);
  }

  boolean isOutsideLoops(String node) {
    return isEverywhere(node) || isIn(root, node);
  }

  /** Says that {@code node}, which is new, runs in {@code frame}. */
  void put(String node, Frame frame) {
    places.putIfAbsent(node, places.size());
    if (ofNode.put(node, frame) != frame) {
      add(homes, frame, node);
    }
  }

  /** Finds out a node's frame; whether that is news. */
  private boolean assign(FlowNode node) {
    Optional<Frame> around = around(node);
    if (node.is("Enter")) {
      String name = node.decoded().getString("frame_name", "");
      Frame frame = byName.computeIfAbsent(name, Frame::new);
      around.filter(outer -> frame.parent().isEmpty()).ifPresent(frame::setParent);
      if (frame.isTooDeep()) {
        throw graph.malformed(node.name(), "the loop '" + name + "' runs inside itself");
      }
      return ofNode.putIfAbsent(node.name(), frame) == null;
    }
    Optional<Frame> frame = node.is("Exit") ? around.flatMap(Frame::parent) : around;
    if (frame.isEmpty() && FlowGraph.before(node).isEmpty() && !isFree(node)) {
      frame = Optional.of(root);
    }
    return frame.isPresent() && ofNode.putIfAbsent(node.name(), frame.get()) == null;
  }

  /** The frame that a node's inputs come from, as far as known. */
  private Optional<Frame> around(FlowNode node) {
    return FlowGraph.before(node).stream()
        .filter(name -> !(node.is("Merge") && graph.node(name).is("NextIteration")))
        .flatMap(name -> Optional.ofNullable(ofNode.get(name)).stream())
        .findFirst();
  }

  private static boolean isFree(FlowNode node) {
    boolean computes = node.op().equals("Const") || node.isHandle() || !node.inputs().isEmpty();
    return computes && !node.isStateful();
  }

  private void check(FlowNode node) {
    Optional<Frame> expected = around(node);
    for (String name : FlowGraph.before(node)) {
      Optional<Frame> frame = Optional.ofNullable(ofNode.get(name));
      if (frame.isPresent() && expected.isPresent() && frame.get() != expected.get()) {
        throw graph.malformed(
            node.name(),
            "it reads from the loops '"
                + expected.get().name()
                + "' and '"
                + frame.get().name()
                + "' at once");
      }
    }
    Optional<Frame> own = Optional.ofNullable(ofNode.get(node.name()));
    if (node.is("Enter")
        && expected.isPresent()
        && own.flatMap(Frame::parent).isPresent()
        && own.flatMap(Frame::parent).get() != expected.get()) {
      throw graph.malformed(
          node.name(),
          "it enters the loop '" + own.get().name() + "', which others enter elsewhere");
    }
    if (node.is("Exit") && own.isEmpty()) {
      throw graph.malformed(node.name(), "it leaves no loop");
    }
  }
}
