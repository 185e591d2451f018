package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Evaluator;
import org.signet.ir.Graph;
import org.signet.ir.Graphs;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Rule;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Rewrites that remove what says nothing. */
class CanonicalizeTest {
  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  private Graph fires(Rule rule, Value output) {
    try (RuleTester tester = new RuleTester(rule)) {
      return tester.fires(graphs.build(output));
    }
  }

  private void doesNotFire(Rule rule, Value... outputs) {
    try (RuleTester tester = new RuleTester(rule)) {
      tester.doesNotFire(graphs.build(outputs));
    }
  }

  private Value x(int... shape) {
    return graphs.input(DType.FLOAT32, shape);
  }

  private Value with(String builtin, Value x, int... ints) {
    return graphs.builtin(builtin, Attributes.NONE, x, graphs.ints(ints));
  }

  @Test
  void ofTwoReshapesTheSecondCounts() {
    Value y = with("RESHAPE", with("RESHAPE", x(-1, 6), -1, 2, 3), -1, 3, 2);
    assertThat(fires(new MergeReshapes(), y).nodes()).hasSize(1);
  }

  @Test
  void theFirstReshapeStaysForOthers() {
    Value first = with("RESHAPE", x(-1, 6), -1, 2, 3);
    Value second = with("RESHAPE", first, -1, 3, 2);
    try (RuleTester tester = new RuleTester(new MergeReshapes())) {
      assertThat(tester.fires(graphs.build(first, second)).nodes())
          .hasSize(2)
          .allMatch(node -> node.operand(0) instanceof Value.Input);
    }
  }

  @Test
  void aReshapeToTheSameShapeGoes() {
    assertThat(fires(new MergeReshapes(), with("RESHAPE", x(2, 3), 2, 3)).nodes()).isEmpty();
    assertThat(fires(new MergeReshapes(), with("RESHAPE", x(-1, 3), -1, 3)).nodes()).isEmpty();
  }

  @Test
  void aReshapeWithTwoFreeSizesMayMoveThem() {
    Value target = graphs.input(DType.INT32, 2);
    Value y = graphs.builtin("RESHAPE", Attributes.NONE, x(-1, -1), target);
    doesNotFire(new MergeReshapes(), y);
  }

  @Test
  void aReshapeToAnotherShapeStays() {
    doesNotFire(new MergeReshapes(), with("RESHAPE", x(2, 3), 3, 2));
  }

  @Test
  void twoTransposesAreOne() {
    Value y = with("TRANSPOSE", with("TRANSPOSE", x(2, 3, 4), 1, 2, 0), 0, 2, 1);
    assertThat(fires(new MergeTransposes(), y).nodes()).hasSize(1);
  }

  @Test
  void aTransposeAndItsInverseAreNone() {
    Value y = with("TRANSPOSE", with("TRANSPOSE", x(-1, 3, 4), 1, 2, 0), 2, 0, 1);
    assertThat(fires(new MergeTransposes(), y).nodes()).isEmpty();
  }

  @Test
  void ordersThatAreComputedStay() {
    Value order = graphs.input(DType.INT32, 3);
    Value first = graphs.builtin("TRANSPOSE", Attributes.NONE, x(2, 2, 2), order);
    doesNotFire(new MergeTransposes(), with("TRANSPOSE", first, 0, 2, 1));
  }

  @Test
  void axesFromTheEnd() {
    Value y = with("TRANSPOSE", with("TRANSPOSE", x(2, 3, 4), 1, -1, 0), 0, -1, 1);
    assertThat(fires(new MergeTransposes(), y).nodes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSPOSE, 0 1",
    "PAD, 0 0 0 0",
    "TILE, 1 1",
    "BROADCAST_TO, 2 3",
  })
  void whatLeavesTheOperandAsItIsGoes(String builtin, String ints) {
    Value operand = graphs.constant(tensor(builtin, ints));
    Value y = graphs.builtin(builtin, Attributes.NONE, x(2, 3), operand);
    assertThat(fires(new RemoveIdentity(), y).nodes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSPOSE, 1 0",
    "PAD, 0 0 0 1",
    "TILE, 1 2",
    "BROADCAST_TO, 2 2 3",
  })
  void whatDoesNotStays(String builtin, String ints) {
    Value operand = graphs.constant(tensor(builtin, ints));
    doesNotFire(new RemoveIdentity(), graphs.builtin(builtin, Attributes.NONE, x(2, 3), operand));
  }

