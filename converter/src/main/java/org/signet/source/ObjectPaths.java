package org.signet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/** Paths in an object graph: the names of children from the root, joined by dots. */
public final class ObjectPaths {
  private ObjectPaths() {}

  /** The shortest path to every node that can be reached; the first found where several are. */
  public static Map<String, Integer> of(SavedObjectGraph graph) {
    Map<String, Integer> paths = new LinkedHashMap<>();
    Map<Integer, String> seen = new HashMap<>();
    Deque<Integer> queue = new ArrayDeque<>();
    if (graph.getNodesCount() > 0) {
      seen.put(0, "");
      queue.add(0);
    }
    while (!queue.isEmpty()) {
      int id = queue.remove();
      String path = seen.getOrDefault(id, "");
      paths.put(path, id);
      for (ObjectReference child : graph.getNodes(id).getChildrenList()) {
        int childId = child.getNodeId();
        String childPath =
            path.isEmpty() ? child.getLocalName() : path + "." + child.getLocalName();
        if (isNode(graph, childId) && seen.putIfAbsent(childId, childPath) == null) {
          queue.add(childId);
        }
      }
    }
    return paths;
  }

  /** The node at a path; names of children may hold dots themselves. */
  public static Optional<Integer> find(SavedObjectGraph graph, String path) {
    return graph.getNodesCount() == 0 ? Optional.empty() : find(graph, 0, path);
  }

  private static Optional<Integer> find(SavedObjectGraph graph, int id, String path) {
    if (path.isEmpty()) {
      return Optional.of(id);
    }
    Optional<Integer> whole = child(graph, id, path);
    if (whole.isPresent()) {
      return whole;
    }
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      Optional<Integer> child = child(graph, id, path.substring(0, dot));
      String rest = path.substring(dot + 1);
      Optional<Integer> found = child.flatMap(node -> find(graph, node, rest));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> child(SavedObjectGraph graph, int id, String name) {
    SavedObject parent = graph.getNodes(id);
    return parent.getChildrenList().stream()
        .filter(child -> child.getLocalName().equals(name))
        .map(ObjectReference::getNodeId)
        .filter(child -> isNode(graph, child))
        .findFirst();
  }

  private static boolean isNode(SavedObjectGraph graph, int id) {
    return id >= 0 && id < graph.getNodesCount();
  }
}
