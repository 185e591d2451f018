package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class LoopVariablesTest extends LoopFixture {
  private Graph reduced(List<Value> outputs) {
    return new LoopVariables(graphs.builder()::fresh)
        .apply(graphs.build(outputs.toArray(Value[]::new)));
  }

  private Value zero() {
    return graphs.constant(Tensor.scalar(0));
  }

  @Test
  void equalCountersAreOne() {
    List<Value> results =
        loop(
            (builder, v) ->
                op(
                    builder,
                    "LOGICAL_AND",
                    Attributes.NONE,
                    below(builder, v.get(0), 9),
                    below(builder, v.get(1), 7)),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), plus(builder, v.get(1), 1)),
            zero(),
            zero());
    Graph graph = reduced(results);
    Node loop = loopOf(graph);
    assertThat(loop.operands()).hasSize(1);
    assertThat(loop.bodies().get(0).inputs()).hasSize(1);
    assertThat(loop.bodies().get(0).nodes())
        .extracting(node -> node.operand(0))
        .startsWith(
            loop.bodies().get(0).inputs().getFirst(), loop.bodies().get(0).inputs().getFirst());
    assertThat(graph.outputs()).containsExactly(loop.result(), loop.result());
  }

  @Test
  void countersOfAnotherBeginOrStepStay() {
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) ->
                List.of(
                    plus(builder, v.get(0), 1),
                    plus(builder, v.get(1), 1),
                    plus(builder, v.get(2), 2),
                    plus(builder, v.get(2), 1)),
            zero(),
            graphs.constant(Tensor.scalar(1)),
            zero(),
            zero());
    assertThat(loopOf(reduced(results)).operands()).hasSize(4);
  }

  @Test
  void whatTheLoopDoesNotChangeIsTheSameAfterIt() {
    Value x = graphs.input(DType.FLOAT32, 3);
    Value y = graphs.input(DType.FLOAT32, 3);
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) ->
                List.of(
                    plus(builder, v.get(0), 1),
                    v.get(1),
                    v.get(2),
                    op(builder, "ADD", NONE, v.get(3), v.get(2))),
            zero(),
            x,
            y,
            y);
    Graph graph = reduced(results);
    Node loop = loopOf(graph);
    // The first is not read there; the second is.
    assertThat(loop.operands()).hasSize(3).contains(y).doesNotContain(x);
    assertThat(graph.outputs()).containsExactly(loop.result(), x, y, loop.results().get(2));
  }

  @Test
  void whatAnotherVariableBecomesStays() {
    Value x = graphs.input(DType.FLOAT32, 3);
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), v.get(1), v.get(1)),
            zero(),
            x,
            graphs.input(DType.FLOAT32, 3));
    Graph graph = reduced(results);
    assertThat(loopOf(graph).operands()).hasSize(3);
    assertThat(graph.outputs().get(1)).isSameAs(x);
  }

  @Test
  void aLoopKeepsOneVariableAtLeast() {
    Value x = graphs.input(DType.FLOAT32, 3);
    List<Value> results =
        loop(
            (builder, v) -> builder.constant("never", Tensor.scalar(false)),
            (builder, v) -> List.of(v.get(0)),
            x);
    Graph graph = reduced(results);
    assertThat(loopOf(graph).operands()).hasSize(1);
    assertThat(graph.outputs()).containsExactly(x);
  }

  @Test
  void variablesThatTradePlacesStay() {
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), v.get(2), v.get(1)),
            zero(),
            graphs.input(DType.FLOAT32, 3),
            graphs.input(DType.FLOAT32, 3));
    assertThat(loopOf(reduced(results)).operands()).hasSize(3);
  }

  @Test
  void whatOnlyTheConditionReadsStays() {
    List<Value> results =
        loop(
            (builder, v) -> op(builder, "LESS", Attributes.NONE, v.get(0), v.get(1)),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), v.get(1)),
            zero(),
            graphs.input(DType.INT32));
    assertThat(loopOf(reduced(results)).operands()).hasSize(2);
  }

  @Test
  void whatIsTheConditionStays() {
    List<Value> endless =
        loop(
            (builder, v) -> v.get(1),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), v.get(1)),
            zero(),
            graphs.input(DType.BOOL));
    assertThat(loopOf(reduced(endless)).operands()).hasSize(2);
  }

  /** What follows is declared for any number of rows. */
  @Test
  void whatALoopKeepsOfAWiderTypeStays() {
    TensorType rows = TensorType.of(DType.FLOAT32, -1, 3);
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) -> List.of(plus(builder, v.get(0), 1), v.get(1)),
            List.of(zero().type(), rows),
            zero(),
            graphs.input(DType.FLOAT32, 2, 3));
    Graph graph = reduced(results);
    Node loop = loopOf(graph);
    assertThat(loop.operands()).hasSize(2);
    assertThat(graph.outputs()).containsExactlyElementsOf(loop.results());
  }

  @Test
  void countersThatGoDownAreOne() {
    List<Value> results =
        loop(
            (builder, v) -> below(builder, v.get(0), 9),
            (builder, v) -> List.of(minusOne(builder, v.get(0)), minusOne(builder, v.get(1))),
            zero(),
            zero());
    assertThat(loopOf(reduced(results)).operands()).hasSize(1);
  }

  private static Value minusOne(GraphBuilder builder, Value x) {
    return op(builder, "SUB", NONE, x, builder.constant("one", Tensor.scalar(1)));
  }

  /** Each draws numbers of its own. */
  @Test
  void drawsOfTheSameKindAreTwo() {
    Value start = graphs.constant(Tensor.of(new float[3]));
    List<Value> results =
        loop(
            (builder, v) -> builder.constant("never", Tensor.scalar(false)),
            (builder, v) -> List.of(drawn(builder), drawn(builder)),
            start,
            start);
    assertThat(loopOf(reduced(results)).operands()).hasSize(2);
  }

  private static Value drawn(GraphBuilder builder) {
    Value sizes = builder.constant("sizes", Tensor.of(new int[] {3}));
    return op(builder, "RANDOM_UNIFORM", Attributes.of("seed", 1, "seed2", 2), sizes);
  }
}
