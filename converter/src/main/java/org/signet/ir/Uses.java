package org.signet.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Who uses a value: the nodes of one graph by operand, and its outputs. */
public final class Uses {
  private final IdentityHashMap<Value, List<Node>> users = new IdentityHashMap<>();
  private final Set<Value> outputs;

  public Uses(Graph graph) {
    for (Node node : graph.nodes()) {
      for (Value operand : node.operands()) {
        users.computeIfAbsent(operand, v -> new ArrayList<>()).add(node);
      }
    }
    outputs = new HashSet<>(graph.outputs());
  }

  /** The nodes that use {@code value}; one that uses it twice is listed twice. */
  public List<Node> of(Value value) {
    return users.getOrDefault(value, List.of());
  }

  public boolean isOutput(Value value) {
    return outputs.contains(value);
  }

  /** Whether exactly one operand of one node uses {@code value}, and no output does. */
  public boolean isSingle(Value value) {
    return of(value).size() == 1 && !isOutput(value);
  }
}
