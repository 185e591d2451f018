package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.ir.Evaluator;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class HoistProductsTest extends LoopFixture {
  private static final Attributes DENSE =
      NONE.with("keep_num_dims", false).with("weights_format", "DEFAULT");
  private static final Attributes FIRST = Attributes.of("axis", 0, "batch_dims", 0);

  private Graph hoisted(List<Value> outputs) {
    return new HoistProducts(OpDefinitions.standard(), graphs.builder()::fresh)
        .apply(graphs.build(outputs.toArray(Value[]::new)));
  }

  private static Value numbers(GraphBuilder builder, int... shape) {
    return builder.constant("w", Evaluator.madeUp(TensorType.of(DType.FLOAT32, shape), 1));
  }

  /** Adds up the products of the rows of a sequence. */
  private List<Value> sums(Value sequence, int step, boolean changes) {
    return sums(sequence, FIRST, step, changes);
  }

  private List<Value> sums(Value sequence, Attributes rows, int step, boolean changes) {
    return loop(
        (builder, v) -> below(builder, v.get(0), 9),
        (builder, v) -> {
          Value row = op(builder, "GATHER", rows, v.get(1), v.get(0));
          Value product =
              op(
                  builder,
                  "FULLY_CONNECTED",
                  DENSE,
                  row,
                  numbers(builder, 5, 4),
                  numbers(builder, 5));
          return List.of(
              plus(builder, v.get(0), step),
              changes ? op(builder, "NEG", Attributes.NONE, v.get(1)) : v.get(1),
              op(builder, "ADD", NONE, v.get(2), product));
        },
        graphs.constant(Tensor.scalar(0)),
        sequence,
        numbers(graphs.builder(), 2, 5));
  }

  @Test
  void aProductOfRowsInTurnIsOneBeforeTheLoop() {
    Graph graph = hoisted(sums(graphs.input(DType.FLOAT32, 9, 2, 4), 1, false));
    assertThat(ops(graph)).containsExactly("FULLY_CONNECTED", "WHILE");
    Node product = graph.nodes().getFirst();
    assertThat(product.result().type().shape()).isEqualTo(Shape.of(9, 2, 5));
    assertThat(product.attributes().getBoolean("keep_num_dims", false)).isTrue();
    Node loop = loopOf(graph);
    assertThat(loop.operand(3)).isSameAs(product.result());
    assertThat(ops(loop.bodies().get(1))).containsExactlyInAnyOrder("GATHER", "ADD", "ADD");
    assertThat(graph.outputs()).isEqualTo(loop.results().subList(0, 3));
  }

  @Test
  void ofFreeSizesToo() {
    Graph graph = hoisted(sums(graphs.input(DType.FLOAT32, -1, 2, 4), -1, false));
    assertThat(graph.nodes().getFirst().result().type().shape())
        .isEqualTo(Shape.of(Shape.UNKNOWN, 2, 5));
  }

  @Test
  void notOfSomeRows() {
    List<Value> results = sums(graphs.input(DType.FLOAT32, 9, 2, 4), 3, false);
    assertThat(ops(hoisted(results))).containsExactly("WHILE");
  }

  @Test
  void notOfWhatTheLoopChanges() {
    List<Value> results = sums(graphs.input(DType.FLOAT32, 9, 2, 4), 1, true);
    assertThat(ops(hoisted(results))).containsExactly("WHILE");
  }

  @Test
  void notOfColumns() {
    Value sequence = graphs.input(DType.FLOAT32, 2, 9, 4);
    List<Value> results = sums(sequence, FIRST.with("axis", 1), 1, false);
    assertThat(ops(hoisted(results))).containsExactly("WHILE");
  }
}
