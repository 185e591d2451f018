package org.signet.ir;

import java.util.List;
import org.signet.diag.Origin;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Puts graphs together, few words for each node. Close it when the graph is done with. */
public final class Graphs implements AutoCloseable {
  private final ConstantStore store = new ConstantStore();
  private final GraphBuilder builder = new GraphBuilder(OpDefinitions.standard(), store);

  public GraphBuilder builder() {
    return builder;
  }

  /** How its constants were computed. */
  public Derivations derivations() {
    return store.derivations();
  }

  public Value input(DType dtype, int... shape) {
    return builder.input("x", TensorType.of(dtype, Shape.of(shape)));
  }

  public Value constant(Tensor tensor) {
    return builder.constant("c", tensor);
  }

  public Value ints(int... values) {
    return constant(Tensor.of(values));
  }

  /** A use of a TensorFlow op. */
  public Value tf(String op, Attributes attributes, Value... operands) {
    return add(OpKey.tf(op), attributes, operands);
  }

  /** A use of a builtin. */
  public Value builtin(String op, Attributes options, Value... operands) {
    return add(OpKey.builtin(op), options, operands);
  }

  public Value add(OpKey op, Attributes attributes, Value... operands) {
    return builder.addOne(op, attributes, List.of(operands), op.name(), Origin.ofNode("n"));
  }

  public Graph build(Value... outputs) {
    return builder.build(List.of(outputs));
  }

  @Override
  public void close() {
    store.close();
  }
}
