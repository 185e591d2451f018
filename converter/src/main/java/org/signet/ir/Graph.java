package org.signet.ir;

import java.util.List;

/**
 * A graph: inputs, nodes in an order in which every operand comes before its use, and outputs.
 *
 * @param inputs in declared order
 * @param nodes in order of evaluation
 * @param outputs in declared order; an input, a constant or the same value twice are allowed
 */
public record Graph(List<Value.Input> inputs, List<Node> nodes, List<Value> outputs) {
  public Graph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }
}
