package org.signet.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which variable ops of a graph stand for the same variable: those of one kind with the same
 * container and the same shared name, which is the node's own where it is not given.
 */
final class SharedVariables {
  private static final Set<String> REFERENCES = Set.of("VariableV2", "Variable");
  private static final String HANDLE = "VarHandleOp";

  /**
   * What tells variables apart.
   *
   * @param resource whether it is reached through a handle
   * @param container its container
   * @param name its name in there
   */
  private record Identity(boolean resource, String container, String name) {}

  private final Map<String, Identity> identities = new HashMap<>();
  private final Map<Identity, String> representatives = new HashMap<>();

  /**
   * @param isKnown whether the checkpoint is known to hold a value for an op
   */
  SharedVariables(Map<String, SourceNode> nodes, Predicate<String> isKnown) {
    for (SourceNode node : nodes.values()) {
      boolean resource = node.op().equals(HANDLE);
      if (resource || REFERENCES.contains(node.op())) {
        String shared = node.attributes().text("shared_name");
        String name = shared.isEmpty() ? node.name() : shared;
        Identity identity = new Identity(resource, node.attributes().text("container"), name);
        identities.put(node.name(), identity);
        representatives.merge(
            identity,
            node.name(),
            (first, other) -> isKnown.test(first) || !isKnown.test(other) ? first : other);
      }
    }
  }

  /** The op that speaks for all those of the same variable. */
  String representative(String node) {
    Identity identity = identities.get(node);
    return identity == null ? node : representatives.getOrDefault(identity, node);
  }
}
