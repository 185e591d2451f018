package org.signet.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.signet.op.Elements;
import org.signet.op.SessionState;
import org.signet.op.SessionValue;
import org.signet.tensor.Tensor;

/**
 * The state of an interpreter. For one thread at a time; signatures without state do not touch it.
 */
final class NamedState implements SessionState {
  private static final String ONLY = "value";

  private final Map<String, Object> values = new HashMap<>();

  /** Restored contents of what no op has asked for yet, by its name. */
  private final Map<String, Map<String, Tensor>> waiting = new HashMap<>();

  /**
   * @throws IllegalStateException if the state of this name is of another type
   * @throws IllegalArgumentException if what was restored does not fit it
   */
  @Override
  public <T> T get(String name, Class<T> type, Supplier<T> initial) {
    Object value = values.get(name);
    if (value == null) {
      value = initial.get();
      Map<String, Tensor> restored = waiting.get(name);
      if (restored != null) {
        restore(value, restored);
        waiting.remove(name);
      }
      values.put(name, value);
    }
    if (!type.isInstance(value)) {
      throw new IllegalStateException("the state '" + name + "' is no " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** What brings back the state of now, to be run at most once. */
  Runnable checkpoint() {
    Map<String, Object> before = new HashMap<>(values);
    Map<String, Map<String, Tensor>> waitingBefore = new HashMap<>(waiting);
    List<Runnable> parts = before.values().stream().map(NamedState::checkpoint).toList();
    return () -> {
      values.clear();
      values.putAll(before);
      waiting.clear();
      waiting.putAll(waitingBefore);
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

  /** All there is, as copies: the contents of each state by its name, sorted. */
  SequencedMap<String, Map<String, Tensor>> contents() {
    SequencedMap<String, Map<String, Tensor>> contents = new TreeMap<>(waiting);
    values.forEach((name, value) -> contents.put(name, contents(value)));
    return contents;
  }

  private static Map<String, Tensor> contents(Object value) {
    return switch (value) {
      case SessionValue state -> state.contents();
      case Tensor tensor -> Map.of(ONLY, tensor.copy());
      case boolean[] flags -> Map.of(ONLY, Tensor.of(flags.clone()));
      default -> throw new IllegalStateException("state of " + value.getClass().getSimpleName());
    };
  }

  /**
   * Replaces all there is. What no op has asked for yet is checked when one does.
   *
   * @throws IllegalArgumentException if this does not fit what is there; all stays as it was
   */
  void restore(Map<String, Map<String, Tensor>> contents) {
    Runnable undo = checkpoint();
    try {
      values.keySet().retainAll(contents.keySet());
      waiting.clear();
      contents.forEach((name, parts) -> {
        Object value = values.get(name);
        if (value == null) {
          waiting.put(name, parts);
        } else {
          restore(value, parts);
        }
      });
    } catch (IllegalArgumentException e) {
      undo.run();
      throw e;
    }
  }

  private static void restore(Object value, Map<String, Tensor> parts) {
    switch (value) {
      case SessionValue state -> state.restore(parts);
      case Tensor tensor -> Elements.copyAll(saved(parts, tensor), tensor);
      case boolean[] flags -> {
        Tensor saved = saved(parts, Tensor.of(flags));
        for (int i = 0; i < flags.length; i++) {
          flags[i] = saved.getBoolean(i);
        }
      }
      default -> throw new IllegalStateException("state of " + value.getClass().getSimpleName());
    }
  }

  private static Tensor saved(Map<String, Tensor> parts, Tensor wanted) {
    Tensor saved = parts.get(ONLY);
    if (saved == null || !saved.type().equals(wanted.type())) {
      throw new IllegalArgumentException(
          (saved == null ? "nothing" : saved.type()) + " was saved, not " + wanted.type());
    }
    return saved;
  }

  void clear() {
    values.clear();
    waiting.clear();
  }
}
