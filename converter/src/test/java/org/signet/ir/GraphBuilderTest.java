package org.signet.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Code;
import org.signet.diag.Origin;
import org.signet.diag.SignetException;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class GraphBuilderTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private static boolean isFolded(Value value) {
    return value instanceof Value.Constant;
  }

  @Test
  void constantOperandsMakeConstants() {
    Value sum = graphs.builtin("ADD", Attributes.NONE, graphs.ints(1, 2), graphs.ints(10, 20));
    assertThat(graphs.builder().constantValue(sum).orElseThrow().toInts()).containsExactly(11, 22);
    assertThat(sum.name()).isEqualTo("ADD");
    assertThat(graphs.build(sum).nodes()).isEmpty();
  }

  @Test
  void anOperandThatIsNotConstantMakesANode() {
    Value sum =
        graphs.builtin("ADD", Attributes.NONE, graphs.input(DType.INT32, 2), graphs.ints(1, 2));
    assertThat(isFolded(sum)).isFalse();
    assertThat(graphs.build(sum).nodes()).hasSize(1);
  }

  @Test
  void aFillStaysAnOpUnlessSmall() {
    Value one = graphs.constant(Tensor.scalar(1f));
    assertThat(isFolded(graphs.builtin("FILL", Attributes.NONE, graphs.ints(100, 100), one)))
        .isTrue();
    assertThat(isFolded(graphs.builtin("FILL", Attributes.NONE, graphs.ints(1000, 1000), one)))
        .isFalse();
    assertThat(isFolded(graphs.builtin("FILL", Attributes.NONE, graphs.ints(50000, 50000), one)))
        .isFalse();
  }

  @Test
  void largeOperandsMayMakeResultsNoLarger() {
    Value weights = graphs.constant(Tensor.zeros(DType.FLOAT32, 200, 300));
    Value turned = graphs.builtin("TRANSPOSE", Attributes.NONE, weights, graphs.ints(1, 0));
    assertThat(isFolded(turned)).isTrue();
    assertThat(turned.type().shape()).isEqualTo(Shape.of(300, 200));
    Value tiled = graphs.builtin("TILE", Attributes.NONE, weights, graphs.ints(2, 1));
    assertThat(isFolded(tiled)).isFalse();
  }

  @Test
  void stateIsNeverFolded() {
    List<Value> handle =
        graphs
            .builder()
            .add(
                OpKey.builtin("VAR_HANDLE"),
                Attributes.of("container", "", "shared_name", "v"),
                List.of(),
                List.of(TensorType.of(DType.RESOURCE)),
                "v",
                Origin.NONE);
    assertThat(isFolded(handle.getFirst())).isFalse();
  }

  @Test
  void anOpWithoutDefinitionKeepsItsDeclaredTypes() {
    TensorType type = TensorType.of(DType.INT64, Shape.of(3, -1));
    List<Value> results =
        graphs
            .builder()
            .add(
                OpKey.custom("Mine"),
                Attributes.NONE,
                List.of(graphs.ints(1)),
                List.of(type, TensorType.of(DType.BOOL)),
                "mine",
                Origin.NONE);
    assertThat(results).extracting(Value::type).containsExactly(type, TensorType.of(DType.BOOL));
    assertThat(results).extracting(Value::name).containsExactly("mine", "mine:1");
  }

  @Test
  void declaredShapesRefineInferredOnes() {
    Value x = graphs.input(DType.FLOAT32, -1, 4);
    List<Value> results =
        graphs
            .builder()
            .add(
                OpKey.builtin("ABS"),
                Attributes.NONE,
                List.of(x),
                List.of(TensorType.of(DType.FLOAT32, Shape.of(8, -1))),
                "abs",
                Origin.NONE);
    assertThat(results.getFirst().type().shape()).isEqualTo(Shape.of(8, 4));
  }

  @Test
  void aContradictionSaysWhere() {
    Value a = graphs.input(DType.FLOAT32, 2);
    Value b = graphs.input(DType.FLOAT32, 3);
    SignetException e =
        catchThrowableOfType(
            SignetException.class, () -> graphs.builtin("ADD", Attributes.NONE, a, b));
    assertThat(e.code()).isEqualTo(Code.INVALID_GRAPH);
    assertThat(e).hasMessageContainingAll("ADD", "[2]", "[3]", "node 'n'");
  }

  @Test
  void anAbsentOperandDoesNotHinderFolding() {
    Value x = graphs.constant(Tensor.of(new float[] {1, 2}, 1, 2));
    Value w = graphs.constant(Tensor.of(new float[] {3, 4}, 1, 2));
    Value product = graphs.builtin("FULLY_CONNECTED", Attributes.NONE, x, w, Value.ABSENT);
    Tensor value = graphs.builder().constantValue(product).orElseThrow();
    assertThat(value.floats()[0]).isEqualTo(11);
  }

  @Test
  void whatIsMadeOfALargeConstantTwiceIsMadeOnce() {
    Value weights = graphs.constant(Tensor.zeros(DType.FLOAT32, 100, 200));
    Value first = graphs.builtin("TRANSPOSE", Attributes.NONE, weights, graphs.ints(1, 0));
    Value second = graphs.builtin("TRANSPOSE", Attributes.NONE, weights, graphs.ints(1, 0));
    assertThat(((Value.Constant) first).data()).isSameAs(((Value.Constant) second).data());
  }
}
