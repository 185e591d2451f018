package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class EmptySequencesTest extends LoopFixture {
  private Graph treated(int rows, WriteRow write) {
    return treated(TensorType.of(DType.FLOAT32, rows, 2), write);
  }

  private Graph treated(TensorType type, WriteRow write) {
    Value x = graphs.builder().input("x", type);
    Value zero = graphs.builder().constant("zero", Tensor.scalar(0));
    List<Value> results =
        loop(
            (builder, values) -> below(builder, values.get(0), 3),
            (builder, values) ->
                List.of(
                    plus(builder, values.get(0), 1),
                    write.apply(builder, values.get(0), values.get(1))),
            zero,
            x);
    return new EmptySequences(() -> graphs.builder().fresh())
        .apply(graphs.builder().build(List.of(results.get(1))));
  }

  private interface WriteRow {
    Value apply(GraphBuilder builder, Value turn, Value rows);
  }

  private static Value written(GraphBuilder builder, Value turn, Value rows) {
    Value row = builder.constant("row", Tensor.zeros(rows.type().dtype(), 1, 2));
    Value from =
        op(
            builder,
            "PACK",
            Attributes.of("axis", 0, "values_count", 2),
            turn,
            builder.constant("column", Tensor.scalar(0)));
    return op(builder, "DYNAMIC_UPDATE_SLICE", Attributes.NONE, rows, row, from);
  }

  @Test
  void aSequenceThatMayBeEmptyHasOneMoreRowInItsLoop() {
    Graph treated = treated(Shape.UNKNOWN, EmptySequencesTest::written);
    assertThat(ops(treated)).containsExactly("PAD", "WHILE", "STRIDED_SLICE");
    assertThat(treated.outputs().getFirst().type())
        .isEqualTo(TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 2));
  }

  @Test
  void conditionsAreJoinedSinceTheyCanNotBePadded() {
    TensorType type = TensorType.of(DType.BOOL, Shape.UNKNOWN, 2);
    assertThat(ops(treated(type, EmptySequencesTest::written)))
        .containsExactly("CONCATENATION", "WHILE", "STRIDED_SLICE");
  }

  @Test
  void rowsMayBeWrittenInABranch() {
    Graph treated = treated(Shape.UNKNOWN, (builder, turn, rows) -> inBranch(builder, turn, rows));
    assertThat(ops(treated)).containsExactly("PAD", "WHILE", "STRIDED_SLICE");
  }

  private static Value inBranch(GraphBuilder builder, Value turn, Value rows) {
    GraphBuilder writes = builder.fresh();
    Value at = writes.input("at", turn.type());
    Value before = writes.input("rows", rows.type());
    Graph writing = writes.build(List.of(written(writes, at, before)));
    GraphBuilder keeps = builder.fresh();
    keeps.input("at", turn.type());
    Value kept = keeps.input("rows", rows.type());
    return builder
        .addWithBodies(
            OpKey.builtin("IF"),
            List.of(below(builder, turn, 2), turn, rows),
            List.of(rows.type()),
            List.of(writing, keeps.build(List.of(kept))),
            "if",
            Origin.NONE)
        .getFirst();
  }

  @Test
  void aSequenceOfKnownSizeStaysAsItIs() {
    assertThat(ops(treated(3, EmptySequencesTest::written))).containsExactly("WHILE");
  }

  @Test
  void whatElseLooksAtTheSequenceWouldSeeTheRow() {
    Graph treated =
        treated(
            Shape.UNKNOWN,
            (builder, turn, rows) -> {
              Value after = written(builder, turn, rows);
              return op(builder, "MUL", NONE, after, after);
            });
    assertThat(ops(treated)).containsExactly("WHILE");
  }
}
