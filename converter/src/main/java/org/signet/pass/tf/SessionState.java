package org.signet.pass.tf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.StateHandles;
import org.signet.ir.Value;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;

/** Which variables, tables and queues of the session graphs use. */
final class SessionState {
  private static final String VARIABLE = "variable ";
  private static final String TABLE = "table ";
  private static final String QUEUE = "queue ";

  private final OpDefinitions definitions;

  SessionState(OpDefinitions definitions) {
    this.definitions = definitions;
  }

  /** The name of a variable as used here. */
  static String variable(String name) {
    return VARIABLE + name;
  }

  /** The name of a table as used here. */
  static String table(String name) {
    return TABLE + name;
  }

  /** The names of variables among these. */
  static Set<String> variables(Set<String> used) {
    Set<String> names = new HashSet<>();
    used.stream()
        .filter(name -> name.startsWith(VARIABLE))
        .forEach(name -> names.add(name.substring(VARIABLE.length())));
    return names;
  }

  /** What the graph, or a graph inside it, has handles of. */
  Set<String> usedBy(Graph graph) {
    Set<String> used = new HashSet<>();
    addUsed(graph, used);
    return used;
  }

  private static void addUsed(Graph graph, Set<String> used) {
    graph.nodes().forEach(node -> addUsed(node, used));
  }

  private static void addUsed(Node node, Set<String> used) {
    made(node).ifPresent(used::add);
    node.operands().forEach(operand -> referred(operand).ifPresent(used::add));
    node.bodies().forEach(body -> addUsed(body, used));
  }

  /** What a handle refers to. */
  static Optional<String> referred(Value value) {
    return value instanceof Value.Result result ? made(result.producer()) : Optional.empty();
  }

  /** What a node makes a handle of. */
  static Optional<String> made(Node node) {
    Optional<String> variable = VariableAccess.made(node);
    if (variable.isPresent()) {
      return variable.map(SessionState::variable);
    }
    if (!node.op().isTf() || !StateHandles.isHandle(node.op().name())) {
      return Optional.empty();
    }
    String name = StateHandles.name(node.attributes());
    return Optional.of(StateHandles.isQueue(node.op().name()) ? QUEUE + name : table(name));
  }

  /** Whether the node changes what one of its handles refers to. */
  boolean writes(Node node) {
    return node.bodies().isEmpty()
        ? definitions
            .find(node.op())
            .map(OpDefinition::effects)
            .filter(effects -> effects == Effects.WRITES_STATE)
            .isPresent()
        : node.bodies().stream().flatMap(body -> body.nodes().stream()).anyMatch(this::writes);
  }

  /**
   * The nodes of the initialization that change something in {@code needed}, or are needed for
   * that; what they read besides is added to {@code needed}.
   */
  List<Node> demanded(List<Node> initialization, Set<String> needed) {
    Set<Value> values = new HashSet<>();
    List<Node> kept = new ArrayList<>();
    for (Node node : initialization.reversed()) {
      Set<String> used = new HashSet<>();
      addUsed(node, used);
      boolean changes = writes(node) && used.stream().anyMatch(needed::contains);
      if (changes || node.results().stream().anyMatch(values::contains)) {
        kept.add(node);
        needed.addAll(used);
        values.addAll(node.operands());
      }
    }
    Collections.reverse(kept);
    return kept;
  }
}
