package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.signet.ir.ConstantKey;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.OpDefinition;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;

/**
 * Computes once what a graph computes several times:
 *
 * <pre>
 *   a = EXP(x), b = EXP(x), ADD(a, b)   →  a = EXP(x), ADD(a, a)
 * </pre>
 *
 * the same pure op with the same attributes on the same operands. What reads or changes a state is
 * computed each time.
 */
public final class MergeDuplicates {
  private final OpDefinitions definitions;
  private final Supplier<GraphBuilder> builders;

  public MergeDuplicates(OpDefinitions definitions, Supplier<GraphBuilder> builders) {
    this.definitions = definitions;
    this.builders = builders;
  }

  /**
   * What makes two nodes the same.
   *
   * @param operands constants by value, others by identity
   */
  private record Key(OpKey op, Attributes attributes, List<Object> operands) {}

  public Graph apply(Graph graph) {
    GraphBuilder builder = builders.get();
    Map<Key, List<Value>> known = new HashMap<>();
    return builder.rebuild(
        graph,
        (node, operands) ->
            node.bodies().isEmpty() && isPure(node.op())
                ? known.computeIfAbsent(key(node, operands), key -> builder.copy(node, operands))
                : builder.copy(node, operands));
  }

  private boolean isPure(OpKey op) {
    return definitions
        .find(op)
        .map(OpDefinition::effects)
        .filter(effects -> effects == Effects.PURE)
        .isPresent();
  }

  private static Key key(Node node, List<Value> operands) {
    List<Object> parts = new ArrayList<>();
    for (Value operand : operands) {
      parts.add(ConstantKey.ofAny(operand));
    }
    return new Key(node.op(), node.attributes(), parts);
  }
}
