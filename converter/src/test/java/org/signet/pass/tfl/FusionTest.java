package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Derivations;
import org.signet.ir.Evaluator;
import org.signet.ir.Graph;
import org.signet.ir.Graphs;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Rule;
import org.signet.pass.rewrite.RuleTester;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Activations, factors and summands that go into the operator before them. */
class FusionTest {
  private static final int CHANNELS = 4;
  private static final Attributes NONE = Attributes.of(FusedActivation.OPTION, "NONE");

  private final Graphs graphs = new Graphs();

  @AfterEach
  void close() {
    graphs.close();
  }

  /** The operators with weights, each with four output channels. */
  enum Operator {
    CONV_2D,
    CONV_3D,
    DEPTHWISE_CONV_2D,
    TRANSPOSE_CONV,
    FULLY_CONNECTED
  }

  private Value numbers(int... shape) {
    return graphs.constant(Evaluator.madeUp(TensorType.of(DType.FLOAT32, shape), shape.length));
  }

  private Value operator(Operator operator, Attributes options, Value bias) {
    Attributes window = options.with("padding", "SAME").with("stride_h", 1).with("stride_w", 1);
    Attributes dilated = window.with("dilation_h_factor", 1).with("dilation_w_factor", 1);
    return switch (operator) {
      case CONV_2D ->
          graphs.builtin(
              "CONV_2D",
              dilated,
              graphs.input(DType.FLOAT32, -1, 3, 3, 2),
              numbers(CHANNELS, 2, 2, 2),
              bias);
      case CONV_3D ->
          graphs.builtin(
              "CONV_3D",
              dilated.with("stride_d", 1).with("dilation_d_factor", 1),
              graphs.input(DType.FLOAT32, -1, 3, 3, 3, 2),
              numbers(2, 2, 2, 2, CHANNELS),
              bias);
      case DEPTHWISE_CONV_2D ->
          graphs.builtin(
              "DEPTHWISE_CONV_2D",
              dilated.with("depth_multiplier", 2),
              graphs.input(DType.FLOAT32, -1, 3, 3, 2),
              numbers(1, 2, 2, CHANNELS),
              bias);
      case TRANSPOSE_CONV ->
          graphs.builtin(
              "TRANSPOSE_CONV",
              window,
              graphs.ints(2, 3, 3, CHANNELS),
              numbers(CHANNELS, 2, 2, 2),
              graphs.input(DType.FLOAT32, 2, 3, 3, 2),
              bias);
      case FULLY_CONNECTED ->
          graphs.builtin(
              "FULLY_CONNECTED",
              options.with("keep_num_dims", true),
              graphs.input(DType.FLOAT32, -1, 5, 2),
              numbers(CHANNELS, 2),
              bias);
    };
  }

  private Value operator(Operator operator) {
    return operator(operator, NONE, numbers(CHANNELS));
  }

  private void fires(Rule rule, Value output) {
    try (RuleTester tester = new RuleTester(rule)) {
      assertThat(tester.fires(graphs.build(output)).nodes()).hasSize(1);
    }
  }

  private void doesNotFire(Rule rule, Value... outputs) {
    try (RuleTester tester = new RuleTester(rule)) {
      tester.doesNotFire(graphs.build(outputs));
    }
  }

  private static Stream<Rule> folds() {
    return Stream.of(new FoldMulIntoWeights(ScalableWeights.all()), new FoldAddIntoBias());
  }

