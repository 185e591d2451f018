package org.signet.source.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

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
  private static final Set<String> TRANSPARENT =
      Set.of("Identity", "Enter", "Switch", "Merge", "Exit");

  private final FlowGraph graph;

  /** The arrays by the names of the nodes that make them. */
  private final Map<String, TensorArrayFacts> arrays = new LinkedHashMap<>();

  /** The array that a node accesses. */
  private final Map<String, TensorArrayFacts> accessed = new LinkedHashMap<>();

  private TensorArrays(FlowGraph graph) {
    this.graph = graph;
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
        accessed.put(node.name(), array);
        array.learn(node);
      }
    }
    arrays.values().forEach(TensorArrayFacts::requireEqualShapes);
    List<Runnable> replacements = new ArrayList<>();
    arrays.values().forEach(array -> replacements.add(() -> create(array)));
    nodes.stream()
        .filter(node -> accessed.containsKey(node.name()))
        .forEach(node -> replacements.add(plan(node, fact(node))));
    replacements.forEach(Runnable::run);
  }

  private TensorArrayFacts fact(FlowNode node) {
    return Optional.ofNullable(accessed.get(node.name())).orElseThrow();
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

  /** The array whose first access this is, if the flow comes straight from where it is made. */
  private boolean isFirst(TensorName flow) {
    TensorName source = graph.behindIdentities(flow);
    return arrays.containsKey(source.node());
  }

  private void create(TensorArrayFacts array) {
    if (!array.element().hasRank()) {
      return;
    }
    NodeMaker maker = new NodeMaker(graph, array.node());
    int[] dims = array.element().dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.max(0, dims[i]);
    }
    TensorName size = graph.input(array.node(), 0);
    TensorName shape = maker.joined(oneItem(maker, size), maker.vector(dims));
    maker.replace(size, maker.zeros(shape, array.dtype()));
  }

  private static TensorName oneItem(NodeMaker maker, TensorName number) {
    return maker.reshape(number, DType.INT32, maker.vector(1));
  }

  /** What replaces an access; found out before anything is replaced. */
  private Runnable plan(FlowNode node, TensorArrayFacts array) {
    NodeMaker maker = new NodeMaker(graph, node);
    TensorName flow = flow(node);
    TensorName size = graph.input(array.node(), 0);
    boolean first = flow.node().isEmpty() ? false : isFirst(flow);
    DType dtype = array.dtype();
    return switch (node.op()) {
      case "TensorArrayWriteV3" -> {
        TensorName value = graph.input(node, 2);
        yield () -> {
          TensorName index = graph.input(node, 1);
          TensorName all =
              first
                  ? maker.zeros(
                      maker.joined(
                          oneItem(maker, firstSize(maker, array, size, index)),
                          maker.shape(value, dtype)),
                      dtype)
                  : grown(maker, array, flow, maker.shape(value, dtype), Optional.of(index));
          Attributes expand = Attributes.of("T", dtype, "Tdim", DType.INT32);
          TensorName row = maker.op("ExpandDims", expand, value, maker.constant(Tensor.scalar(0)));
          TensorName rows = maker.reshape(index, DType.INT32, maker.vector(1, 1));
          maker.replace(update(maker, dtype, all, rows, row));
        };
      }
      case "TensorArrayScatterV3" -> {
        TensorName indices = graph.input(node, 1);
        TensorName value = graph.input(node, 2);
        boolean whole = first && isRange(indices) && isSame(limit(indices), size, 0);
        yield () -> {
          if (whole) {
            maker.replace(value);
            return;
          }
          TensorName elements = maker.tail(maker.shape(value, dtype), 1);
          TensorName all =
              first
                  ? maker.zeros(maker.joined(oneItem(maker, size), elements), dtype)
                  : grown(maker, array, flow, elements, Optional.empty());
          TensorName rows = maker.reshape(indices, DType.INT32, maker.vector(-1, 1));
          maker.replace(update(maker, dtype, all, rows, value));
        };
      }
      case "TensorArraySplitV3" -> {
        TensorName value = graph.input(node, 1);
        int length = equalLengths(node);
        if (!first) {
          throw graph.unsupported(
              node.name(), "a tensor array that already has elements is split to");
        }
        yield () -> {
          TensorName rest = maker.tail(maker.shape(value, dtype), 1);
          TensorName elements = maker.joined(maker.vector(length), rest);
          TensorName shape = maker.joined(oneItem(maker, size), elements);
          maker.replace(maker.reshape(value, dtype, shape));
        };
      }
      case "TensorArrayReadV3" ->
          () -> maker.replace(gather(maker, dtype, flow, graph.input(node, 1)));
      case "TensorArrayGatherV3" -> {
        TensorName indices = graph.input(node, 1);
        boolean whole = !array.isDynamic() && isRange(indices) && isSizeOf(array, limit(indices));
        yield () -> maker.replace(whole ? flow : gather(maker, dtype, flow, indices));
      }
      case "TensorArraySizeV3" -> () -> maker.replace(maker.item(maker.shape(flow, dtype), 0));
      case "TensorArrayConcatV3" -> () -> concat(maker, dtype, flow);
      default -> maker::remove;
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

  private static TensorName update(
      NodeMaker maker, DType dtype, TensorName all, TensorName rows, TensorName values) {
    Attributes attributes = Attributes.of("T", dtype, "Tindices", DType.INT32);
    return maker.op("TensorScatterUpdate", attributes, all, rows, values);
  }

  private static TensorName gather(
      NodeMaker maker, DType dtype, TensorName flow, TensorName indices) {
    Attributes attributes =
        Attributes.of("Tparams", dtype, "Tindices", DType.INT32)
            .with("Taxis", DType.INT32)
            .with("batch_dims", 0L);
    return maker.op("GatherV2", attributes, flow, indices, maker.constant(Tensor.scalar(0)));
  }

  /** All elements one behind the other, and the length of each. */
  private static void concat(NodeMaker maker, DType dtype, TensorName flow) {
    TensorName shape = maker.shape(flow, dtype);
    TensorName size = maker.item(shape, 0);
    TensorName length = maker.item(shape, 1);
    TensorName rows = oneItem(maker, maker.ints("Mul", size, length));
    TensorName joined = maker.reshape(flow, dtype, maker.joined(rows, maker.tail(shape, 2)));
    TensorName wide =
        maker.op("Cast", Attributes.of("SrcT", DType.INT32, "DstT", DType.INT64), length);
    Attributes fill = Attributes.of("T", DType.INT64, "index_type", DType.INT32);
    maker.replace(joined, maker.op("Fill", fill, oneItem(maker, size), wide));
  }

  private static TensorName firstSize(
      NodeMaker maker, TensorArrayFacts array, TensorName size, TensorName index) {
    return array.isDynamic() ? maker.ints("Maximum", size, next(maker, index)) : size;
  }

  private static TensorName next(NodeMaker maker, TensorName index) {
    return maker.ints("AddV2", index, maker.constant(Tensor.scalar(1)));
  }

  /**
   * The array with room for what is written: where the elements' sizes are 0 they become those of
   * {@code elements}, and an array that may grow gets as many elements as {@code index} needs.
   */
  private TensorName grown(
      NodeMaker maker,
      TensorArrayFacts array,
      TensorName flow,
      TensorName elements,
      Optional<TensorName> index) {
    Shape known = array.element();
    boolean lengthens = array.isDynamic() && index.isPresent();
    if (!known.hasRank() || (known.isStatic() && !lengthens)) {
      return flow; // of unknown rank: refused, as the array has not been replaced
    }
    TensorName shape = maker.shape(flow, array.dtype());
    Attributes equality = Attributes.of("T", DType.INT32, "incompatible_shape_error", true);
    TensorName isZero = maker.op("Equal", equality, shape, maker.constant(Tensor.scalar(0)));
    TensorName zero =
        maker.op("Cast", Attributes.of("SrcT", DType.BOOL, "DstT", DType.INT32), isZero);
    TensorName missing = maker.ints("Mul", maker.joined(maker.vector(0), elements), zero);
    if (lengthens) {
      TensorName size = maker.item(shape, 0);
      TensorName more =
          maker.ints(
              "Maximum",
              maker.ints("Sub", next(maker, index.get()), size),
              maker.constant(Tensor.scalar(0)));
      TensorName first = maker.joined(oneItem(maker, more), maker.vector(new int[known.rank()]));
      missing = maker.ints("AddV2", missing, first);
    }
    Attributes pack = Attributes.of("N", 2L, "T", DType.INT32).with("axis", 1L);
    TensorName none = maker.vector(new int[known.rank() + 1]);
    TensorName paddings = maker.op("Pack", pack, none, missing);
    Attributes pad = Attributes.of("T", array.dtype(), "Tpaddings", DType.INT32);
    return maker.op("Pad", pad, flow, paddings);
  }

  private int equalLengths(FlowNode node) {
    FlowNode lengths = graph.producer(graph.behindIdentities(graph.input(node, 2)));
    if (lengths.op().equals("Cast")) {
      lengths = graph.producer(graph.behindIdentities(graph.input(lengths, 0)));
    }
    int[] values =
        lengths.op().equals("Const") ? lengths.decoded().getTensor("value").toInts() : new int[0];
    for (int length : values) {
      if (length != values[0]) {
        values = new int[0];
        break;
      }
    }
    if (values.length == 0) {
      throw graph.unsupported(
          node.name(), "a tensor array gets parts of different, or unknown, lengths");
    }
    return values[0];
  }

  /** Whether these indices are 0, 1, 2 and so on. */
  private boolean isRange(TensorName indices) {
    FlowNode range = graph.producer(graph.behindIdentities(indices));
    return range.op().equals("Range")
        && range.inputs().size() == 3
        && isNumber(range.inputs().get(0), 0)
        && isNumber(range.inputs().get(2), 1);
  }

  private TensorName limit(TensorName indices) {
    return graph.input(graph.producer(graph.behindIdentities(indices)), 1);
  }

  private boolean isNumber(TensorName tensor, int value) {
    FlowNode node = graph.producer(graph.behindIdentities(tensor));
    if (!node.op().equals("Const")) {
      return false;
    }
    Tensor number = node.decoded().getTensor("value");
    return number.size() == 1 && number.getLong(0) == value;
  }

  private boolean isSizeOf(TensorArrayFacts array, TensorName tensor) {
    FlowNode node = graph.producer(graph.behindIdentities(tensor));
    return node.op().equals("TensorArraySizeV3") && accessed.get(node.name()) == array;
  }

  /** Whether two tensors are computed in the same way from the same ones. */
  private boolean isSame(TensorName a, TensorName b, int depth) {
    TensorName first = graph.behindIdentities(a);
    TensorName second = graph.behindIdentities(b);
    if (first.equals(second)) {
      return true;
    }
    FlowNode one = graph.producer(first);
    FlowNode other = graph.producer(second);
    if (depth > 8
        || first.index() != second.index()
        || one.isStateful()
        || !one.op().equals(other.op())
        || one.isHandle()
        || one.op().equals(FlowNode.ARGUMENT)
        || one.op().startsWith("Placeholder")
        || one.inputs().size() != other.inputs().size()
        || !publicAttributes(one).equals(publicAttributes(other))) {
      return false;
    }
    for (int i = 0; i < one.inputs().size(); i++) {
      if (!isSame(one.inputs().get(i), other.inputs().get(i), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Object> publicAttributes(FlowNode node) {
    Map<String, Object> own = new LinkedHashMap<>(node.attributes());
    own.keySet().removeIf(name -> name.startsWith("_"));
    return own;
  }
}
