package org.signet.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.signet.op.Elements;
import org.signet.op.SessionState;
import org.signet.op.SessionValue;
import org.signet.tensor.Tensor;

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

  /** What brings back the state of now, to be run at most once. */
  Runnable checkpoint() {
    Map<String, Object> before = new HashMap<>(values);
    List<Runnable> parts = before.values().stream().map(NamedState::checkpoint).toList();
    return () -> {
      values.clear();
      values.putAll(before);
      parts.forEach(Runnable::run);
    };
  }

  private static Runnable checkpoint(Object value) {
    return switch (value) {
      case SessionValue state -> state.checkpoint();
      case Tensor tensor -> {
        Tensor before = tensor.copy();
        yield () -> Elements.copyAll(before, tensor);
      }
      case boolean[] flags -> {
        boolean[] before = flags.clone();
        yield () -> System.arraycopy(before, 0, flags, 0, flags.length);
      }
      default -> throw new IllegalStateException("state of " + value.getClass().getSimpleName());
    };
  }

  void clear() {
    values.clear();
  }
}
