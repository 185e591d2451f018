package org.signet.pass.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.signet.ir.ConstantData;
import org.signet.ir.Graph;
import org.signet.ir.Node;
import org.signet.ir.Program;
import org.signet.ir.Value;

/** How much the operators of a program would lose if a constant were computed each time. */
final class ConstantUses {
  /** A loop uses its constants in every turn. */
  private static final int TURNS = 100;

  /** Kernels prepare constant weights once. */
  private static final int WEIGHTS = 4;

  private final Map<ConstantData, Integer> uses = new LinkedHashMap<>();

  ConstantUses(Program program) {
    program.signatures().forEach(signature -> add(signature.graph(), 1));
    program.initialization().ifPresent(graph -> add(graph, 1));
  }

  private void add(Graph graph, int turns) {
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.operands().size(); i++) {
        boolean weights = i == 1 && node.isAnyOf("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED");
        add(node.operand(i), weights ? WEIGHTS * turns : turns);
      }
      int inner = node.is("WHILE") ? TURNS * turns : turns;
      node.bodies().forEach(body -> add(body, Math.min(inner, TURNS * TURNS)));
    }
    graph.outputs().forEach(output -> add(output, turns));
  }

  private void add(Value value, int count) {
    if (value instanceof Value.Constant constant) {
      uses.merge(constant.data(), count, Integer::sum);
    }
  }

  /** All constants, in the order in which they are met. */
  Iterable<ConstantData> all() {
    return uses.keySet();
  }

  /** 0 for a constant that is not used. */
  int of(ConstantData data) {
    return uses.getOrDefault(data, 0);
  }
}
