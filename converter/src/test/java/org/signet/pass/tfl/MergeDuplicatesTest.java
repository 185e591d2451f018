package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Graphs;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class MergeDuplicatesTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private Graph merge(Value... outputs) {
    return new MergeDuplicates(OpDefinitions.standard(), graphs.builder()::fresh)
        .apply(graphs.build(outputs));
  }

  private Value plus(Value x, float... values) {
    return graphs.builtin("ADD", Attributes.NONE, x, graphs.constant(Tensor.of(values)));
  }

  @Test
  void theSameOpOnTheSameOperandsIsComputedOnce() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value a = graphs.builtin("NEG", Attributes.NONE, plus(x, 1, 2));
    Value b = graphs.builtin("NEG", Attributes.NONE, plus(x, 1, 2));
    Graph merged = merge(a, b);
    assertThat(merged.nodes()).hasSize(2);
    assertThat(merged.outputs().get(0)).isSameAs(merged.outputs().get(1));
  }

  @Test
  void otherConstantsAttributesOrOperandsAreOthers() {
    Value x = graphs.input(DType.FLOAT32, 2);
    Value y = graphs.input(DType.FLOAT32, 2);
    Attributes relu = Attributes.of("fused_activation_function", "RELU");
    Graph merged =
        merge(
            plus(x, 1, 2),
            plus(x, 1, 3),
            plus(y, 1, 2),
            graphs.builtin("ADD", relu, x, graphs.constant(Tensor.of(new float[] {1, 2}))));
    assertThat(merged.nodes()).hasSize(4);
  }

  @Test
  void equalBytesOfAnotherTypeOrShapeAreOthers() {
    Value x = graphs.input(DType.FLOAT32, 1, 1);
    Graph merged =
        merge(
            graphs.builtin("ADD", Attributes.NONE, x, graphs.constant(Tensor.scalar(0f))),
            plus(x, 0));
    assertThat(merged.nodes()).hasSize(2);
  }

  @Test
  void zerosOfDifferentSignAreOthers() {
    Value x = graphs.input(DType.FLOAT32, 1);
    assertThat(merge(plus(x, 0f), plus(x, -0f)).nodes()).hasSize(2);
  }

  @Test
  void whatReadsStateIsReadEachTime() {
    OpKey read = OpKey.builtin("READ_VARIABLE");
    List<TensorType> types = List.of(TensorType.of(DType.FLOAT32, Shape.of(2)));
    List<TensorType> resource = List.of(TensorType.of(DType.RESOURCE));
    var builder = graphs.builder();
    Value handle =
        builder
            .add(
                OpKey.builtin("VAR_HANDLE"), Attributes.NONE, List.of(), resource, "v", Origin.NONE)
            .getFirst();
    Value a =
        builder.add(read, Attributes.NONE, List.of(handle), types, "a", Origin.NONE).getFirst();
    Value b =
        builder.add(read, Attributes.NONE, List.of(handle), types, "b", Origin.NONE).getFirst();
    assertThat(merge(a, b).nodes()).hasSize(3);
  }

  @Test
  void opsWithoutDefinitionAreLeftAlone() {
    Value x = graphs.input(DType.FLOAT32, 2);
    List<TensorType> types = List.of(TensorType.of(DType.FLOAT32, Shape.of(2)));
    OpKey mine = OpKey.custom("Mine");
    var builder = graphs.builder();
    Value a = builder.add(mine, Attributes.NONE, List.of(x), types, "a", Origin.NONE).getFirst();
    Value b = builder.add(mine, Attributes.NONE, List.of(x), types, "b", Origin.NONE).getFirst();
    assertThat(merge(a, b).nodes()).hasSize(2);
  }

  @Test
  void branchesOfTheSameOperandsAreOthers() {
    Value choice = graphs.input(DType.BOOL);
    Value x = graphs.input(DType.FLOAT32, 2);
    assertThat(merge(either(choice, x, "NEG"), either(choice, x, "ABS")).nodes()).hasSize(2);
  }

  /** x, or what an operator makes of it. */
  private Value either(Value choice, Value x, String op) {
    GraphBuilder then = graphs.builder().fresh();
    Value inner = then.input("x", x.type());
    Value result = then.addOne(OpKey.builtin(op), Attributes.NONE, List.of(inner), op, Origin.NONE);
    GraphBuilder otherwise = graphs.builder().fresh();
    Value same = otherwise.input("x", x.type());
    return graphs
        .builder()
        .addWithBodies(
            OpKey.builtin("IF"),
            List.of(choice, x),
            List.of(x.type()),
            List.of(then.build(List.of(result)), otherwise.build(List.of(same))),
            "if",
            Origin.NONE)
        .getFirst();
  }
}
