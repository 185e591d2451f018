package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.flex.state.UpdateOp;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Imports the nodes that make, read and change variables: TF2's, by their handles, and TF1's
 * reference variables, which any op may take for a tensor.
 */
final class VariableNodes {
  private static final Set<String> REFERENCES =
      Set.of("VariableV2", "Variable", "TemporaryVariable");

  private final GraphBuilder builder;
  private final VariableValues variables;
  private final Set<Value> references;

  VariableNodes(GraphBuilder builder, VariableValues variables) {
    this(builder, variables, new HashSet<>());
  }

  private VariableNodes(GraphBuilder builder, VariableValues variables, Set<Value> references) {
    this.builder = builder;
    this.variables = variables;
    this.references = references;
  }

  /** The same variables in another graph of the same signature. */
  VariableNodes nested(GraphBuilder inner) {
    return new VariableNodes(inner, variables, references);
  }

  /** Whether {@code op} makes a variable. */
  static boolean makes(String op) {
    return op.equals("VarHandleOp") || REFERENCES.contains(op);
  }

  /** The variable that a node makes. */
  Value make(String op, Attributes attributes, String name) {
    Shape shape = attributes.find("shape").map(Shape.class::cast).orElse(Shape.unknownRank());
    TensorType content = TensorType.of(attributes.getType("dtype"), shape);
    Value.Resource variable = new Value.Resource(name, TensorType.of(DType.RESOURCE), content);
    if (REFERENCES.contains(op)) {
      references.add(variable);
    }
    return variable;
  }

  /** The results of an op that reads or changes a variable; empty if it does neither. */
  Optional<List<Value>> apply(
      String op, Attributes attributes, List<Value> operands, String name, Origin origin) {
    return ResourceReads.importRead(op, attributes, operands, this::read, builder, name, origin)
        .or(() -> {
          // The first operands of an optimizer's step are variables, all of which it changes.
          int changed = UpdateOp.find(op).map(step -> step.variables().size()).orElse(1);
          List<Value> read = new ArrayList<>(operands.subList(0, changed));
          read.addAll(dereference(operands.subList(changed, operands.size()), origin));
          return new StateWrites(builder, variables)
              .importWrite(op, attributes, read, name, origin);
        });
  }

  boolean isReference(Value value) {
    return references.contains(value);
  }

  /** The value of a TF1 reference variable; any other value as it is. */
  Value dereference(Value value, Origin origin) {
    return isReference(value) ? read(value, origin) : value;
  }

  List<Value> dereference(List<Value> values, Origin origin) {
    return values.stream().map(value -> dereference(value, origin)).toList();
  }

  /** The same, but a variable that stands where {@code before} has one stays. */
  List<Value> dereferenceChanged(List<Value> values, List<Value> before) {
    List<Value> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean kept = i < before.size() && before.get(i) instanceof Value.Resource;
      read.add(kept ? values.get(i) : dereference(values.get(i), Origin.NONE));
    }
    return read;
  }

  private Value read(Value handle, Origin origin) {
    return handle instanceof Value.Resource resource
        ? variables.read(resource, builder, origin)
        : handle;
  }
}
