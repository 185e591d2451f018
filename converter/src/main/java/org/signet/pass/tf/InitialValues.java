package org.signet.pass.tf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.diag.Origin;
import org.signet.ir.GraphBuilder;
import org.signet.ir.RandomOps;
import org.signet.ir.Value;

/**
 * The variables as the model's initialization sees them: they start with what the checkpoint holds,
 * and what has been assigned is read again without a detour through the session. So the path of a
 * vocabulary file is known although TensorFlow keeps it in a variable.
 */
final class InitialValues implements VariableValues {
  private final StateVariables state;
  private final GraphBuilder top;
  private final Map<String, Value> current = new HashMap<>();
  private final Set<String> perhaps = new HashSet<>();

  /**
   * @param top builds the initialization's graph; other builders are for branches and bodies in it
   */
  InitialValues(StateVariables state, GraphBuilder top) {
    this.state = state;
    this.top = top;
  }

  @Override
  public Value read(Value.Resource variable, GraphBuilder builder, Origin origin) {
    String name = state.name(variable);
    Value known = current.get(name);
    if (known instanceof Value.Constant || (known != null && builder == top)) {
      return known;
    }
    if (known == null && !perhaps.contains(name) && state.isInCheckpoint(variable)) {
      return state.checkpointValue(variable, origin);
    }
    return state.readNode(variable, builder, origin);
  }

  @Override
  public void assign(Value.Resource variable, Value value, GraphBuilder builder, Origin origin) {
    if (state.isInCheckpoint(variable) && RandomOps.isDrawn(value)) {
      // TensorFlow draws other numbers each time; those that were saved are a draw like any.
      return;
    }
    String name = state.name(variable);
    if (builder == top) {
      current.put(name, value);
    } else {
      current.remove(name);
      perhaps.add(name);
    }
    state.assignNode(variable, value, builder, origin);
  }

  /** Whether the initialization assigns the variable of this name, perhaps in a branch only. */
  boolean mayAssign(String name) {
    return current.containsKey(name) || perhaps.contains(name);
  }

  /** Whether it does so in any case, so that what was there before does not matter. */
  boolean assigns(String name) {
    return current.containsKey(name);
  }

  /** The value after the initialization, if it is known at conversion. */
  Optional<Value> constant(String name) {
    return Optional.ofNullable(current.get(name)).filter(Value.Constant.class::isInstance);
  }
}
