package org.signet.pass.tfl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;

/**
 * <pre>
 *   y = ADD(x, a);  v = RESHAPE(y);  z = MUL(v, b);        …;  y is read again
 *   y = ADD(x, a);  v = RESHAPE(y);  z = MUL(CAST(v), b);  …
 * </pre>
 *
 * <p>TFLite computes some operators in the memory of an operand that nobody else reads, and gives a
 * tensor of another shape the memory of the one that it was made from. It looks whether others read
 * the operand, and the tensor that first had this memory, but not at those between: where one of
 * them is read again, it has been overwritten. A cast to the same type is a copy there.
 */
public final class OverwrittenTensors {
  private static final Set<String> VIEWS = Set.of("BITCAST", "EXPAND_DIMS", "RESHAPE", "SQUEEZE");

  /** Those that write where the first operand lies. */
  private static final Set<String> IN_FIRST = Set.of("DYNAMIC_UPDATE_SLICE", "SOFTMAX");

  /** Those that write where one of both operands lies. */
  private static final Set<String> IN_EITHER = Set.of("ADD", "DIV", "MUL", "SUB");

  private final Supplier<GraphBuilder> builders;

  public OverwrittenTensors(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph, in which every tensor keeps its elements as long as they are read. */
  public Graph apply(Graph graph) {
    Map<Node, Integer> harmful = new Memory(graph).harmful();
    if (harmful.isEmpty()) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) -> {
          Integer copied = harmful.get(node);
          if (copied == null) {
            return builder.copy(node, operands);
          }
          Value[] changed = operands.toArray(Value[]::new);
          changed[copied] = CastCopy.of(changed[copied], node.origin(), builder);
          return builder.copy(node, List.of(changed));
        });
  }

  /** Who shares memory with whom, followed through the nodes in their order. */
  private static final class Memory {
    private final Graph graph;
    private final Map<Value, Integer> readers = new HashMap<>();
    private final Map<Value, Integer> lastRead = new HashMap<>();

    /** The tensor whose memory others lie in. */
    private final Map<Value, Value> owners = new HashMap<>();

    /** When the last of those is read that lie in a tensor's memory, itself apart. */
    private final Map<Value, Integer> lastShared = new HashMap<>();

    private final Set<Value> outputs;

    private Memory(Graph graph) {
      this.graph = graph;
      this.outputs = Set.copyOf(graph.outputs());
      graph.outputs().forEach(output -> readers.merge(output, 1, Integer::sum));
      for (int i = 0; i < graph.nodes().size(); i++) {
        for (Value operand : graph.nodes().get(i).operands()) {
          readers.merge(operand, 1, Integer::sum);
          lastRead.put(operand, i);
        }
      }
    }

    /** The nodes that overwrite what is read later, and in which operand. */
    private Map<Node, Integer> harmful() {
      Map<Node, Integer> harmful = new HashMap<>();
      for (int i = 0; i < graph.nodes().size(); i++) {
        Node node = graph.nodes().get(i);
        if (VIEWS.contains(node.op().name()) && node.op().isBuiltin() && mayShare(node, 0)) {
          share(node.result(), owner(node.operands().getFirst()));
        }
        OptionalInt written = written(node);
        if (written.isEmpty()) {
          continue;
        }
        Value operand = node.operands().get(written.getAsInt());
        Value owner = owner(operand);
        // The operand itself is read here for the last time.
        if (lastShared.getOrDefault(owner, -1) > i) {
          harmful.put(node, written.getAsInt());
        } else {
          share(node.result(), owner);
        }
      }
      return harmful;
    }

    /** The operand in whose memory an operator writes, if there is one. */
    private OptionalInt written(Node node) {
      String op = node.op().isBuiltin() ? node.op().name() : "";
      int candidates = IN_EITHER.contains(op) ? 2 : IN_FIRST.contains(op) ? 1 : 0;
      for (int i = 0; i < candidates; i++) {
        Value operand = node.operands().get(i);
        boolean mayFit =
            !operand.type().shape().isStatic()
                || !node.result().type().shape().isStatic()
                || operand.type().shape().elements() == node.result().type().shape().elements();
        if (mayShare(node, i) && mayFit && isReadOnce(operand)) {
          return isReadOnce(owner(operand)) ? OptionalInt.of(i) : OptionalInt.empty();
        }
      }
      return OptionalInt.empty();
    }

    /** Inputs, constants and outputs have memory of their own. */
    private boolean mayShare(Node node, int operand) {
      return node.operands().get(operand) instanceof Value.Result
          && !outputs.contains(node.result());
    }

    private boolean isReadOnce(Value value) {
      return readers.getOrDefault(value, 0) == 1;
    }

    private Value owner(Value value) {
      return owners.getOrDefault(value, value);
    }

    private void share(Value value, Value owner) {
      owners.put(value, owner);
      lastShared.merge(owner, lastRead.getOrDefault(value, -1), Math::max);
    }
  }
}
