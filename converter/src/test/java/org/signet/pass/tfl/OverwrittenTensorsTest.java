package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.signet.diag.Origin;
import org.signet.ir.ConstantStore;
import org.signet.ir.Graph;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.OpDefinitions;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

class OverwrittenTensorsTest {
  private final ConstantStore store = new ConstantStore();
  private final GraphBuilder graph = new GraphBuilder(OpDefinitions.standard(), store);
  private final Value.Input x = graph.input("x", TensorType.of(DType.FLOAT32, 2, 3));

  @AfterEach
  void close() {
    store.close();
  }

  private Value op(String name, Value... operands) {
    return graph.addOne(
        OpKey.builtin(name), Attributes.NONE, List.of(operands), name, Origin.ofNode(name));
  }

  private Value reshape(Value value, int... dims) {
    return op("RESHAPE", value, graph.constant("dims", Tensor.of(dims)));
  }

  private List<String> treated(Value... outputs) {
    Graph built = graph.build(List.of(outputs));
    Graph result =
        new OverwrittenTensors(() -> new GraphBuilder(OpDefinitions.standard(), store))
            .apply(built);
    return result.nodes().stream().map(node -> node.op().name()).toList();
  }

  @Test
  void aSumThatIsReadAgainIsCopiedWhereItsOtherShapeIsOverwritten() {
    Value sine = op("SIN", x);
    Value sum = op("ADD", sine, x);
    Value turned = reshape(sum, 3, 2);
    Value product = op("MUL", turned, graph.constant("two", Tensor.scalar(2f)));
    Value difference = op("SUB", sum, reshape(product, 2, 3));
    assertThat(treated(difference))
        .containsExactly("SIN", "ADD", "RESHAPE", "CAST", "MUL", "RESHAPE", "SUB");
  }

  @Test
  void viewsOfAViewAreCopiedToo() {
    Value flat = reshape(op("SIN", x), 6);
    Value turned = reshape(flat, 3, 2);
    Value product = op("MUL", turned, graph.constant("two", Tensor.scalar(2f)));
    assertThat(treated(op("ADD", flat, reshape(product, 6))))
        .containsExactly("SIN", "RESHAPE", "RESHAPE", "CAST", "MUL", "RESHAPE", "ADD");
  }

  @Test
  void whatIsNotReadAgainMayBeOverwritten() {
    Value sum = op("ADD", op("SIN", x), x);
    Value cosine = op("COS", sum);
    Value product = op("MUL", reshape(sum, 3, 2), graph.constant("two", Tensor.scalar(2f)));
    assertThat(treated(op("SUB", cosine, reshape(product, 2, 3)))).doesNotContain("CAST");
  }

  @Test
  void tfliteKeepsWhatOthersReadAndWhatCameIn() {
    Value sine = op("SIN", x);
    Value two = graph.constant("two", Tensor.scalar(2f));
    Value ofSine = op("SUB", sine, reshape(op("MUL", reshape(sine, 3, 2), two), 2, 3));
    Value ofInput = op("SUB", x, reshape(op("MUL", reshape(x, 3, 2), two), 2, 3));
    assertThat(treated(ofSine, ofInput)).doesNotContain("CAST");
  }

  @Test
  void whatHasMemoryOfItsOwnIsNotCopied() {
    Value two = graph.constant("two", Tensor.scalar(2f));
    Value flat = reshape(x, 6);
    Value ofInput = op("MUL", reshape(flat, 3, 2), two);
    assertThat(treated(op("ADD", flat, reshape(ofInput, 6)))).doesNotContain("CAST");
    Value sum = op("ADD", op("SIN", x), x);
    Value given = op("MUL", reshape(sum, 3, 2), two);
    assertThat(treated(given, op("SUB", sum, reshape(given, 2, 3)))).doesNotContain("CAST");
  }

  @Test
  void whatDoesNotFitOrIsReadAgainIsNotOverwritten() {
    Value sum = op("ADD", op("SIN", x), x);
    Value wider = op("MUL", reshape(sum, 3, 2, 1), graph.constant("c", Tensor.of(new float[5])));
    assertThat(treated(op("SUB", reshape(sum, 1, 3, 2, 1), wider))).doesNotContain("CAST");
    Value other = op("ADD", op("COS", x), x);
    Value turned = reshape(other, 3, 2);
    Value product = op("MUL", turned, graph.constant("two", Tensor.scalar(2f)));
    Value again = op("SUB", op("SUB", turned, product), reshape(other, 3, 2));
    assertThat(treated(again)).doesNotContain("CAST");
  }

  @Test
  void freeSizesMayFit() {
    Value rows = graph.input("rows", TensorType.of(DType.FLOAT32, -1, 6));
    Value sum = op("ADD", op("SIN", rows), rows);
    Value turned = reshape(sum, -1, 3, 2);
    Value product = op("MUL", turned, graph.constant("two", Tensor.scalar(2f)));
    assertThat(treated(op("SUB", sum, reshape(product, -1, 6)))).contains("CAST");
  }
}
