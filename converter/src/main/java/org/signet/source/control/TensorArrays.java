package org.signet.source.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.source.TensorName;

/**
 * Makes tensor arrays tensors: what is called flow, a number of no meaning that puts reads and
 * writes in order, becomes the tensor {@code [size, element...]} of all elements. Sizes of elements
 * that are not known beforehand are 0 until the first write.
 */
final class TensorArrays {
  private static final String CREATE = "TensorArrayV3";
  private static final Set<String> ACCESSES =
      Set.of(
          "TensorArrayWriteV3",
          "TensorArrayReadV3",
          "TensorArrayGatherV3",
          "TensorArrayScatterV3",
          "TensorArraySizeV3",
          "TensorArrayConcatV3",
          "TensorArraySplitV3",
          "TensorArrayCloseV3");

  /** Ops that hand on a handle. */
  private static final Set<String> TRANSPARENT =
      Set.of("Identity", "Enter", "Switch", "Merge", "Exit");

  private final FlowGraph graph;
  private final Expressions expressions;

  /** The arrays by the names of the nodes that make them. */
  private final Map<String, TensorArrayFacts> arrays = new LinkedHashMap<>();

  /** The nodes that access arrays. */
  private final Map<FlowNode, TensorArrayFacts> accesses = new LinkedHashMap<>();

  private TensorArrays(FlowGraph graph) {
    this.graph = graph;
    this.expressions = new Expressions(graph);
  }

  /** Whether an op is about tensor arrays, or the stacks that gradients of loops use. */
  static boolean isArrayOrStack(String op) {
    return op.startsWith("TensorArray")
        || op.equals("Stack")
        || op.equals("StackV2")
        || op.startsWith("StackPush")
        || op.startsWith("StackPop")
        || op.startsWith("StackClose");
  }

  /**
   * @return the graph without tensor arrays
   * @throws org.signet.diag.SignetException UNSUPPORTED_SOURCE if elements have different shapes,
   *     or nothing is known of them; or for stacks
   */
  static FlowGraph rewrite(FlowGraph graph) {
    if (graph.nodes().values().stream().noneMatch(node -> isArrayOrStack(node.op()))) {
      return graph;
    }
    new TensorArrays(graph).rewrite();
    FlowGraph rewritten = graph.demanded();
    for (FlowNode node : rewritten.nodes().values()) {
      if (isArrayOrStack(node.op())) {
        throw graph.unsupported(
            node.name(),
            "nothing is known of the elements' shape in the tensor array '" + node.name() + "'",
            "give tf.TensorArray an element_shape; sizes may be None");
      }
    }
    return rewritten;
  }

  private void rewrite() {
    List<FlowNode> nodes = new ArrayList<>(graph.nodes().values());
    for (FlowNode node : nodes) {
      if (node.op().equals(CREATE)) {
        arrays.put(node.name(), new TensorArrayFacts(graph, node));
      } else if (isArrayOrStack(node.op()) && !ACCESSES.contains(node.op())) {
        throw graph.unsupported(
            node.name(),
            node.op() + ", as gradients of loops have it, has no place in a model file",
            "convert a graph without gradients, or with control flow of version 2");
      }
    }
    for (FlowNode node : nodes) {
      if (ACCESSES.contains(node.op())) {
        TensorArrayFacts array = array(node);
        accesses.put(node, array);
        array.learn(node);
      }
    }
    arrays.values().forEach(TensorArrayFacts::requireEqualShapes);
    // Found out for all nodes before the first is replaced.
    List<Runnable> replacements = new ArrayList<>();
    accesses.forEach((node, array) -> replacements.add(plan(node, array)));
    arrays
        .values()
        .forEach(array ->
            new TensorArrayWriter(graph, array.node(), array, FlowNode.tensor("", 0)).create());
    replacements.forEach(Runnable::run);
  }

  /** The array that the handle of an access leads to. */
  private TensorArrayFacts array(FlowNode access) {
    TensorName handle = graph.input(access, 0);
    Set<String> seen = new HashSet<>();
    while (seen.add(handle.node())) {
      FlowNode node = graph.producer(handle);
      TensorArrayFacts array = arrays.get(node.name());
      if (array != null) {
        return array;
      }
      if (!TRANSPARENT.contains(node.kind())) {
        break;
      }
      handle = graph.input(node, 0);
    }
    throw graph.unsupported(
        access.name(), "the tensor array that '" + access.name() + "' accesses can't be told");
  }

  /** What replaces an access. */
  private Runnable plan(FlowNode node, TensorArrayFacts array) {
    TensorName flow = flow(node);
    TensorArrayReader reader = new TensorArrayReader(graph, node, array, flow);
    TensorArrayWriter writer = new TensorArrayWriter(graph, node, array, flow);
    boolean first = !flow.node().isEmpty() && isNew(flow);
    return switch (node.op()) {
      case "TensorArrayWriteV3" -> () -> writer.write(first);
      case "TensorArrayScatterV3" -> {
        TensorName indices = graph.input(node, 1);
        boolean all =
            first
                && expressions.isRange(indices)
                && expressions.isSame(expressions.limit(indices), array.size());
        yield all ? writer::setAll : () -> writer.scatter(first);
      }
      case "TensorArraySplitV3" -> {
        int length = expressions.equalNumbers(graph.input(node, 2)).orElse(-1);
        if (!first || length < 0) {
          throw graph.unsupported(
              node.name(),
              "a tensor array gets parts of a tensor whose lengths are not known to be equal");
        }
        yield () -> writer.split(length);
      }
      case "TensorArrayReadV3" -> reader::gather;
      case "TensorArrayGatherV3" -> {
        TensorName indices = graph.input(node, 1);
        boolean all =
            !array.isDynamic()
                && expressions.isRange(indices)
                && isSizeOf(array, expressions.limit(indices));
        yield all ? reader::all : reader::gather;
      }
      case "TensorArraySizeV3" -> reader::size;
      case "TensorArrayConcatV3" -> reader::concat;
      default -> reader::close;
    };
  }

  /** The flow that an access reads; of no node if it reads none. */
  private TensorName flow(FlowNode node) {
    return switch (node.op()) {
      case "TensorArrayWriteV3", "TensorArrayScatterV3", "TensorArraySplitV3" ->
          graph.input(node, 3);
      case "TensorArrayReadV3", "TensorArrayGatherV3" -> graph.input(node, 2);
      case "TensorArraySizeV3", "TensorArrayConcatV3" -> graph.input(node, 1);
      default -> FlowNode.tensor("", 0);
    };
  }

  /** Whether a flow comes straight from where its array is made. */
  private boolean isNew(TensorName flow) {
    return arrays.containsKey(graph.behindIdentities(flow).node());
  }

  private boolean isSizeOf(TensorArrayFacts array, TensorName tensor) {
    FlowNode node = graph.producer(graph.behindIdentities(tensor));
    return node.op().equals("TensorArraySizeV3") && accesses.get(node) == array;
  }
}
