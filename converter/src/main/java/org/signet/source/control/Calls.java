package org.signet.source.control;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;

/** Which functions nodes call. */
final class Calls {
  private Calls() {}

  /** The functions of the library that {@code nodes} call, and all that those call. */
  static Set<String> reachable(Map<String, FunctionDef> library, Collection<NodeDef> nodes) {
    Set<String> found = new LinkedHashSet<>();
    Deque<NodeDef> queue = new ArrayDeque<>(nodes);
    while (!queue.isEmpty()) {
      for (String name : called(queue.remove())) {
        FunctionDef function = library.get(name);
        if (function != null && found.add(name)) {
          queue.addAll(function.getNodeDefList());
        }
      }
    }
    return found;
  }

  private static Set<String> called(NodeDef node) {
    Set<String> names = new LinkedHashSet<>();
    names.add(node.getOp());
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasFunc()) {
        names.add(value.getFunc().getName());
      }
      value.getList().getFuncList().forEach(function -> names.add(function.getName()));
    }
    return names;
  }
}
