package org.signet.source.control;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.source.SourceFunction;
import org.signet.source.SourceNode;

/** Which functions nodes call. */
final class Calls {
  private Calls() {}

  /** The functions of the library that {@code nodes} call, and all that those call. */
  static Set<String> reachable(Map<String, SourceFunction> library, Collection<SourceNode> nodes) {
    Set<String> found = new LinkedHashSet<>();
    Deque<SourceNode> queue = new ArrayDeque<>(nodes);
    while (!queue.isEmpty()) {
      for (String name : called(queue.remove())) {
        SourceFunction function = library.get(name);
        if (function != null && found.add(name)) {
          queue.addAll(function.nodes());
        }
      }
    }
    return found;
  }

  private static Set<String> called(SourceNode node) {
    Set<String> names = new LinkedHashSet<>();
    names.add(node.op());
    for (Object value : node.attributes().all().asMap().values()) {
      for (Object item : value instanceof List<?> list ? list : List.of(value)) {
        if (item instanceof Attributes.FunctionRef function) {
          names.add(function.name());
        }
      }
    }
    return names;
  }
}
