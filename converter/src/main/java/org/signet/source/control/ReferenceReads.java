package org.signet.source.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signet.schema.catalog.TfOpCatalog;
import org.signet.source.SourceModel;
import org.signet.source.SourceNode;
import org.signet.source.SourceSignature;
import org.signet.source.TensorName;

/**
 * Puts the reads of TensorFlow 1's reference variables where their values are used. A node {@code
 * Identity(v)} copies nothing: what it gives is the variable's memory, which assignments write to,
 * so that an operator sees all those that it is ordered behind.
 *
 * <pre>
 *   r = Identity(v); a = AssignAdd(v, 1); y = Mul(r, 2, ^a)
 *   →  a = AssignAdd(v, 1); y = Mul(v, 2, ^a)
 * </pre>
 *
 * The same goes for what enters a loop as an invariant, and for what a conditional hands to its
 * branches. Variables that no signature assigns stay as they are, for the order is all the same.
 */
final class ReferenceReads {
  private static final Set<String> VARIABLES = Set.of("VariableV2", "Variable");
  private static final Set<String> COPIES =
      Set.of("Identity", "StopGradient", "PreventGradient", "Snapshot", "RefIdentity");

  private final Map<String, SourceNode> nodes;
  private final Map<String, SourceNode> rewritten = new HashMap<>();

  /**
   * The variable, or what hands it into a loop or a branch, by the tensors that share its memory.
   */
  private final Map<String, Memory> memories = new HashMap<>();

  /**
   * @param tensor what an operator is to read
   * @param controls what its reads wait for
   */
  private record Memory(String tensor, Set<String> controls) {}

  private ReferenceReads(Map<String, SourceNode> nodes) {
    this.nodes = nodes;
  }

  /** The model with the reads of what {@code signatures} need in their places. */
  static SourceModel rewrite(SourceModel source, List<SourceSignature> signatures) {
    if (source.nodes().values().stream().noneMatch(node -> VARIABLES.contains(node.op()))) {
      return source;
    }
    Map<String, SourceNode> wanted = new LinkedHashMap<>();
    new MainGraph(source, signatures).nodes().forEach(node -> wanted.put(node.name(), node));
    ReferenceReads reads = new ReferenceReads(wanted);
    Set<String> assigned = reads.assigned();
    if (assigned.isEmpty()) {
      return source;
    }
    assigned.forEach(variable -> reads.memories.put(variable, new Memory(variable, Set.of())));
    reads.followAll();
    wanted.values().forEach(reads::rewrite);
    Map<String, SourceNode> all = new LinkedHashMap<>(source.nodes());
    all.putAll(reads.rewritten);
    return source.withNodes(all);
  }

  /** The variables that some node changes. */
  private Set<String> assigned() {
    Set<String> assigned = new HashSet<>();
    for (SourceNode node : nodes.values()) {
      List<TensorName> inputs = data(node);
      if (!inputs.isEmpty() && changes(node.op())) {
        variable(inputs.getFirst()).ifPresent(assigned::add);
      }
    }
    return assigned;
  }

  private static boolean changes(String op) {
    return TfOpCatalog.standard().find(op).filter(FlowNode::changesReference).isPresent();
  }

  /** The variable that a tensor refers to, perhaps through assignments before. */
  private Optional<String> variable(TensorName tensor) {
    TensorName found = tensor;
    Set<String> seen = new HashSet<>();
    while (seen.add(found.node()) && nodes.containsKey(found.node())) {
      SourceNode node = nodes.get(found.node());
      if (VARIABLES.contains(node.op())) {
        return Optional.of(node.name());
      }
      boolean hands = node.op().startsWith("Ref") || changes(node.op());
      if (!hands || data(node).isEmpty()) {
        return Optional.empty();
      }
      found = data(node).getFirst();
    }
    return Optional.empty();
  }

  /** Finds all tensors that share a variable's memory: those behind others take turns. */
  private void followAll() {
    boolean more = true;
    while (more) {
      more = false;
      for (SourceNode node : nodes.values()) {
        more |= follow(node);
      }
    }
  }

  private boolean follow(SourceNode node) {
    List<TensorName> inputs = data(node);
    if (inputs.isEmpty() || memories.containsKey(node.name())) {
      return false;
    }
    Memory memory = memories.get(text(inputs.getFirst()));
    if (memory == null) {
      return false;
    }
    if (COPIES.contains(node.op())) {
      Set<String> controls = new LinkedHashSet<>(memory.controls());
      node.inputs().stream().filter(input -> input.startsWith("^")).forEach(controls::add);
      memories.put(node.name(), new Memory(memory.tensor(), controls));
      return true;
    }
    if (node.op().endsWith("Switch")) {
      memories.put(node.name(), new Memory(node.name(), Set.of()));
      memories.put(node.name() + ":1", new Memory(node.name() + ":1", Set.of()));
      return true;
    }
    if (node.op().endsWith("Enter") && isInvariant(node)) {
      memories.put(node.name(), new Memory(node.name(), Set.of()));
      return true;
    }
    return false;
  }

  private static boolean isInvariant(SourceNode enter) {
    return enter.attributes().all().getBoolean("is_constant", false);
  }

  private void rewrite(SourceNode node) {
    List<String> inputs = new ArrayList<>();
    Set<String> controls = new LinkedHashSet<>();
    boolean changed = false;
    for (String input : node.inputs()) {
      TensorName tensor = TensorName.parse(input);
      Memory memory = tensor.control() ? null : memories.get(text(tensor));
      if (tensor.control()) {
        controls.add(input);
      } else if (memory == null) {
        inputs.add(input);
      } else {
        inputs.add(memory.tensor());
        controls.addAll(memory.controls());
        changed = true;
      }
    }
    boolean hands = memories.containsKey(node.name()) && !COPIES.contains(node.op());
    if (!changed && !hands) {
      return;
    }
    inputs.addAll(controls);
    String op = hands && !node.op().startsWith("Ref") ? reference(node) : node.op();
    rewritten.put(
        node.name(),
        new SourceNode(node.name(), op, node.device(), inputs, node.attributes(), node.origin()));
  }

  private static String reference(SourceNode node) {
    return VARIABLES.contains(node.op()) ? node.op() : "Ref" + node.op();
  }

  private static List<TensorName> data(SourceNode node) {
    return node.inputs().stream()
        .map(TensorName::parse)
        .filter(tensor -> !tensor.control())
        .toList();
  }

  private static String text(TensorName tensor) {
    return FlowNode.text(tensor);
  }
}
