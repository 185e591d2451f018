package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.source.VariableReader;

/**
 * The variables of a model: those that no signature assigns are constants, as far as their value is
 * known; the others live in the session, are read and assigned there, and get their first value
 * from the program's initialization.
 */
final class StateVariables implements VariableValues {
  private final FrozenVariables frozen;
  private final VariableReader reader;
  private final Predicate<String> assigned;
  private final Map<String, Value.Resource> handles = new LinkedHashMap<>();
  private final Map<String, Value.Resource> found = new LinkedHashMap<>();
  private final Map<Value.Resource, Origin> missing = new LinkedHashMap<>();
  private final InitialValues initial;

  /**
   * @param assigned the variables that some signature assigns, as far as known
   * @param top builds the graph of the program's initialization
   */
  StateVariables(VariableReader reader, Predicate<String> assigned, GraphBuilder top) {
    this.frozen = new FrozenVariables(reader);
    this.reader = reader;
    this.assigned = assigned;
    this.initial = new InitialValues(this, top);
  }

  /** The variables as the initialization sees them, which is to be imported before signatures. */
  InitialValues initial() {
    return initial;
  }

  /** The variables that have been assigned so far, by {@link VariableReader#describe}. */
  Set<String> found() {
    return found.keySet();
  }

  /**
   * The value of a variable. One without a first value is taken for assigned until {@link
   * #requireAssigned} is asked.
   */
  @Override
  public Value read(Value.Resource variable, GraphBuilder builder, Origin origin) {
    String name = name(variable);
    if (!assigned.test(name)) {
      if (initial.constant(name).isPresent()) {
        return initial.constant(name).get();
      }
      if (!initial.mayAssign(name)) {
        if (isInCheckpoint(variable)) {
          return checkpointValue(variable, origin);
        }
        missing.putIfAbsent(variable, origin);
      }
    }
    return readNode(variable, builder, origin);
  }

  @Override
  public void assign(Value.Resource variable, Value value, GraphBuilder builder, Origin origin) {
    found.putIfAbsent(name(variable), variable);
    assignNode(variable, value, builder, origin);
  }

  boolean isInCheckpoint(Value.Resource variable) {
    return reader.read(variable.name()).isPresent();
  }

  Value checkpointValue(Value.Resource variable, Origin origin) {
    return frozen.read(variable, origin);
  }

  /** Adds a node that reads the variable when the model runs. */
  Value readNode(Value.Resource variable, GraphBuilder builder, Origin origin) {
    return access(variable).read(builder, origin);
  }

  /** Adds a node that assigns the variable when the model runs. */
  void assignNode(Value.Resource variable, Value value, GraphBuilder builder, Origin origin) {
    access(variable).assign(value, builder, origin);
  }

  private VariableAccess access(Value.Resource variable) {
    handles.putIfAbsent(name(variable), variable);
    return new VariableAccess(name(variable), variable);
  }

  String name(Value.Resource variable) {
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

  /**
   * Nodes that give the variables of these names what the checkpoint holds, unless the
   * initialization does away with it.
   */
  List<Node> restored(Set<String> names, GraphBuilder builder) {
    for (Map.Entry<String, Value.Resource> entry : new ArrayList<>(handles.entrySet())) {
      Value.Resource variable = entry.getValue();
      if (names.contains(entry.getKey())
          && !initial.assigns(entry.getKey())
          && isInCheckpoint(variable)) {
        Origin origin = Origin.ofNode(variable.name());
        assignNode(variable, checkpointValue(variable, Origin.NONE), builder, origin);
      }
    }
    return builder.build(List.of()).nodes();
  }
}
