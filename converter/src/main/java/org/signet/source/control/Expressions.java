package org.signet.source.control;

import java.util.Arrays;
import java.util.OptionalInt;
import org.signet.source.TensorName;
import org.signet.tensor.Tensor;

/** What can be told of tensors from the nodes that compute them. */
final class Expressions {
  /** Deeper expressions are not compared. */
  private static final int DEEPEST = 8;

  private final FlowGraph graph;

  Expressions(FlowGraph graph) {
    this.graph = graph;
  }

  /** Whether these indices are 0, 1, 2 and so on. */
  boolean isRange(TensorName indices) {
    FlowNode range = graph.producer(graph.behindIdentities(indices));
    return range.op().equals("Range")
        && range.inputs().size() == 3
        && isNumber(range.inputs().get(0), 0)
        && isNumber(range.inputs().get(2), 1);
  }

  /** Where a range ends. */
  TensorName limit(TensorName indices) {
    return graph.input(graph.producer(graph.behindIdentities(indices)), 1);
  }

  /** The number that all items of a constant are. */
  OptionalInt equalNumbers(TensorName tensor) {
    FlowNode node = graph.producer(graph.behindIdentities(tensor));
    if (node.op().equals("Cast")) {
      node = graph.producer(graph.behindIdentities(graph.input(node, 0)));
    }
    int[] values =
        node.op().equals("Const") ? node.decoded().getTensor("value").toInts() : new int[0];
    return Arrays.stream(values).distinct().count() == 1
        ? OptionalInt.of(values[0])
        : OptionalInt.empty();
  }

  private boolean isNumber(TensorName tensor, int value) {
    FlowNode node = graph.producer(graph.behindIdentities(tensor));
    if (!node.op().equals("Const")) {
      return false;
    }
    Tensor number = node.decoded().getTensor("value");
    return number.size() == 1 && number.getLong(0) == value;
  }

  /** Whether two tensors are computed in the same way from the same ones. */
  boolean isSame(TensorName a, TensorName b) {
    return isSame(a, b, 0);
  }

  private boolean isSame(TensorName a, TensorName b, int depth) {
    TensorName first = graph.behindIdentities(a);
    TensorName second = graph.behindIdentities(b);
    if (first.equals(second)) {
      return true;
    }
    FlowNode one = graph.producer(first);
    FlowNode other = graph.producer(second);
    if (depth > DEEPEST
        || first.index() != second.index()
        || one.isStateful()
        || !one.op().equals(other.op())
        || one.isHandle()
        || one.op().equals(FlowNode.ARGUMENT)
        || one.op().startsWith("Placeholder")
        || one.inputs().size() != other.inputs().size()
        || !one.attributes().hasSameOwn(other.attributes())) {
      return false;
    }
    for (int i = 0; i < one.inputs().size(); i++) {
      if (!isSame(one.inputs().get(i), other.inputs().get(i), depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
