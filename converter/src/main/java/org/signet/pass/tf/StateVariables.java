package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.source.VariableReader;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The variables of a model: those that no signature assigns are constants; those that one does live
 * in the session, are read and assigned by builtins, and get their first value from the program's
 * initialization.
 */
final class StateVariables {
  private static final OpKey VAR_HANDLE = OpKey.builtin("VAR_HANDLE");
  private static final OpKey READ = OpKey.builtin("READ_VARIABLE");
  private static final OpKey ASSIGN = OpKey.builtin("ASSIGN_VARIABLE");

  private final FrozenVariables frozen;
  private final VariableReader reader;
  private final Set<String> assigned;
  private final Map<String, Value.Resource> found = new LinkedHashMap<>();
  private final Map<Value.Resource, Origin> missing = new LinkedHashMap<>();

  /**
   * @param assigned the variables that some signature assigns, as far as known
   */
  StateVariables(VariableReader reader, Set<String> assigned) {
    this.frozen = new FrozenVariables(reader);
    this.reader = reader;
    this.assigned = assigned;
  }

  /** The variables that have been assigned so far, by {@link VariableReader#describe}. */
  Set<String> found() {
    return found.keySet();
  }

  /**
   * The value of a variable. One without a first value is taken for assigned until {@link
   * #requireAssigned} is asked.
   */
  Value read(Value.Resource variable, GraphBuilder builder, Origin origin) {
    if (!assigned.contains(name(variable))) {
      if (reader.read(variable.name()).isPresent()) {
        return frozen.read(variable, origin);
      }
      missing.putIfAbsent(variable, origin);
    }
    Value handle = handle(variable, builder, origin);
    List<TensorType> types = List.of(variable.content());
    return builder
        .add(READ, Attributes.NONE, List.of(handle), types, variable.name() + "/read", origin)
        .getFirst();
  }

  void assign(Value.Resource variable, Value value, GraphBuilder builder, Origin origin) {
    found.putIfAbsent(name(variable), variable);
    Value handle = handle(variable, builder, origin);
    builder.add(ASSIGN, Attributes.NONE, List.of(handle, value), List.of(), origin.node(), origin);
  }

  private Value handle(Value.Resource variable, GraphBuilder builder, Origin origin) {
    Attributes options = Attributes.of("container", "", "shared_name", name(variable));
    List<TensorType> types = List.of(TensorType.of(DType.RESOURCE));
    return builder.add(VAR_HANDLE, options, List.of(), types, variable.name(), origin).getFirst();
  }

  private String name(Value.Resource variable) {
    return reader.describe(variable.name());
  }

  /**
   * @throws org.signet.diag.SignetException if a variable has been read that has no value and that
   *     no signature assigns
   */
  void requireAssigned() {
    missing.forEach((variable, origin) -> {
      if (!found.containsKey(name(variable))) {
        frozen.read(variable, origin);
      }
    });
  }

  /** Assigns every variable that has one its first value; empty if no variable is assigned. */
  Optional<Graph> initialization(GraphBuilder builder) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    for (Value.Resource variable : new ArrayList<>(found.values())) {
      if (reader.read(variable.name()).isPresent()) {
        assign(
            variable, frozen.read(variable, Origin.NONE), builder, Origin.ofNode(variable.name()));
      }
    }
    return Optional.of(builder.build(List.of()));
  }
}
