package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   output WHERE(x)  →  output CAST(WHERE(x))
 * </pre>
 *
 * <p>where the result may have no elements. TFLite's bindings refuse to read a tensor without
 * elements whose size is found only when its operator runs. The size of a cast's result is known
 * before the cast runs, and it may be empty. The shape of a scalar, which has no elements either,
 * is another that can't be read.
 */
public final class EmptyOutputs {
  /** What the kernel of CAST takes in every version. */
  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.INT64, DType.BOOL);

  /** Operators that find the size when they run, whatever their operands are. */
  private static final Set<String> ALWAYS =
      Set.of("IF", "READ_VARIABLE", "SLICE", "TOPK_V2", "UNIQUE", "WHERE", "WHILE");

  /** Operators that find it unless these operands are constant. */
  private static final Map<String, Set<Integer>> SIZES =
      Map.ofEntries(
          Map.entry("BATCH_TO_SPACE_ND", Set.of(1, 2)),
          Map.entry("BROADCAST_TO", Set.of(1)),
          Map.entry("EXPAND_DIMS", Set.of(1)),
          Map.entry("FILL", Set.of(0)),
          Map.entry("MIRROR_PAD", Set.of(1)),
          Map.entry("ONE_HOT", Set.of(1)),
          Map.entry("PAD", Set.of(1)),
          Map.entry("PADV2", Set.of(1)),
          Map.entry("RANGE", Set.of(0, 1, 2)),
          Map.entry("RESHAPE", Set.of(1)),
          Map.entry("RESIZE_BILINEAR", Set.of(1)),
          Map.entry("RESIZE_NEAREST_NEIGHBOR", Set.of(1)),
          Map.entry("SCATTER_ND", Set.of(2)),
          Map.entry("SEGMENT_SUM", Set.of(1)),
          Map.entry("SPACE_TO_BATCH_ND", Set.of(1, 2)),
          Map.entry("SPARSE_TO_DENSE", Set.of(1)),
          Map.entry("SPLIT_V", Set.of(1)),
          Map.entry("STRIDED_SLICE", Set.of(1, 2, 3)),
          Map.entry("TILE", Set.of(1)),
          Map.entry("TRANSPOSE", Set.of(1)),
          Map.entry("UNSORTED_SEGMENT_MAX", Set.of(1, 2)),
          Map.entry("UNSORTED_SEGMENT_MIN", Set.of(1, 2)),
          Map.entry("UNSORTED_SEGMENT_PROD", Set.of(1, 2)),
          Map.entry("UNSORTED_SEGMENT_SUM", Set.of(1, 2)));

  private final Supplier<GraphBuilder> builders;

  public EmptyOutputs(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph of a signature, whose outputs can be read. */
  public Graph apply(Graph graph) {
    if (graph.outputs().stream().noneMatch(EmptyOutputs::mayBeUnreadable)) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    builder.keep(graph);
    List<Value> outputs = new ArrayList<>();
    for (Value output : graph.outputs()) {
      outputs.add(
          output instanceof Value.Result result && mayBeUnreadable(result)
              ? CastCopy.of(result, result.producer().origin(), builder)
              : output);
    }
    return builder.build(outputs);
  }

  private static boolean mayBeUnreadable(Value value) {
    if (!(value instanceof Value.Result result) || !TYPES.contains(value.type().dtype())) {
      return false;
    }
    Node node = result.producer();
    if (node.is("SHAPE")) {
      Shape shape = node.operands().getFirst().type().shape();
      return !shape.hasRank() || shape.rank() == 0;
    }
    return mayBeEmpty(value.type().shape()) && findsSize(node);
  }

  private static boolean mayBeEmpty(Shape shape) {
    return !shape.isStatic() || shape.elements() == 0;
  }

  private static boolean findsSize(Node node) {
    if (!node.op().isBuiltin() || ALWAYS.contains(node.op().name())) {
      return true;
    }
    return SIZES.getOrDefault(node.op().name(), Set.of()).stream()
        .filter(operand -> operand < node.operands().size())
        .anyMatch(operand -> !(node.operands().get(operand) instanceof Value.Constant));
  }
}
