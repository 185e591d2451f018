package org.signet.pass.tf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.ir.Value;
import org.signet.source.SourceNode;
import org.signet.source.TensorName;

/**
 * The nodes that see each other: the main graph, or the body of one call of a function.
 *
 * @param signature the key of the signature that is imported; empty for the initialization
 * @param function the function's name; empty for the main graph
 * @param depth how many calls deep this is
 * @param nodes the nodes by name
 * @param bound values given from outside: fed in the main graph as {@link #fed} says, arguments by
 *     name in a function
 * @param results the results of nodes imported so far
 */
record Scope(
    String signature,
    String function,
    int depth,
    Map<String, SourceNode> nodes,
    Map<String, Value> bound,
    Map<String, List<Value>> results) {
  static Scope main(String signature, Map<String, SourceNode> nodes, Map<String, Value> fed) {
    return new Scope(signature, "", 0, nodes, fed, new HashMap<>());
  }

  /** The scope of a node that calls functions, of which no more than the place is known. */
  static Scope caller(Origin node, int depth) {
    return new Scope(node.signature(), node.function(), depth, Map.of(), Map.of(), Map.of());
  }

  Scope call(String name, Map<String, SourceNode> body, Map<String, Value> arguments) {
    return new Scope(signature, name, depth + 1, body, arguments, new HashMap<>());
  }

  boolean isMain() {
    return function.isEmpty();
  }

  /** What a value that is fed in the main graph is bound to: mostly the name of a node. */
  static String fed(String node, int index) {
    return index == 0 ? node : node + ":" + index;
  }

  /** The value given from outside for a tensor, if there is one. */
  Optional<Value> given(String node, int index) {
    return Optional.ofNullable(bound.get(isMain() ? fed(node, index) : node));
  }

  /**
   * A node by name.
   *
   * @throws SignetException if there is none
   */
  SourceNode node(String name) {
    SourceNode node = nodes.get(name);
    if (node == null) {
      throw malformed("there is no node '" + name + "'", name);
    }
    return node;
  }

  /**
   * The tensor that one of a node's inputs names.
   *
   * @throws SignetException if it names none
   */
  TensorName tensor(String input) {
    try {
      return TensorName.parse(input);
    } catch (NumberFormatException e) {
      SignetException malformed = malformed("'" + input + "' is no tensor name", input);
      malformed.initCause(e);
      throw malformed;
    }
  }

  Origin origin(String node) {
    return new Origin(signature, function, node);
  }

  /** The model contradicts itself at {@code node}. */
  SignetException malformed(String what, String node) {
    return new SignetException(Diagnostic.error(Code.MALFORMED_GRAPH, what).at(origin(node)));
  }
}
