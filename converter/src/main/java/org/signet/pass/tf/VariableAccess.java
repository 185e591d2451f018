package org.signet.pass.tf;

import java.util.List;
import java.util.Optional;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The nodes by which graphs reach a variable of the session: builtins, and TensorFlow's own ops for
 * a variable of strings. TFLite's builtins copy the memory of a value, in which strings have no
 * place.
 *
 * @param name what all graphs call the variable
 * @param variable the variable as the importer knows it
 */
record VariableAccess(String name, Value.Resource variable) {
  private static final OpKey HANDLE = OpKey.builtin("VAR_HANDLE");
  private static final OpKey READ = OpKey.builtin("READ_VARIABLE");
  private static final OpKey ASSIGN = OpKey.builtin("ASSIGN_VARIABLE");
  private static final OpKey TF_HANDLE = OpKey.tf(StateHandles.VARIABLE);
  private static final OpKey TF_READ = OpKey.tf("ReadVariableOp");
  private static final OpKey TF_ASSIGN = OpKey.tf("AssignVariableOp");

  /** Adds a node that gives the variable's value. */
  Value read(GraphBuilder builder, Origin origin) {
    List<Value> operands = List.of(handle(builder, origin));
    List<TensorType> types = List.of(variable.content());
    String node = variable.name() + "/read";
    return builder.add(isTf() ? TF_READ : READ, dtype(), operands, types, node, origin).getFirst();
  }

  /** Adds a node that gives the variable a value. */
  void assign(Value value, GraphBuilder builder, Origin origin) {
    List<Value> operands = List.of(handle(builder, origin), value);
    builder.add(isTf() ? TF_ASSIGN : ASSIGN, dtype(), operands, List.of(), origin.node(), origin);
  }

  private Value handle(GraphBuilder builder, Origin origin) {
    Attributes named = dtype().with("container", "").with("shared_name", name);
    Attributes attributes = isTf() ? named.with("shape", variable.content().shape()) : named;
    List<TensorType> types = List.of(TensorType.of(DType.RESOURCE));
    return builder
        .add(isTf() ? TF_HANDLE : HANDLE, attributes, List.of(), types, variable.name(), origin)
        .getFirst();
  }

  private boolean isTf() {
    return variable.content().dtype() == DType.STRING;
  }

  private Attributes dtype() {
    return isTf() ? Attributes.of("dtype", variable.content().dtype()) : Attributes.NONE;
  }

  /** The variable that a node makes a handle of. */
  static Optional<String> made(Node node) {
    return node.op().equals(HANDLE) || node.op().equals(TF_HANDLE)
        ? Optional.of(node.attributes().getString("shared_name"))
        : Optional.empty();
  }

  /** Whether the node gives the value of a variable. */
  static boolean isRead(Node node) {
    return node.op().equals(READ) || node.op().equals(TF_READ);
  }

  /** Whether the node gives a variable a value, its second operand. */
  static boolean isAssignment(Node node) {
    return node.op().equals(ASSIGN) || node.op().equals(TF_ASSIGN);
  }
}
