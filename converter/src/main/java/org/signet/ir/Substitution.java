package org.signet.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** What stands for the values of a graph in another that is made of it. Not thread-safe. */
public final class Substitution {
  private final IdentityHashMap<Value, Value> substitutes = new IdentityHashMap<>();

  /** Makes {@code results} stand for the results of {@code node}. */
  public void put(Node node, List<Value> results) {
    for (int i = 0; i < node.results().size(); i++) {
      if (node.results().get(i) != results.get(i)) {
        put(node.results().get(i), results.get(i));
      }
    }
  }

  /** Makes {@code substitute} stand for {@code value}. */
  public void put(Value value, Value substitute) {
    substitutes.put(value, substitute);
  }

  /** Whether every value stands for itself. */
  public boolean isEmpty() {
    return substitutes.isEmpty();
  }

  /** What stands for these values; the same list if each stands for itself. */
  public List<Value> of(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      if (substitutes.containsKey(values.get(i))) {
        List<Value> substituted = new ArrayList<>(values);
        substituted.replaceAll(value -> substitutes.getOrDefault(value, value));
        return substituted;
      }
    }
    return values;
  }
}
