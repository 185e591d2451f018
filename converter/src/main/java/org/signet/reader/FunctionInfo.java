package org.signet.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function of the object graph.
 *
 * @param path the shortest path of attribute names that leads to it, joined by dots
 * @param parameters of the Python function, without {@code self}; none if it was saved as a single
 *     concrete function
 * @param traces its concrete functions; the position is the index that names one
 */
public record FunctionInfo(String path, List<Parameter> parameters, List<Trace> traces) {
  public FunctionInfo {
    parameters = List.copyOf(parameters);
    traces = List.copyOf(traces);
  }

  /**
   * A parameter of the Python function.
   *
   * @param name as Python writes it: with one or two stars if it takes all that is left
   * @param keywordOnly whether it can be given by name only
   * @param fallback its default value
   */
  public record Parameter(String name, boolean keywordOnly, Optional<ArgumentValue> fallback) {
    /** {@code training=False}. */
    @Override
    public String toString() {
      return name + fallback.map(value -> "=" + value).orElse("");
    }
  }

  /**
   * A concrete function.
   *
   * @param name in the function library
   * @param positional the positional arguments by parameter name, in order
   * @param keywords the keyword arguments, by name
   * @param result what it returns
   * @param captures what it has captured, by number of node; see {@link MetaGraph#objects}
   */
  public record Trace(
      String name,
      Map<String, ArgumentValue> positional,
      Map<String, ArgumentValue> keywords,
      ArgumentValue result,
      List<Integer> captures) {
    public Trace {
      positional = Collections.unmodifiableMap(new LinkedHashMap<>(positional));
      keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
      captures = List.copyOf(captures);
    }
  }
}
