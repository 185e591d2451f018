package org.signet.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.signet.op.SessionState;

/**
 * The state of an interpreter. For one thread at a time; signatures without state do not touch it.
 */
final class NamedState implements SessionState {
  private final Map<String, Object> values = new HashMap<>();

  /**
   * @throws IllegalStateException if the state of this name is of another type
   */
  @Override
  public <T> T get(String name, Class<T> type, Supplier<T> initial) {
    Object value = values.computeIfAbsent(name, _ -> initial.get());
    if (!type.isInstance(value)) {
      throw new IllegalStateException("the state '" + name + "' is no " + type.getSimpleName());
    }
    return type.cast(value);
  }

  void clear() {
    values.clear();
  }
}
