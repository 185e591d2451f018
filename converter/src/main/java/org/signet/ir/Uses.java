package org.signet.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Who uses a value: the nodes of one graph by operand, and its outputs. */
public final class Uses {
  private final IdentityHashMap<Value, Node> first;

  /** All users of the values that have several. */
  private final IdentityHashMap<Value, List<Node>> several = new IdentityHashMap<>();

  private final Set<Value> outputs;

  public Uses(Graph graph) {
    first = new IdentityHashMap<>(graph.nodes().size());
    for (Node node : graph.nodes()) {
      for (Value operand : node.operands()) {
        Node earlier = first.putIfAbsent(operand, node);
        if (earlier != null) {
          several.computeIfAbsent(operand, v -> new ArrayList<>(List.of(earlier))).add(node);
        }
      }
    }
    outputs = new HashSet<>(graph.outputs());
  }

  /** The nodes that use {@code value}; one that uses it twice is listed twice. */
  public List<Node> of(Value value) {
    List<Node> users = several.get(value);
    if (users != null) {
      return users;
    }
    Node only = first.get(value);
    return only == null ? List.of() : List.of(only);
  }

  public boolean isOutput(Value value) {
    return outputs.contains(value);
  }

  /** Whether exactly one operand of one node uses {@code value}, and no output does. */
  public boolean isSingle(Value value) {
    return first.containsKey(value) && !several.containsKey(value) && !isOutput(value);
  }
}
