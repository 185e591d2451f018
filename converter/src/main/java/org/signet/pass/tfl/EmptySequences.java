package org.signet.pass.tfl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * <pre>
 *   y = WHILE(i, x) { i + 1, DYNAMIC_UPDATE_SLICE(x, row, i) }
 *     →  y = WHILE(i, PAD(x)) { i + 1, DYNAMIC_UPDATE_SLICE(x, row, i) }[:-1]
 * </pre>
 *
 * <p>TFLite allocates the tensors of a loop's body before it asks whether there is a turn, and
 * refuses a row that is larger than what it goes into. So a sequence that may be empty gets one row
 * more before its loop and loses it behind: the sizes of both are known before they run.
 */
public final class EmptySequences {
  /** What the kernel of PAD takes. */
  private static final Set<DType> PADDED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  /** What that of CONCATENATION takes, to which the row must be given. */
  private static final Set<DType> JOINED = Set.of(DType.BOOL, DType.INT8);

  private static final int MOST_DIMENSIONS = 5;

  private final Supplier<GraphBuilder> builders;

  public EmptySequences(Supplier<GraphBuilder> builders) {
    this.builders = builders;
  }

  /** The graph, whose branches and bodies have been treated before. */
  public Graph apply(Graph graph) {
    if (graph.nodes().stream().allMatch(node -> sequences(node).isEmpty())) {
      return graph;
    }
    GraphBuilder builder = builders.get();
    return builder.rebuild(
        graph,
        (node, operands) -> {
          List<Integer> sequences = sequences(node);
          return sequences.isEmpty()
              ? builder.copy(node, operands)
              : longer(node, operands, sequences, builder);
        });
  }

  /** The variables of a loop into which rows are written, and which may have none. */
  private static List<Integer> sequences(Node node) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; Loop.is(node) && i < node.operands().size(); i++) {
      Shape shape = node.results().get(i).type().shape();
      if (shape.hasRank()
          && shape.rank() > 0
          && shape.rank() <= MOST_DIMENSIONS
          && !shape.isKnown(0)
          && (PADDED.contains(node.results().get(i).type().dtype()) || row(node, i).isPresent())
          && takesRows(new Loop(node), i)) {
        found.add(i);
      }
    }
    return found;
  }

  /** Whether variable {@code i} only has rows read and written, so that one more is not noticed. */
  private static boolean takesRows(Loop loop, int i) {
    Value tested = loop.test().inputs().get(i);
    if (loop.keeps(i)
        || loop.test().outputs().contains(tested)
        || loop.test().nodes().stream().anyMatch(node -> node.operands().contains(tested))) {
      return false;
    }
    Set<Value> stages = SequenceStages.of(loop.body(), loop.inside(i));
    List<Value> next = loop.body().outputs();
    return stages.contains(next.get(i))
        && stages.stream().allMatch(stage -> next.indexOf(stage) == next.lastIndexOf(stage))
        && next.stream().filter(stages::contains).count() == 1;
  }

  private static List<Value> longer(
      Node node, List<Value> operands, List<Integer> sequences, GraphBuilder builder) {
    List<Value> first = new ArrayList<>(operands);
    sequences.forEach(i -> {
      Optional<Tensor> row = row(node, i);
      first.set(
          i,
          row.isPresent()
              ? joined(operands.get(i), row.get(), node, builder)
              : padded(operands.get(i), node, builder));
    });
    List<Value> results =
        new ArrayList<>(
            builder.addWithBodies(
                node.op(), first, node.resultTypes(), node.bodies(), node.name(), node.origin()));
    sequences.forEach(i -> results.set(i, withoutRow(results.get(i), node, builder)));
    return results;
  }

  /** A row of a sequence that is not padded, if its size is known. */
  private static Optional<Tensor> row(Node node, int i) {
    DType dtype = node.results().get(i).type().dtype();
    int[] dims = node.results().get(i).type().shape().dims();
    dims[0] = 1;
    return JOINED.contains(dtype) && Shape.of(dims).isStatic()
        ? Optional.of(Tensor.zeros(dtype, dims))
        : Optional.empty();
  }

  private static Value joined(Value sequence, Tensor row, Node node, GraphBuilder builder) {
    String name = sequence.name() + "/longer";
    return builder.addOne(
        OpKey.builtin("CONCATENATION"),
        Attributes.of("axis", 0),
        List.of(sequence, builder.constant(name + "/row", row)),
        name,
        node.origin());
  }

  private static Value padded(Value sequence, Node node, GraphBuilder builder) {
    Tensor rows = Tensor.zeros(DType.INT32, sequence.type().shape().rank(), 2);
    rows.setLong(1, 1);
    String name = sequence.name() + "/longer";
    return builder.addOne(
        OpKey.builtin("PAD"),
        Attributes.NONE,
        List.of(sequence, builder.constant(name + "/rows", rows)),
        name,
        node.origin());
  }

  private static Value withoutRow(Value sequence, Node node, GraphBuilder builder) {
    int rank = sequence.type().shape().rank();
    int all = (1 << rank) - 1;
    String name = sequence.name() + "/rows";
    int[] end = new int[rank];
    end[0] = -1;
    int[] strides = new int[rank];
    Arrays.fill(strides, 1);
    return builder.addOne(
        OpKey.builtin("STRIDED_SLICE"),
        Attributes.of("begin_mask", all, "end_mask", all - 1),
        List.of(
            sequence,
            builder.constant(name + "/begin", Tensor.of(new int[rank])),
            builder.constant(name + "/end", Tensor.of(end)),
            builder.constant(name + "/strides", Tensor.of(strides))),
        name,
        node.origin());
  }
}
