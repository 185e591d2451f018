package org.signet.source.control;

import java.util.List;
import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Makes nodes that stand in for one, with names that begin with its name. */
final class NodeMaker {
  private final FlowGraph graph;
  private final FlowNode replaced;

  NodeMaker(FlowGraph graph, FlowNode replaced) {
    this.graph = graph;
    this.replaced = replaced;
  }

  TensorName constant(Tensor value) {
    Attributes attributes = Attributes.of("dtype", value.dtype(), "value", value);
    return put(FlowNode.of(name("Const"), "Const", List.of(), attributes));
  }

  /** A vector or, without numbers, an empty one. */
  TensorName vector(int... values) {
    return constant(Tensor.of(values));
  }

  TensorName op(String op, Attributes attributes, TensorName... inputs) {
    return put(FlowNode.of(name(op), op, List.of(inputs), attributes));
  }

  /** An op on int32, whose type is its attribute {@code T}. */
  TensorName ints(String op, TensorName... inputs) {
    return op(op, Attributes.of("T", DType.INT32), inputs);
  }

  TensorName shape(TensorName tensor, DType dtype) {
    return op("Shape", Attributes.of("T", dtype, "out_type", DType.INT32), tensor);
  }

  TensorName reshape(TensorName tensor, DType dtype, TensorName shape) {
    return op("Reshape", Attributes.of("T", dtype, "Tshape", DType.INT32), tensor, shape);
  }

  /** Vectors of int32 one behind the other. */
  TensorName joined(TensorName first, TensorName second) {
    Attributes attributes = Attributes.of("N", 2L, "T", DType.INT32).with("Tidx", DType.INT32);
    return op("ConcatV2", attributes, first, second, constant(Tensor.scalar(0)));
  }

  /** A number as a vector. */
  TensorName oneItem(TensorName number) {
    return reshape(number, DType.INT32, vector(1));
  }

  /** The numbers of a vector of int32 from {@code start} on. */
  TensorName tail(TensorName vector, int start) {
    Attributes attributes =
        Attributes.of("T", DType.INT32, "Index", DType.INT32).with("end_mask", 1L);
    return op("StridedSlice", attributes, vector, vector(start), vector(0), vector(1));
  }

  /** A number of a vector of int32. */
  TensorName item(TensorName vector, int index) {
    Attributes attributes =
        Attributes.of("T", DType.INT32, "Index", DType.INT32).with("shrink_axis_mask", 1L);
    return op("StridedSlice", attributes, vector, vector(index), vector(index + 1), vector(1));
  }

  /** A tensor of zeros, or of empty strings. */
  TensorName zeros(TensorName shape, DType dtype) {
    Attributes attributes = Attributes.of("T", dtype, "index_type", DType.INT32);
    return op("Fill", attributes, shape, constant(Tensor.zeros(dtype)));
  }

  /** Gives these results to those who read the node that is replaced. */
  void replace(TensorName... results) {
    graph
        .nodes()
        .put(
            replaced.name(),
            FlowNode.of(
                replaced.name(),
                results.length == 1 ? "Identity" : "IdentityN",
                List.of(results),
                replaced.controls(),
                Attributes.NONE));
  }

  /** Puts a node without results in its place. */
  void remove() {
    graph
        .nodes()
        .put(
            replaced.name(),
            FlowNode.of(replaced.name(), "NoOp", List.of(), replaced.controls(), Attributes.NONE));
  }

  private String name(String op) {
    return graph.unique(replaced.name() + "/" + op);
  }

  private TensorName put(FlowNode node) {
    graph.nodes().put(node.name(), node);
    return node.result(0);
  }
}
