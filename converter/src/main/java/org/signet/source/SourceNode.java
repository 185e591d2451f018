package org.signet.source;

import java.util.List;
import org.signet.op.Attributes;
import org.tensorflow.proto.NodeDef.ExperimentalDebugInfo;

/**
 * A node as a source says it.
 *
 * @param name unlike that of any other node of the graph or function
 * @param op its op, or the function that it calls
 * @param device where it asks to be run; mostly empty
 * @param inputs the tensors that it reads, and nodes that it waits for, as {@link TensorName} reads
 *     them
 * @param attributes decoded when they are asked for
 * @param origin the nodes that TensorFlow made it of
 */
public record SourceNode(
    String name,
    String op,
    String device,
    List<String> inputs,
    SourceAttributes attributes,
    ExperimentalDebugInfo origin) {
  public SourceNode {
    inputs = List.copyOf(inputs);
  }

  /** A node that no file holds. */
  public SourceNode(String name, String op, List<String> inputs, SourceAttributes attributes) {
    this(name, op, "", inputs, attributes, ExperimentalDebugInfo.getDefaultInstance());
  }

  /** A node that no file holds. */
  public SourceNode(String name, String op, List<String> inputs, Attributes attributes) {
    this(name, op, inputs, SourceAttributes.of(attributes));
  }
}
