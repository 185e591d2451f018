package org.signet.pass.tf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.ir.Value;
import org.tensorflow.proto.NodeDef;

/**
 * The nodes that see each other: the main graph, or the body of one call of a function.
 *
 * @param function the function's name; empty for the main graph
 * @param depth how many calls deep this is
 * @param nodes the nodes by name
 * @param bound values given from outside: {@code node:index} fed in the main graph, arguments by
 *     name in a function
 * @param results the results of nodes imported so far
 */
record Scope(
    String function,
    int depth,
    Map<String, NodeDef> nodes,
    Map<String, Value> bound,
    Map<String, List<Value>> results) {
  static Scope main(Map<String, NodeDef> nodes, Map<String, Value> fed) {
    return new Scope("", 0, nodes, fed, new HashMap<>());
  }

  Scope call(String name, Map<String, NodeDef> body, Map<String, Value> arguments) {
    return new Scope(name, depth + 1, body, arguments, new HashMap<>());
  }

  boolean isMain() {
    return function.isEmpty();
  }

  /** The value given from outside for a tensor, if there is one. */
  Optional<Value> given(String node, int index) {
    return Optional.ofNullable(bound.get(isMain() ? node + ":" + index : node));
  }
}
