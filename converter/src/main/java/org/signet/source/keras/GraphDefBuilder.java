package org.signet.source.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.op.flex.NodeDefs;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;
import org.tensorflow.proto.NodeDef;

/**
 * Makes TensorFlow nodes. Type attributes follow from the operands, shapes are inferred by the ops'
 * own definitions. For one thread.
 */
final class GraphDefBuilder {
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final OpDefinitions definitions = OpDefinitions.standard();
  private final TfOpCatalog catalog = TfOpCatalog.standard();
  private String scope = "";

  Map<String, NodeDef> nodes() {
    return nodes;
  }

  /** The prefix of the names of nodes to come; gives the one before. */
  String enter(String newScope) {
    String before = scope;
    scope = newScope;
    return before;
  }

  String scope() {
    return scope;
  }

  KerasTensor placeholder(String name, TensorType type) {
    Attributes attributes = Attributes.of("dtype", type.dtype(), "shape", type.shape());
    return KerasTensor.of(put("Placeholder", name, attributes, List.of()), type);
  }

  KerasTensor constant(Tensor value) {
    Attributes attributes = Attributes.of("dtype", value.dtype(), "value", value);
    String name = put("Const", scoped("Const"), attributes, List.of());
    constants.put(name, value);
    return KerasTensor.of(name, value.type());
  }

  /**
   * A new variable.
   *
   * @param handle the name of the node that stands for it
   * @param value what it holds
   */
  record Variable(String handle, KerasTensor value) {}

  /** A new variable, its nodes named {@code name} in the scope. */
  Variable variable(String name, TensorType type) {
    Attributes attributes =
        Attributes.of("dtype", type.dtype(), "shape", type.shape())
            .with("shared_name", scoped(name))
            .with("container", "");
    String handle = put("VarHandleOp", scoped(name), attributes, List.of());
    String read =
        put(
            "ReadVariableOp",
            handle + "/Read",
            Attributes.of("dtype", type.dtype()),
            List.of(handle));
    return new Variable(handle, KerasTensor.of(read, type));
  }

  /**
   * Adds a node.
   *
   * @param attributes those that do not follow from the operands; others get their defaults
   * @return its results
   * @throws IllegalArgumentException if the operands contradict the op
   */
  List<KerasTensor> add(String op, Attributes attributes, List<KerasTensor> operands) {
    TfOpDef definition = catalog.get(op);
    Attributes complete =
        TfNodes.withDefaults(definition, withTypes(definition, attributes, operands));
    List<TensorType> types = TfNodes.resultTypes(definition, complete);
    Optional<List<TensorType>> inferred =
        definitions
            .find(OpKey.tf(op))
            .map(known -> known.shapeRule().infer(new View(complete, operands, types.size())));
    String name = put(op, scoped(op), complete, operands.stream().map(KerasTensor::name).toList());
    List<KerasTensor> results = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      TensorType type = types.get(i);
      if (inferred.isPresent()) {
        type = type.withShape(inferred.get().get(i).shape());
      }
      results.add(KerasTensor.of(i == 0 ? name : name + ":" + i, type));
    }
    return results;
  }

  private static Attributes withTypes(
      TfOpDef definition, Attributes given, List<KerasTensor> operands) {
    Attributes attributes = given;
    int next = 0;
    for (TfOpDef.ArgDef input : definition.inputs()) {
      int count = 1;
      if (input.numberAttr().isPresent()) {
        count = operands.size() - definition.inputs().size() + 1;
        attributes = attributes.with(input.numberAttr().get(), count);
      }
      if (input.typeAttr().isPresent() && !attributes.has(input.typeAttr().get())) {
        attributes = attributes.with(input.typeAttr().get(), operands.get(next).dtype());
      }
      next += count;
    }
    return attributes;
  }

  private String scoped(String op) {
    return scope.isEmpty() ? op : scope + "/" + op;
  }

  private String put(String op, String wanted, Attributes attributes, List<String> operands) {
    String name = unique(wanted);
    nodes.put(
        name,
        NodeDefs.nodeDef(op, attributes, 0).toBuilder()
            .setName(name)
            .addAllInput(operands)
            .build());
    return name;
  }

  /** {@code wanted} as a name that no other node has, of characters that a node's name may have. */
  private String unique(String wanted) {
    String legal = wanted.replaceAll("[^A-Za-z0-9_.\\\\/>-]", "_");
    if (legal.isEmpty() || !Character.isLetterOrDigit(legal.charAt(0))) {
      legal = "k" + legal;
    }
    String name = legal;
    for (int i = 1; !names.add(name); i++) {
      name = legal + "_" + i;
    }
    return name;
  }

  /** The value of {@code tensor}, if it is a constant. */
  Optional<Tensor> constantValue(KerasTensor tensor) {
    return Optional.ofNullable(constants.get(tensor.name()));
  }

  /** What a shape rule sees of a node. */
  private final class View implements OpTypes {
    private final Attributes attributes;
    private final List<KerasTensor> operands;
    private final int results;

    View(Attributes attributes, List<KerasTensor> operands, int results) {
      this.attributes = attributes;
      this.operands = operands;
      this.results = results;
    }

    @Override
    public Attributes attributes() {
      return attributes;
    }

    @Override
    public int operandCount() {
      return operands.size();
    }

    @Override
    public boolean has(int i) {
      return i < operands.size();
    }

    @Override
    public TensorType operand(int i) {
      return operands.get(i).type();
    }

    @Override
    public Optional<Tensor> constant(int i) {
      return has(i) ? constantValue(operands.get(i)) : Optional.empty();
    }

    @Override
    public Optional<Tensor> partial(int i) {
      return constant(i);
    }

    @Override
    public int resultCount() {
      return results;
    }
  }
}