  private static Tensor tensor(String builtin, String ints) {
    String[] words = ints.split(" ", -1);
    int[] values = new int[words.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Integer.parseInt(words[i]);
    }
    return builtin.equals("PAD") ? Tensor.of(values, 2, 2) : Tensor.of(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOG_SOFTMAX", "SOFTMAX"})
  void aSoftmaxOfNothingGoes(String builtin) {
    Attributes options = builtin.equals("SOFTMAX") ? Attributes.of("beta", 1f) : Attributes.NONE;
    Value empty = graphs.builtin(builtin, options, x(2, 0));
    assertThat(fires(new RemoveIdentity(), empty).nodes()).isEmpty();
    doesNotFire(new RemoveIdentity(), graphs.builtin(builtin, options, x(2, 3)));
  }

  @Test
  void aBroadcastOfAFreeSizeStays() {
    Value target = graphs.input(DType.INT32, 2);
    doesNotFire(
        new RemoveIdentity(), graphs.builtin("BROADCAST_TO", Attributes.NONE, x(-1, 3), target));
  }

  @Test
  void aCastToItsOwnTypeGoes() {
    Attributes same = Attributes.of("in_data_type", "FLOAT32", "out_data_type", "FLOAT32");
    assertThat(fires(new RemoveIdentity(), graphs.builtin("CAST", same, x(2))).nodes()).isEmpty();
  }

  @Test
  void aCastToAnotherTypeStays() {
    Attributes other = Attributes.of("in_data_type", "FLOAT32", "out_data_type", "INT32");
    doesNotFire(new RemoveIdentity(), graphs.builtin("CAST", other, x(2)));
  }

  private Value product(Value x) {
    return graphs.builtin(
        "FULLY_CONNECTED",
        Attributes.of(FusedActivation.OPTION, "NONE"),
        x,
        graphs.constant(Evaluator.madeUp(TensorType.of(DType.FLOAT32, 4, 2), 1)),
        Value.ABSENT);
  }

  private Value plus(Value sum, int... shape) {
    return graphs.builtin(
        "ADD",
        Attributes.of(FusedActivation.OPTION, "NONE"),
        sum,
        graphs.constant(Evaluator.madeUp(TensorType.of(DType.FLOAT32, shape), 2)));
  }

  @Test
  void aSumBehindAReshapeMovesToItsOperator() {
    Value y = plus(with("RESHAPE", product(x(-1, 2)), -1, 3, 4), 4);
    assertThat(fires(new MoveBeforeReshape(), y).nodes())
        .extracting(node -> node.op().name())
        .containsExactly("FULLY_CONNECTED", "ADD", "RESHAPE");
  }

  @Test
  void aSumBehindADivisionIntoHeadsMovesToItsOperator() {
    Value y = plus(with("RESHAPE", product(x(-1, 2)), -1, 2, 2), 2, 2);
    assertThat(fires(new MoveBeforeReshape(), y).nodes())
        .extracting(node -> node.op().name())
        .containsExactly("FULLY_CONNECTED", "ADD", "RESHAPE");
    doesNotFire(new MoveBeforeReshape(), plus(with("RESHAPE", product(x(3, 2)), 3, 2, 2), 3, 2, 2));
  }

  @Test
  void aSumStaysWhereTheReshapeChangesTheLastDimension() {
    doesNotFire(new MoveBeforeReshape(), plus(with("RESHAPE", product(x(6, 2)), 8, 3), 3));
  }

  @Test
  void aSumStaysBehindAReshapeOfAnythingElse() {
    Value abs = graphs.builtin("ABS", Attributes.NONE, x(6, 4));
    doesNotFire(new MoveBeforeReshape(), plus(with("RESHAPE", abs, 2, 3, 4), 4));
  }

  @Test
  void aSumStaysBehindAReshapeThatOthersRead() {
    Value reshaped = with("RESHAPE", product(x(6, 2)), 2, 3, 4);
    doesNotFire(new MoveBeforeReshape(), plus(reshaped, 4), reshaped);
  }

  @Test
  void aSummandOfMoreDimensionsStays() {
    doesNotFire(new MoveBeforeReshape(), plus(with("RESHAPE", product(x(6, 2)), 2, 3, 4), 1, 1, 4));
  }

  @Test
  void anUpdateOfAllIsTheUpdate() {
    Value begin = graphs.input(DType.INT32, 2);
    Value whole = graphs.builtin("DYNAMIC_UPDATE_SLICE", Attributes.NONE, x(2, 3), x(2, 3), begin);
    assertThat(fires(new RemoveIdentity(), whole).nodes()).isEmpty();
    doesNotFire(
        new RemoveIdentity(),
        graphs.builtin("DYNAMIC_UPDATE_SLICE", Attributes.NONE, x(2, 3), x(1, 3), begin));
    doesNotFire(
        new RemoveIdentity(),
        graphs.builtin("DYNAMIC_UPDATE_SLICE", Attributes.NONE, x(-1, 3), x(-1, 3), begin));
  }

  @Test
  void aSumStaysBehindLongArithmetic() {
    Value y = product(x(6, 2));
    for (int i = 0; i < 20_000; i++) {
      y = plus(y, 4);
    }
    doesNotFire(new MoveBeforeReshape(), plus(with("RESHAPE", y, 2, 3, 4), 4));
  }

  @Test
  void otherOpsBeforeAReshapeOrATransposeStay() {
    doesNotFire(
        new MergeReshapes(),
        with("RESHAPE", graphs.builtin("ABS", Attributes.NONE, x(2, 3)), 3, 2));
    Value mirrored = with("REVERSE_V2", x(2, 3), 1, 0);
    doesNotFire(new MergeTransposes(), with("TRANSPOSE", mirrored, 1, 0));
  }

  @Test
  void anOuterOrderThatIsComputedStays() {
    Value order = graphs.input(DType.INT32, 3);
    Value first = with("TRANSPOSE", x(2, 2, 2), 0, 2, 1);
    doesNotFire(new MergeTransposes(), graphs.builtin("TRANSPOSE", Attributes.NONE, first, order));
    doesNotFire(
        new TransposeToReshape(),
        graphs.builtin("TRANSPOSE", Attributes.NONE, x(5), graphs.input(DType.INT32, 1)));
  }

  @Test
  void anActivationBehindAReshapeMovesToItsOperator() {
    Value y = graphs.builtin("RELU", Attributes.NONE, with("RESHAPE", product(x(6, 2)), 2, 3, 4));
    assertThat(fires(new MoveBeforeReshape(), y).nodes())
        .extracting(node -> node.op().name())
        .containsExactly("FULLY_CONNECTED", "RELU", "RESHAPE");
  }

  @Test
  void aSummandOfTheReshapesRankThatTheOperatorHasNotStays() {
    Value flat = with("RESHAPE", product(x(1, 2)), 4);
    doesNotFire(new MoveBeforeReshape(), plus(flat, 1, 4));
  }

  @Test
  void aSumStaysBehindAShapeOfUnknownRank() {
    Value sizes = graphs.builder().input("sizes", TensorType.of(DType.INT32, -1));
    Value y = graphs.builtin("RESHAPE", Attributes.NONE, product(x(6, 2)), sizes);
    doesNotFire(new MoveBeforeReshape(), plus(y, 4));
  }

  @Test
  void aSummandThatIsComputedStays() {
    Value reshaped = with("RESHAPE", product(x(6, 2)), 2, 3, 4);
    Attributes plain = Attributes.of(FusedActivation.OPTION, "NONE");
    doesNotFire(new MoveBeforeReshape(), graphs.builtin("ADD", plain, reshaped, x(4)));
  }

  @Test
  void aShapeOfUnknownRankStays() {
    Value x = graphs.builder().input("x", TensorType.unranked(DType.FLOAT32));
    Value sizes = graphs.builder().input("sizes", TensorType.of(DType.INT32, -1));
    doesNotFire(new MergeReshapes(), graphs.builtin("RESHAPE", Attributes.NONE, x, sizes));
  }
}
