package org.signet.reader;

import java.util.Optional;
import org.signet.type.TensorType;

/**
 * A variable of a graph.
 *
 * @param name what TensorFlow calls it, {@code dense/kernel}; in a TF1 graph the name of its op
 * @param path the shortest path that leads to it in the object graph, {@code dense_layer.kernel};
 *     empty in a TF1 graph
 * @param type as declared
 * @param trainable whether it was declared trainable; always true in a TF1 graph
 * @param key its name in the checkpoint; empty if it is not there
 * @param part which part of the checkpoint's tensor it is, as a partitioned variable's {@code 10 4
 *     0,3:-}; empty for the whole
 * @param value its value in the checkpoint; empty if it is not there
 */
public record VariableInfo(
    String name,
    String path,
    TensorType type,
    boolean trainable,
    Optional<String> key,
    String part,
    Optional<StoredTensor> value) {
  /** Its size in bytes; −1 if that can't be told. */
  public long bytes() {
    return type.shape().isStatic() && type.dtype().bytes() > 0
        ? type.shape().elements() * type.dtype().bytes()
        : -1;
  }
}
