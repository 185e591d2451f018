package org.signet.source.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.source.TensorName;

/** What can be told of a graph's stacks before its loops are rewritten. */
final class Stacks {
  private Stacks() {}

  /**
   * Takes away what is put on stacks that nobody reads, as a graph has them that was made for
   * training, when only its forward part is wanted.
   *
   * @param graph is changed
   */
  static void dropUnread(FlowGraph graph) {
    Set<String> read = new HashSet<>();
    for (FlowNode node : graph.nodes().values()) {
      if (node.op().startsWith("StackPop")) {
        read.add(stack(graph, node));
      }
    }
    graph
        .nodes()
        .replaceAll((name, node) -> {
          if (!StateAccess.isStackAccess(node) || read.contains(stack(graph, node))) {
            return node;
          }
          return node.op().startsWith("StackPush")
              ? FlowNode.of(
                  name, "Identity", List.of(graph.input(node, 1)), node.controls(), Attributes.NONE)
              : FlowNode.of(name, "NoOp", List.of(), node.controls(), Attributes.NONE);
        });
  }

  private static String stack(FlowGraph graph, FlowNode access) {
    TensorName handle = graph.input(access, 0);
    return graph.behind(handle, FlowNode.HANDING_ON).node();
  }
}
