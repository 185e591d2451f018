package org.signet.ir;

import java.util.List;

/** What stands for a node in a graph that is made of another. */
@FunctionalInterface
public interface NodeChange {
  /**
   * @param node of the graph before
   * @param operands what has become of its operands
   * @return as many values as the node has results
   */
  List<Value> apply(Node node, List<Value> operands);
}
