package org.signet.source.control;

import org.signet.op.Attributes;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Puts reads of the tensor that a tensor array has become in place of reads of the array. */
final class TensorArrayReader {
  private final FlowGraph graph;
  private final FlowNode node;
  private final NodeMaker maker;
  private final DType dtype;
  private final TensorName flow;

  /**
   * @param node what is replaced
   * @param flow all elements
   */
  TensorArrayReader(FlowGraph graph, FlowNode node, DType dtype, TensorName flow) {
    this.graph = graph;
    this.node = node;
    this.maker = new NodeMaker(graph, node);
    this.dtype = dtype;
    this.flow = flow;
  }

  /** The elements of some indices; of a single one, the element. */
  void gather() {
    Attributes attributes =
        Attributes.of("Tparams", dtype, "Tindices", DType.INT32)
            .with("Taxis", DType.INT32)
            .with("batch_dims", 0L);
    TensorName axis = maker.constant(Tensor.scalar(0));
    maker.replace(maker.op("GatherV2", attributes, flow, graph.input(node, 1), axis));
  }

  void all() {
    maker.replace(flow);
  }

  void size() {
    maker.replace(maker.item(maker.shape(flow, dtype), 0));
  }

  /** All elements one behind the other, and the length of each. */
  void concat() {
    TensorName shape = maker.shape(flow, dtype);
    TensorName size = maker.item(shape, 0);
    TensorName length = maker.item(shape, 1);
    TensorName rows = maker.oneItem(maker.ints("Mul", size, length));
    TensorName joined = maker.reshape(flow, dtype, maker.joined(rows, maker.tail(shape, 2)));
    TensorName wide =
        maker.op("Cast", Attributes.of("SrcT", DType.INT32, "DstT", DType.INT64), length);
    Attributes fill = Attributes.of("T", DType.INT64, "index_type", DType.INT32);
    maker.replace(joined, maker.op("Fill", fill, maker.oneItem(size), wide));
  }

  void close() {
    maker.remove();
  }
}