  private static String anchor(Rule rule) {
    return rule instanceof FoldMulIntoWeights ? "MUL" : "ADD";
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void aFactorPerChannelGoesIntoTheWeights(Operator operator) {
    fires(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin("MUL", NONE, operator(operator), numbers(CHANNELS)));
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  void aSummandPerChannelGoesIntoTheBias(Operator operator) {
    fires(
        new FoldAddIntoBias(), graphs.builtin("ADD", NONE, operator(operator), numbers(CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void theConstantMayStandFirst(Rule rule) {
    fires(rule, graphs.builtin(anchor(rule), NONE, numbers(CHANNELS), operator(Operator.CONV_2D)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void oneNumberIsForAllChannels(Rule rule) {
    fires(rule, graphs.builtin(anchor(rule), NONE, operator(Operator.CONV_2D), numbers()));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void leadingDimensionsOfSizeOneAreNone(Rule rule) {
    fires(
        rule,
        graphs.builtin(anchor(rule), NONE, operator(Operator.CONV_2D), numbers(1, 1, CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void anOperatorWithoutBias(Rule rule) {
    Value product = operator(Operator.FULLY_CONNECTED, NONE, Value.ABSENT);
    fires(rule, graphs.builtin(anchor(rule), NONE, product, numbers(CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void anActivationOfTheSecondStays(Rule rule) {
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    Value output =
        graphs.builtin(anchor(rule), relu, operator(Operator.CONV_2D), numbers(CHANNELS));
    try (RuleTester tester = new RuleTester(rule)) {
      Node node = tester.fires(graphs.build(output)).nodes().getFirst();
      assertThat(node.attributes().getString(FusedActivation.OPTION)).isEqualTo("RELU");
    }
  }

  @Test
  void aSummandGoesIntoTheBiasOfAnOperatorWithinASum() {
    Value other = graphs.builtin("NEG", Attributes.NONE, operator(Operator.FULLY_CONNECTED));
    Value sum = graphs.builtin("ADD", NONE, operator(Operator.FULLY_CONNECTED), other);
    Value output = graphs.builtin("ADD", NONE, numbers(CHANNELS), sum);
    try (RuleTester tester = new RuleTester(new FoldAddIntoBias())) {
      assertThat(tester.firesTo(graphs.build(output)))
          .containsExactlyInAnyOrder("FULLY_CONNECTED", "FULLY_CONNECTED", "NEG", "ADD");
    }
  }

  @Test
  void anActivationWithinASumBlocks() {
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    Value other = graphs.input(DType.FLOAT32, -1, 5, CHANNELS);
    Value active = graphs.builtin("ADD", relu, operator(Operator.FULLY_CONNECTED), other);
    doesNotFire(new FoldAddIntoBias(), graphs.builtin("ADD", NONE, numbers(CHANNELS), active));
    Value product = operator(Operator.FULLY_CONNECTED, relu, numbers(CHANNELS));
    Value sum = graphs.builtin("ADD", NONE, product, other);
    doesNotFire(new FoldAddIntoBias(), graphs.builtin("ADD", NONE, numbers(CHANNELS), sum));
  }

  @Test
  void aSumWithWhatIsComputedHasNoBias() {
    Value other = graphs.input(DType.FLOAT32, -1, 5, CHANNELS);
    Value sum = graphs.builtin("ADD", NONE, operator(Operator.FULLY_CONNECTED), other);
    doesNotFire(
        new FoldAddIntoBias(), graphs.builtin("ADD", NONE, sum, graphs.input(DType.FLOAT32, 4)));
  }

  @Test
  void aSubtrahendGoesIntoTheBias() {
    fires(
        new FoldAddIntoBias(),
        graphs.builtin("SUB", NONE, operator(Operator.CONV_2D), numbers(CHANNELS)));
  }

  @Test
  void aMinuendDoesNot() {
    doesNotFire(
        new FoldAddIntoBias(),
        graphs.builtin("SUB", NONE, numbers(CHANNELS), operator(Operator.CONV_2D)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void anActivationInBetweenBlocks(Rule rule) {
    Value active =
        operator(
            Operator.CONV_2D, Attributes.of(FusedActivation.OPTION, "RELU"), numbers(CHANNELS));
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, active, numbers(CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void anotherUserBlocks(Rule rule) {
    Value shared = operator(Operator.CONV_2D);
    doesNotFire(
        rule,
        graphs.builtin(anchor(rule), NONE, shared, numbers(CHANNELS)),
        graphs.builtin("ABS", Attributes.NONE, shared));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void beingAnOutputBlocks(Rule rule) {
    Value shared = operator(Operator.CONV_2D);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, shared, numbers(CHANNELS)), shared);
  }

  @ParameterizedTest
  @MethodSource("folds")
  void aConstantAlongAnotherDimensionBlocks(Rule rule) {
    doesNotFire(
        rule, graphs.builtin(anchor(rule), NONE, operator(Operator.CONV_2D), numbers(3, 1)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void aConstantOfHigherRankBlocks(Rule rule) {
    doesNotFire(
        rule,
        graphs.builtin(anchor(rule), NONE, operator(Operator.CONV_2D), numbers(1, 1, 1, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void aConstantThatWidensTheResultBlocks(Rule rule) {
    Value one =
        graphs.builtin(
            "FULLY_CONNECTED",
            NONE,
            graphs.input(DType.FLOAT32, -1, 2),
            numbers(1, 2),
            Value.ABSENT);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, one, numbers(CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void weightsThatAreComputedBlock(Rule rule) {
    Value weights =
        graphs.builtin("ABS", Attributes.NONE, graphs.input(DType.FLOAT32, CHANNELS, 2));
    Value product =
        graphs.builtin(
            "FULLY_CONNECTED", NONE, graphs.input(DType.FLOAT32, 1, 2), weights, Value.ABSENT);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, product, numbers(CHANNELS)));
  }

  @Test
  void aDivisorGoesIntoTheWeights() {
    fires(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin("DIV", NONE, operator(Operator.CONV_2D), numbers(CHANNELS)));
  }

  @Test
  void aDividendDoesNot() {
    doesNotFire(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin("DIV", NONE, numbers(CHANNELS), operator(Operator.CONV_2D)));
  }

  @Test
  void divisionByZeroStays() {
    Value zero = graphs.constant(Tensor.scalar(0f));
    doesNotFire(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin("DIV", NONE, operator(Operator.CONV_2D), zero));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void infinityBlocks(Rule rule) {
    Value infinite = graphs.constant(Tensor.scalar(Float.POSITIVE_INFINITY));
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, operator(Operator.CONV_2D), infinite));
  }

  @Test
  void weightsThatOthersUseAsTheyAreBlock() {
    Value.Constant weights = (Value.Constant) numbers(CHANNELS, 2);
    Value product =
        graphs.builtin(
            "FULLY_CONNECTED", NONE, graphs.input(DType.FLOAT32, 1, 2), weights, Value.ABSENT);
    doesNotFire(
        new FoldMulIntoWeights(new ScalableWeights(Set.of(weights.data()), new Derivations())),
        graphs.builtin("MUL", NONE, product, numbers(CHANNELS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RELU", "RELU6", "RELU_N1_TO_1"})
  void anActivationGoesIntoTheOperator(String activation) {
    Value output = graphs.builtin(activation, Attributes.NONE, operator(Operator.CONV_2D));
    try (RuleTester tester = new RuleTester(new FuseActivation())) {
      Graph fused = tester.fires(graphs.build(output));
      Node node = fused.nodes().getFirst();
      assertThat(fused.nodes()).hasSize(1);
      assertThat(node.attributes().getString(FusedActivation.OPTION)).isEqualTo(activation);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADD", "SUB", "MUL", "DIV"})
  void arithmeticHasAnActivationToo(String builtin) {
    Value sum = graphs.builtin(builtin, NONE, graphs.input(DType.FLOAT32, 2, 3), numbers(2, 3));
    fires(new FuseActivation(), graphs.builtin("RELU", Attributes.NONE, sum));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AVERAGE_POOL_2D", "MAX_POOL_2D"})
  void poolsHaveAnActivationToo(String builtin) {
    Attributes window =
        NONE.with("padding", "VALID")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("filter_height", 2)
            .with("filter_width", 2);
    Value pooled = graphs.builtin(builtin, window, graphs.input(DType.FLOAT32, 1, 3, 3, 2));
    fires(new FuseActivation(), graphs.builtin("RELU6", Attributes.NONE, pooled));
  }

  @Test
  void aSecondActivationStays() {
    Value once =
        operator(
            Operator.CONV_2D, Attributes.of(FusedActivation.OPTION, "RELU6"), numbers(CHANNELS));
    doesNotFire(new FuseActivation(), graphs.builtin("RELU", Attributes.NONE, once));
  }

  @Test
  void anActivationOfASharedResultStays() {
    Value shared = operator(Operator.CONV_2D);
    doesNotFire(new FuseActivation(), graphs.builtin("RELU", Attributes.NONE, shared), shared);
  }

  @Test
  void anActivationBehindAnythingElseStays() {
    Value x = graphs.builtin("ABS", Attributes.NONE, graphs.input(DType.FLOAT32, 2));
    doesNotFire(new FuseActivation(), graphs.builtin("RELU", Attributes.NONE, x));
  }

  @Test
  void integersHaveNoFusedActivation() {
    Value sum =
        graphs.builtin(
            "ADD",
            NONE,
            graphs.input(DType.INT32, 2),
            graphs.constant(Tensor.of(new int[] {-3, 4})));
    Value bounded =
        graphs.builtin("MAXIMUM", Attributes.NONE, sum, graphs.constant(Tensor.scalar(0)));
    doesNotFire(new FuseActivation(), bounded);
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-25f, 1e25f})
  void factorsThatWeightsMayNotHoldBlock(float factor) {
    Value number = graphs.constant(Tensor.scalar(factor));
    Rule rule = new FoldMulIntoWeights(ScalableWeights.all());
    doesNotFire(rule, graphs.builtin("MUL", NONE, operator(Operator.CONV_2D), number));
    doesNotFire(rule, graphs.builtin("DIV", NONE, operator(Operator.CONV_2D), number));
  }

  /** As of channels that have died in training. */
  @Test
  void aFactorThatIsSmallBesideOthersGoesIntoTheWeights() {
    Value factors = graphs.constant(Tensor.of(new float[] {1, 1e-40f, 2, 0}));
    fires(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin("MUL", NONE, operator(Operator.CONV_2D), factors));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void aConstantAlongTheRowsBlocks(Rule rule) {
    Value rows = graphs.input(DType.FLOAT32, CHANNELS, 2);
    Value product =
        graphs.builtin("FULLY_CONNECTED", NONE, rows, numbers(CHANNELS, 2), Value.ABSENT);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, product, numbers(CHANNELS, 1)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void aBiasThatIsComputedBlocks(Rule rule) {
    Value bias = graphs.input(DType.FLOAT32, CHANNELS);
    Value product = operator(Operator.CONV_2D, NONE, bias);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, product, numbers(CHANNELS)));
  }

  @ParameterizedTest
  @MethodSource("folds")
  void anOperatorOfUnknownRankBlocks(Rule rule) {
    Value x = graphs.builder().input("x", TensorType.unranked(DType.FLOAT32));
    Attributes keep = NONE.with("keep_num_dims", true);
    Value product = graphs.builtin("FULLY_CONNECTED", keep, x, numbers(CHANNELS, 2), Value.ABSENT);
    doesNotFire(rule, graphs.builtin(anchor(rule), NONE, product, numbers(CHANNELS)));
  }

  /** As of channels that are switched off. */
  @Test
  void aFactorOfZeroGoesIntoTheWeights() {
    fires(
        new FoldMulIntoWeights(ScalableWeights.all()),
        graphs.builtin(
            "MUL", NONE, operator(Operator.CONV_2D), graphs.constant(Tensor.scalar(0f))));
  }
}
