package org.signet.source.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Prepares the arrays of gradients, which TensorFlow finds by the array that they belong to and the
 * name of the gradient, wherever it asks for them: each is made once, where its array is, and its
 * handle enters the loops in which it is accessed. It is made from all elements of its array, whose
 * number and sizes it has.
 */
final class GradientArrays {
  /** The kinds that hand on a flow, besides those that hand on handles. */
  private static final Set<String> FLOWS = Set.of("NextIteration");

  private final FlowGraph graph;
  private final List<FlowNode> ordered;
  private final Frames frames;

  /** The node that makes each gradient's array. */
  private final Map<Key, FlowNode> arrays = new LinkedHashMap<>();

  /** The handles of arrays in the frames of loops. */
  private final Map<Entry, TensorName> entered = new HashMap<>();

  /** A gradient of an array, by the name of the node that makes that. */
  private record Key(String array, String source) {}

  private record Entry(String handle, Frame frame) {}

  private GradientArrays(FlowGraph graph) {
    this.graph = graph;
    this.ordered = graph.ordered();
    this.frames = new Frames(graph);
  }

  /**
   * @param graph is changed
   * @throws org.signet.diag.SignetException UNSUPPORTED_SOURCE if it can't be told what a gradient
   *     belongs to
   */
  static void prepare(FlowGraph graph) {
    if (graph.nodes().values().stream().anyMatch(GradientArrays::isGradient)) {
      new GradientArrays(graph).prepare();
    }
  }

  private static boolean isGradient(FlowNode node) {
    return node.op().equals(StateAccess.GRADIENT);
  }

  private void prepare() {
    Map<FlowNode, Key> accesses = new LinkedHashMap<>();
    for (FlowNode node : ordered) {
      if (isGradient(node)) {
        arrays.computeIfAbsent(key(node), key -> node);
      } else if (TensorArrays.isAccess(node)) {
        FlowNode origin = origin(node);
        if (isGradient(origin)) {
          accesses.put(node, key(origin));
        }
      }
    }
    Map<Key, TensorName> elements = new HashMap<>();
    arrays.keySet().forEach(key -> elements.put(key, elements(key)));
    List<FlowNode> readers = ordered.stream().filter(this::readsFlowAsNumber).toList();
    Map<Key, FlowNode> made = new HashMap<>();
    arrays.forEach(
        (key, node) -> made.put(key, make(key, node, elements.getOrDefault(key, node.result(0)))));
    accesses.forEach((access, key) -> enter(access, key, made));
    for (FlowNode node : ordered) {
      if (isGradient(node)) {
        new NodeMaker(graph, node).replace(graph.input(node, 1), graph.input(node, 1));
      }
    }
    readers.forEach(this::readNumber);
  }

  private FlowNode origin(FlowNode access) {
    return graph.producer(graph.behind(graph.input(access, 0), FlowNode.HANDING_ON));
  }

  private Key key(FlowNode gradient) {
    FlowNode array = origin(gradient);
    if (!TensorArrays.isCreation(array)) {
      throw graph.unsupported(
          gradient.name(),
          "it can't be told which array '" + gradient.name() + "' is a gradient of");
    }
    return new Key(array.name(), gradient.decoded().getString("source", ""));
  }

  /** The flow, in the frame in which the array is made, that its first gradient is asked with. */
  private TensorName elements(Key key) {
    Frame home = frames.of(key.array());
    for (FlowNode node : ordered) {
      if (isGradient(node) && key(node).equals(key)) {
        Optional<TensorName> flow = leaving(graph.input(node, 1), home);
        if (flow.filter(this::isFlowOfArray).isPresent()) {
          return flow.get();
        }
      }
    }
    throw graph.unsupported(
        key.array(), "the elements of '" + key.array() + "' can't be told where it has a gradient");
  }

  /** The same tensor in a frame around its own, if it comes from there unchanged. */
  private Optional<TensorName> leaving(TensorName tensor, Frame home) {
    TensorName found = tensor;
    while (frames.of(found.node()) != home || graph.producer(found).is("Enter")) {
      FlowNode node = graph.producer(found);
      boolean same = Set.of("Identity", "Switch", "Enter").contains(node.kind());
      if (!same || frames.of(found.node()).depth() < home.depth()) {
        return Optional.empty();
      }
      found = graph.input(node, 0);
    }
    return Optional.of(found);
  }

  /** Whether a tensor is the flow of an array that is no gradient. */
  private boolean isFlowOfArray(TensorName tensor) {
    TensorName source = graph.behind(tensor, FlowNode.HANDING_ON);
    FlowNode node = graph.producer(source);
    return TensorArrays.isCreation(node)
        ? source.index() == 1
        : TensorArrays.isWrite(node) && TensorArrays.isCreation(origin(node));
  }

  /** Whether a node takes a flow for the number that TensorFlow has there. */
  private boolean readsFlowAsNumber(FlowNode node) {
    return !FlowNode.HANDING_ON.contains(node.kind())
        && !FLOWS.contains(node.kind())
        && !TensorArrays.isAccess(node)
        && !isGradient(node)
        && node.inputs().stream().anyMatch(this::isFlowOfArray);
  }

  private void readNumber(FlowNode node) {
    List<TensorName> inputs = new ArrayList<>();
    for (TensorName input : node.inputs()) {
      inputs.add(
          isFlowOfArray(input) ? new NodeMaker(graph, node).constant(Tensor.scalar(0f)) : input);
    }
    graph.nodes().put(node.name(), node.with(inputs, node.controls()));
  }

  /** The node that makes an array from the elements of the one that it belongs to. */
  private FlowNode make(Key key, FlowNode gradient, TensorName elements) {
    DType dtype = graph.node(key.array()).decoded().getType("dtype");
    FlowNode node =
        FlowNode.of(
            graph.unique(gradient.name() + "/zeros"),
            StateAccess.GRADIENT,
            List.of(elements),
            Attributes.of("T", dtype));
    graph.nodes().put(node.name(), node);
    return node;
  }

  private void enter(FlowNode access, Key key, Map<Key, FlowNode> made) {
    TensorName handle =
        inFrame(
            made.getOrDefault(key, access).result(0),
            frames.of(key.array()),
            frames.of(access.name()));
    List<TensorName> inputs = new ArrayList<>(access.inputs());
    inputs.set(0, handle);
    graph.nodes().put(access.name(), access.with(inputs, access.controls()));
  }

  private TensorName inFrame(TensorName handle, Frame home, Frame frame) {
    if (frame == home) {
      return handle;
    }
    Frame outer =
        frame
            .parent()
            .orElseThrow(() ->
                graph.unsupported(
                    handle.node(),
                    "the gradient '" + handle.node() + "' is used outside its loop"));
    TensorName around = inFrame(handle, home, outer);
    return entered.computeIfAbsent(
        new Entry(handle.node(), frame),
        entry -> {
          Attributes attributes = Attributes.of("frame_name", frame.name(), "is_constant", true);
          FlowNode node =
              FlowNode.of(
                  graph.unique(handle.node() + "/Enter"), "Enter", List.of(around), attributes);
          graph.nodes().put(node.name(), node);
          return node.result(0);
        });
  }
}
