package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.signet.ir.Graph;
import org.signet.ir.Program;
import org.signet.ir.Signature;
import org.signet.ir.TransposedData;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rewriter;
import org.signet.pass.rewrite.RuleTester;
import org.signet.type.DType;
import org.signet.type.TensorType;

class UntransposeProductTest extends PatternFixture {
  private final Value matrix = numbers(3, 5);

  /** The matrix, turned over when it is read. */
  private Value turned() {
    Value.Constant source = (Value.Constant) matrix;
    return new Value.Constant(
        "w", TensorType.of(DType.FLOAT32, 5, 3), new TransposedData(source.data(), 5, 3));
  }

  /** Of the matrix as weights. */
  private Value product() {
    return graphs.builtin(
        "FULLY_CONNECTED", NONE.with("keep_num_dims", false), x(2, 3), turned(), Value.ABSENT);
  }

  private Value productFromTheLeft() {
    return graphs.builtin(
        "BATCH_MATMUL",
        NONE.with("adj_x", false).with("adj_y", false).with("asymmetric_quantize_inputs", false),
        turned(),
        x(3, 4));
  }

  private static RuleTester tester(Graph graph) {
    Signature signature =
        new Signature(
            "s", List.of("x"), graph.outputs().stream().map(value -> "output").toList(), graph);
    UntransposeProduct rule = new UntransposeProduct(new Program(List.of(signature)));
    return new RuleTester(builders -> new Rewriter(List.of(rule), builders)::apply);
  }

  @Test
  void byAMatrixThatOthersUseAsItIs() {
    Graph graph = graphs.build(product(), op("ADD", matrix, x(3, 5)));
    try (RuleTester tester = tester(graph)) {
      assertThat(tester.firesTo(graph)).containsExactlyInAnyOrder("BATCH_MATMUL", "ADD");
    }
  }

  @Test
  void byAMatrixFromTheLeftThatOthersUseAsItIs() {
    Graph graph = graphs.build(productFromTheLeft(), op("ADD", matrix, x(3, 5)));
    try (RuleTester tester = tester(graph)) {
      assertThat(tester.firesTo(graph)).containsExactlyInAnyOrder("BATCH_MATMUL", "ADD");
    }
  }

  @Test
  void byAMatrixOfItsOwnFromTheLeftItStays() {
    Graph graph = graphs.build(productFromTheLeft());
    try (RuleTester tester = tester(graph)) {
      tester.doesNotFire(graph);
    }
  }

  @Test
  void byAMatrixOfItsOwnItStays() {
    Graph graph = graphs.build(product());
    try (RuleTester tester = tester(graph)) {
      tester.doesNotFire(graph);
    }
  }

  private Graph besideTheMatrix(Value product) {
    return graphs.build(product, op("ADD", matrix, x(3, 5)));
  }

  private Value product(String activation, boolean keep, Value... operands) {
    Attributes options =
        Attributes.of("fused_activation_function", activation).with("keep_num_dims", keep);
    return graphs.builtin("FULLY_CONNECTED", options, operands);
  }

  private void becomes(Value product, String... ops) {
    Graph graph = besideTheMatrix(product);
    try (RuleTester tester = tester(graph)) {
      assertThat(tester.firesTo(graph)).containsExactlyInAnyOrder(ops);
    }
  }

  @Test
  void biasAndActivationComeAfterIt() {
    becomes(product("RELU", false, x(2, 3), turned(), numbers(5)), "BATCH_MATMUL", "ADD", "ADD");
    becomes(product("RELU", false, x(2, 3), turned(), Value.ABSENT), "BATCH_MATMUL", "RELU", "ADD");
    becomes(product("NONE", false, x(2, 3), turned()), "BATCH_MATMUL", "ADD");
  }

  @Test
  void productsOfOtherRanksStay() {
    for (Value product :
        List.of(
            product("NONE", false, x(2, 2, 3), turned()),
            product("NONE", true, x(3), turned()),
            product("NONE", false, unranked(), turned()))) {
      Graph graph = besideTheMatrix(product);
      try (RuleTester tester = tester(graph)) {
        tester.doesNotFire(graph);
      }
    }
  }
}
