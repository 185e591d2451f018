package org.signet.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.signet.op.DirectCall;
import org.signet.op.OpDefinitions;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Evaluates a graph node by node, by the definitions of its ops alone. */
public final class Evaluator {
  private static final int FREE_SIZE = 3;

  private Evaluator() {}

  /** The outputs for made-up inputs, the same at each call; free sizes are {@value #FREE_SIZE}. */
  public static List<Tensor> run(Graph graph) {
    IdentityHashMap<Value, Tensor> values = new IdentityHashMap<>();
    for (Value.Input input : graph.inputs()) {
      values.put(input, madeUp(input.type(), values.size()));
    }
    for (Node node : graph.nodes()) {
      List<Optional<Tensor>> operands = new ArrayList<>();
      for (Value operand : node.operands()) {
        operands.add(operand.isPresent() ? Optional.of(value(operand, values)) : Optional.empty());
      }
      List<Tensor> results =
          DirectCall.evaluate(
              OpDefinitions.standard().find(node.op()).orElseThrow(),
              node.attributes(),
              operands,
              node.resultTypes());
      for (int i = 0; i < results.size(); i++) {
        values.put(node.results().get(i), results.get(i));
      }
    }
    return graph.outputs().stream().map(output -> value(output, values)).toList();
  }

  private static Tensor value(Value value, IdentityHashMap<Value, Tensor> values) {
    Tensor known = values.get(value);
    if (known != null) {
      return known;
    }
    if (value instanceof Value.Constant constant) {
      return constant.data().load(constant.type());
    }
    throw new AssertionError(value + " is used before it is computed");
  }

  /** Numbers of both signs, up to about 8 in size. */
  public static Tensor madeUp(TensorType type, int seed) {
    int[] dims = type.shape().dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == Shape.UNKNOWN ? FREE_SIZE : dims[i];
    }
    Tensor tensor = Tensor.zeros(type.dtype(), dims);
    for (int i = 0; i < tensor.size(); i++) {
      double number = 8 * Math.sin(1.7 * i + seed + 1);
      if (type.dtype().isFloating()) {
        tensor.setDouble(i, number);
      } else {
        tensor.setLong(i, Math.round(number));
      }
    }
    return tensor;
  }
}
