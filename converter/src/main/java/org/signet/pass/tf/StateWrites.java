package org.signet.pass.tf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.op.flex.state.UpdateOp;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** The ops that change a variable, put as a read, an op on tensors, and an assignment. */
final class StateWrites {
  private static final Map<String, String> UPDATES =
      Map.of(
          "AssignAdd", "AddV2",
          "AssignAddVariableOp", "AddV2",
          "AssignSub", "Sub",
          "AssignSubVariableOp", "Sub");

  private static final Map<String, String> SCATTERS =
      Map.of(
          "ResourceScatterAdd", "TensorScatterAdd",
          "ResourceScatterMax", "TensorScatterMax",
          "ResourceScatterMin", "TensorScatterMin",
          "ResourceScatterSub", "TensorScatterSub",
          "ResourceScatterUpdate", "TensorScatterUpdate",
          "ScatterAdd", "TensorScatterAdd",
          "ScatterSub", "TensorScatterSub",
          "ScatterUpdate", "TensorScatterUpdate");

  private final GraphBuilder builder;
  private final VariableValues variables;

  StateWrites(GraphBuilder builder, VariableValues variables) {
    this.builder = builder;
    this.variables = variables;
  }

  /**
   * @param operands the variable first
   * @return the results: the variable again for an op on a reference; empty if {@code op} does not
   *     change a variable, or in a way that is not known here
   */
  Optional<List<Value>> importWrite(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    if (operands.isEmpty() || !(operands.getFirst() instanceof Value.Resource variable)) {
      return Optional.empty();
    }
    Optional<UpdateOp> step = UpdateOp.find(op);
    if (step.isPresent()) {
      new VariableUpdates(builder, variables, name, origin)
          .importStep(step.get(), attributes, operands);
      return Optional.of(step.get().onReferences() ? List.of(variable) : List.of());
    }
    Optional<Value> value = newValue(op, attributes, variable, operands, name, origin);
    value.ifPresent(v -> variables.assign(variable, v, builder, origin));
    boolean reference = !op.startsWith("Resource") && !op.endsWith("VariableOp");
    return value.map(v -> reference ? List.of(variable) : List.of());
  }

  private Optional<Value> newValue(
      String op,
      Attributes attributes,
      Value.Resource variable,
      List<Value> operands,
      String name,
      Origin origin) {
    if (op.equals("Assign") || op.equals("AssignVariableOp")) {
      return Optional.of(operands.get(1));
    }
    String update = UPDATES.get(op);
    if (update != null) {
      Value old = variables.read(variable, builder, origin);
      Attributes types = Attributes.of("T", old.type().dtype());
      return Optional.of(one(update, types, List.of(old, operands.get(1)), name, origin));
    }
    String scatter = SCATTERS.get(op);
    if (scatter != null) {
      return Optional.of(scatter(scatter, variable, operands, name, origin));
    }
    if (op.equals("ResourceStridedSliceAssign") || op.equals("StridedSliceAssign")) {
      Value old = variables.read(variable, builder, origin);
      List<Value> slice =
          List.of(old, operands.get(1), operands.get(2), operands.get(3), operands.get(4));
      return Optional.of(one("TensorStridedSliceUpdate", attributes, slice, name, origin));
    }
    return Optional.empty();
  }

  private Value scatter(
      String op, Value.Resource variable, List<Value> operands, String name, Origin origin) {
    Value old = variables.read(variable, builder, origin);
    Value indices = operands.get(1);
    Value last = builder.constant(name + "/axis", Tensor.scalar(-1));
    Attributes expand = Attributes.of("T", indices.type().dtype(), "Tdim", DType.INT32);
    Value rows = one("ExpandDims", expand, List.of(indices, last), name + "/indices", origin);
    Attributes types =
        Attributes.of("T", old.type().dtype(), "Tindices", indices.type().dtype())
            .with("bad_indices_policy", "");
    return one(op, types, List.of(old, rows, operands.get(2)), name, origin);
  }

  private Value one(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    return builder.addOne(OpKey.tf(op), attributes, operands, name, origin);
  }
}
