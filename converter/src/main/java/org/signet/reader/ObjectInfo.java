package org.signet.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node of the object graph.
 *
 * @param id its number; the root is 0
 * @param path the shortest path of attribute names that leads to it, joined by dots; empty for the
 *     root
 * @param kind {@code user_object}, {@code function}, {@code bare_concrete_function}, {@code
 *     variable}, {@code constant}, {@code asset}, {@code resource} or {@code captured_tensor}
 * @param type of a user object what it says it is, such as {@code tf_module} or {@code
 *     _tf_keras_layer}; else empty
 * @param children the numbers of its children by attribute name, in declared order
 */
public record ObjectInfo(
    int id, String path, String kind, String type, Map<String, Integer> children) {
  public ObjectInfo {
    children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
  }
}
