package org.signet.reader;

import java.util.List;
import org.signet.op.Attributes;

/**
 * A node of the main graph.
 *
 * @param name its name
 * @param op the op's name, {@code MatMul}
 * @param device where it is to run; mostly empty
 * @param inputs tensors ({@code x}, {@code split:1}) and, behind them, control dependencies ({@code
 *     ^init})
 * @param attributes by name
 */
public record GraphNode(
    String name, String op, String device, List<String> inputs, Attributes attributes) {
  public GraphNode {
    inputs = List.copyOf(inputs);
  }
}
