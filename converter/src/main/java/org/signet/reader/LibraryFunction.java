package org.signet.reader;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A function of a graph's library.
 *
 * @param name its name
 * @param arguments how many it takes, captures included
 * @param results how many it gives
 * @param ops how often each op is in its body, by name
 */
public record LibraryFunction(String name, int arguments, int results, Map<String, Integer> ops) {
  public LibraryFunction {
    ops = Collections.unmodifiableMap(new TreeMap<>(ops));
  }

  /** How many nodes its body has. */
  public int nodes() {
    return ops.values().stream().mapToInt(Integer::intValue).sum();
  }
}
