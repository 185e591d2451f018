package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.ir.CountedIndex;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * A loop over indices of rows that changes one row of some tensors at a time, in order, so that an
 * index may come again. An index outside is refused by the op that takes the row.
 */
final class RowLoop {
  private final GraphBuilder builder;
  private final String name;
  private final Origin origin;

  RowLoop(GraphBuilder builder, String name, Origin origin) {
    this.builder = builder;
    this.name = name;
    this.origin = origin;
  }

  /** What happens to a row. */
  @FunctionalInterface
  interface Body {
    /**
     * @param rows the row of each tensor, with a first dimension of 1
     * @param others the other operands; the row for this index of the one that has rows
     * @return the new rows
     */
    List<Value> change(GraphBuilder builder, List<Value> rows, List<Value> others);
  }

  /**
   * Adds the loop.
   *
   * @param indices a vector of int32 or int64
   * @param tensors what is changed
   * @param others what the body needs besides
   * @param rowed which of {@code others} has a row for each index, −1 for none
   * @return the changed tensors
   */
  List<Value> run(Value indices, List<Value> tensors, List<Value> others, int rowed, Body body) {
    Part outer = new Part(builder);
    Value count = outer.size(indices);
    List<Value> operands = new ArrayList<>(List.of(outer.number(0), count, indices));
    operands.addAll(tensors);
    operands.addAll(others);
    List<TensorType> types = operands.stream().map(Value::type).toList();
    GraphBuilder test = builder.fresh();
    List<Value> tested = inputs(test, operands);
    Value goesOn = new Part(test).op("Less", "T", tested.get(0), tested.get(1));
    Part inner = new Part(builder.fresh());
    List<Value> given = inputs(inner.graph, operands);
    List<Value> next = new ArrayList<>(given);
    Value at = given.getFirst();
    next.set(0, inner.op("AddV2", "T", at, inner.number(1)));
    Value index = inner.row(given.get(2), at);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      rows.add(inner.row(given.get(3 + i), inner.single(index)));
    }
    List<Value> rest = new ArrayList<>(given.subList(3 + tensors.size(), given.size()));
    if (rowed >= 0) {
      rest.set(rowed, inner.row(rest.get(rowed), inner.single(at)));
    }
    List<Value> changed = body.change(inner.graph, rows, rest);
    for (int i = 0; i < tensors.size(); i++) {
      next.set(3 + i, inner.replaced(given.get(3 + i), index, changed.get(i)));
    }
    return builder
        .addWithBodies(
            OpKey.builtin("WHILE"),
            operands,
            types,
            List.of(test.build(List.of(goesOn)), inner.graph.build(next)),
            name,
            origin)
        .subList(3, 3 + tensors.size())
        .stream()
        .map(Value.class::cast)
        .toList();
  }

  private static List<Value> inputs(GraphBuilder graph, List<Value> operands) {
    List<Value> inputs = new ArrayList<>();
    operands.forEach(operand -> inputs.add(graph.input(operand.name(), operand.type())));
    return inputs;
  }

  /** Adds TensorFlow's ops to one of the graphs. */
  private final class Part {
    final GraphBuilder graph;

    Part(GraphBuilder graph) {
      this.graph = graph;
    }

    Value number(int value) {
      return graph.constant(name + "/" + value, Tensor.scalar(value));
    }

    private Value vector(int... values) {
      return graph.constant(name + "/vector", Tensor.of(values));
    }

    Value op(String op, String type, Value... operands) {
      Attributes types = Attributes.of(type, operands[0].type().dtype());
      return graph.addOne(OpKey.tf(op), types, List.of(operands), name + "/" + op, origin);
    }

    Value size(Value tensor) {
      Attributes types = Attributes.of("T", tensor.type().dtype(), "out_type", DType.INT32);
      return graph.addOne(OpKey.tf("Size"), types, List.of(tensor), name + "/count", origin);
    }

    /** A scalar as a vector of one element. */
    Value single(Value scalar) {
      return reshape(scalar, 1);
    }

    private Value reshape(Value tensor, int... shape) {
      Attributes types = Attributes.of("T", tensor.type().dtype(), "Tshape", DType.INT32);
      List<Value> operands = List.of(tensor, vector(shape));
      return graph.addOne(OpKey.tf("Reshape"), types, operands, name + "/shape", origin);
    }

    /** The rows that an index, or a vector of indices, names. */
    Value row(Value tensor, Value indices) {
      Attributes types =
          Attributes.of("Tparams", tensor.type().dtype(), "Tindices", indices.type().dtype())
              .with("Taxis", DType.INT32)
              .with("batch_dims", 0L);
      List<Value> operands = List.of(tensor, indices, number(0));
      return graph.addOne(OpKey.tf("GatherV2"), types, operands, name + "/row", origin);
    }

    /** The tensor with one row in the place of another. */
    Value replaced(Value tensor, Value index, Value row) {
      Attributes types =
          Attributes.of("T", tensor.type().dtype(), "Tindices", index.type().dtype())
              .with("bad_indices_policy", "")
              .with(CountedIndex.ATTRIBUTE, true); // its row has been read
      Value place = reshape(index, 1, 1);
      return graph
          .add(
              OpKey.tf("TensorScatterUpdate"),
              types,
              List.of(tensor, place, row),
              List.of(tensor.type()),
              name,
              origin)
          .getFirst();
    }
  }
}
