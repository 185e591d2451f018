package org.signet.source.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.op.Attributes;
import org.signet.op.ListedOperands;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.op.OpTypes;
import org.signet.op.flex.TfNodes;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.schema.catalog.TfOpDef;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * Makes TensorFlow nodes. Type attributes follow from the operands, shapes are inferred by the ops'
 * own definitions. Nodes that are made within {@link #inFunction} become a function; what these
 * take from outside becomes arguments. For one thread.
 */
final class GraphDefBuilder {
  private final Map<String, SourceNode> nodes = new LinkedHashMap<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final OpDefinitions definitions = OpDefinitions.standard();
  private final TfOpCatalog catalog = TfOpCatalog.standard();
  private final Map<String, SourceFunction> functions = new LinkedHashMap<>();
  private String scope = "";
  private Optional<FunctionFrame> function = Optional.empty();

  /** The nodes of the main graph. */
  Map<String, SourceNode> nodes() {
    return nodes;
  }

  /** The functions that were made, by name. */
  Map<String, SourceFunction> functions() {
    return functions;
  }

  /** Runs {@code maker}; the nodes that it makes go to {@code frame}. */
  List<KerasTensor> inFunction(FunctionFrame frame, Supplier<List<KerasTensor>> maker) {
    Optional<FunctionFrame> before = function;
    function = Optional.of(frame);
    try {
      return maker.get();
    } finally {
      function = before;
    }
  }

  /** Adds a function under a name that nothing else has. */
  String define(String wanted, FunctionFrame frame, List<KerasTensor> results) {
    String name = newName(wanted);
    functions.put(name, frame.define(name, results));
    return name;
  }

  /** A name, in the scope, that nothing else has. */
  String newName(String wanted) {
    return unique(scoped(wanted));
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
    Optional<FunctionFrame> before = function;
    // Others read it, too.
    function = Optional.empty();
    try {
      String handle = put("VarHandleOp", scoped(name), attributes, List.of());
      KerasTensor resource = KerasTensor.of(handle, TensorType.of(DType.RESOURCE));
      Attributes read = Attributes.of("dtype", type.dtype());
      return new Variable(
          handle,
          KerasTensor.of(put("ReadVariableOp", handle + "/Read", read, List.of(resource)), type));
    } finally {
      function = before;
    }
  }

  /** Adds a node that assigns a variable when the model runs; gives its name. */
  String assign(Variable variable, KerasTensor value) {
    Attributes attributes = Attributes.of("dtype", value.dtype(), "validate_shape", false);
    KerasTensor resource = KerasTensor.of(variable.handle(), TensorType.of(DType.RESOURCE));
    String name = variable.handle() + "/Assign";
    return put("AssignVariableOp", name, attributes, List.of(resource, value));
  }

  /** {@code x}, once nodes of the main graph that have an effect have run. */
  KerasTensor after(List<String> effects, KerasTensor x) {
    Attributes attributes = Attributes.of("T", x.dtype());
    String name = put("Identity", scoped("Identity"), attributes, List.of(x));
    SourceNode node = Objects.requireNonNull(nodes.get(name));
    List<String> inputs = new ArrayList<>(node.inputs());
    effects.forEach(effect -> inputs.add("^" + effect));
    nodes.put(name, new SourceNode(name, node.op(), inputs, node.attributes()));
    return KerasTensor.of(name, x.type());
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
            .map(known -> known.shapeRule().infer(types(complete, operands, types.size())));
    String name = put(op, scoped(op), complete, operands);
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
      if (input.typeListAttr().isPresent()) {
        count = given.getList(input.typeListAttr().get(), DType.class).size();
      }
      if (input.numberAttr().isPresent() && given.has(input.numberAttr().get())) {
        count = given.getInt(input.numberAttr().get());
      } else if (input.numberAttr().isPresent()) {
        count = operands.size() - definition.inputs().size() + 1;
        attributes = attributes.with(input.numberAttr().get(), count);
      }
      if (input.typeAttr().isPresent()) {
        String name = input.typeAttr().get();
        if (!attributes.has(name)) {
          attributes = attributes.with(name, operands.get(next).dtype());
        }
        for (KerasTensor operand : operands.subList(next, next + count)) {
          if (operand.dtype() != attributes.getType(name)) {
            throw new IllegalArgumentException(
                definition.name() + " of " + attributes.getType(name) + " and " + operand.dtype());
          }
        }
      }
      next += count;
    }
    return attributes;
  }

  private String scoped(String op) {
    return scope.isEmpty() ? op : scope + "/" + op;
  }

  private String put(String op, String wanted, Attributes attributes, List<KerasTensor> operands) {
    String name = unique(wanted);
    List<String> inputs =
        operands.stream()
            .map(operand -> function.map(frame -> frame.local(operand)).orElse(operand.name()))
            .toList();
    SourceNode node = new SourceNode(name, op, inputs, attributes);
    if (function.isPresent()) {
      function.get().add(node);
    } else {
      nodes.put(name, node);
    }
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

  private OpTypes types(Attributes attributes, List<KerasTensor> operands, int results) {
    return new ListedOperands<>(
        attributes,
        operands,
        results,
        operand -> Optional.of(operand.type()),
        this::constantValue,
        this::constantValue);
  }
}
