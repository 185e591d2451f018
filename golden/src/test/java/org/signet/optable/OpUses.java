package org.signet.optable;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.signet.ir.Node;
import org.signet.op.OpCase;
import org.signet.testing.OneOpModel;

/** What became of one TensorFlow op in the conversions of all its recorded calls. */
final class OpUses {
  private final Set<String> builtins = new TreeSet<>();
  private final Set<String> builtinTypes = new TreeSet<>();
  private final Set<String> flexTypes = new TreeSet<>();
  private final Map<String, Set<String>> reasons = new TreeMap<>();

  void add(OpCase c, OneOpModel.Converted converted) {
    String type = type(c);
    if (converted.flexUses().isEmpty()) {
      builtinTypes.add(type);
      converted.graph().nodes().stream().map(Node::op).forEach(key -> builtins.add(key.name()));
    } else {
      flexTypes.add(type);
      reasons.computeIfAbsent(converted.reason(), reason -> new TreeSet<>()).add(type);
    }
  }

  /** The element type of a call: that of its first operand, or of its result if it has none. */
  static String type(OpCase c) {
    return c.operands().stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> c.results().getFirst())
        .dtype()
        .toString();
  }

  /** The builtins of all conversions that needed no Flex op. */
  Set<String> builtins() {
    return builtins;
  }

  /** The first operand's types in those conversions. */
  Set<String> builtinTypes() {
    return builtinTypes;
  }

  /** The first operand's types in the conversions that kept a Flex op. */
  Set<String> flexTypes() {
    return flexTypes;
  }

  /** Why the op stayed a Flex op, and the first operand's types in the conversions where it did. */
  Map<String, Set<String>> reasons() {
    return reasons;
  }
}
