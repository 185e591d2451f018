package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Activations, norms and arithmetic that are written out. */
class ElementwisePatternTest extends PatternFixture {
  private final Rule leaky = new FuseLeakyRelu();
  private final Rule euclidean = new FuseL2Normalization();

  @ParameterizedTest
  @CsvSource({
    "MINIMUM, 6, MAXIMUM, 0, RELU6",
    "MAXIMUM, 0, MINIMUM, 6, RELU6",
    "MAXIMUM, -1, MINIMUM, 1, RELU_N1_TO_1",
    "MINIMUM, 1, MAXIMUM, 0, RELU_0_TO_1"
  })
  void bounds(String inner, float first, String outer, float second, String activation) {
    Value y = op(outer, number(second), op(inner, number(first), x(2, 3)));
    assertThat(fires(new FuseClip(), y)).containsExactly(activation);
  }

  @Test
  void anActivationOfAnActivation() {
    assertThat(fires(new FuseClip(), op("RELU6", op("RELU", x(2, 3))))).containsExactly("RELU6");
    assertThat(fires(new FuseClip(), op("RELU", op("MINIMUM", x(2, 3), number(1)))))
        .containsExactly("RELU_0_TO_1");
  }

  @Test
  void otherBoundsStay() {
    doesNotFire(new FuseClip(), op("MINIMUM", number(5), op("RELU", x(2, 3))));
    doesNotFire(new FuseClip(), op("MAXIMUM", number(Double.NaN), x(2, 3)));
    doesNotFire(new FuseClip(), op("MAXIMUM", numbers(3), x(2, 3)));
  }

  @Test
  void aBoundThatWidensStays() {
    Value zero = graphs.constant(Tensor.of(new float[1], 1));
    doesNotFire(new FuseClip(), op("MAXIMUM", zero, x()));
  }

  @Test
  void aBoundOfIntegersStays() {
    Value zero = graphs.constant(Tensor.scalar(0));
    doesNotFire(new FuseClip(), op("MAXIMUM", zero, graphs.input(DType.INT32, 3)));
  }

  private Value mirrored(Value x) {
    return op("RELU", op("NEG", x));
  }

  @Test
  void aDifferenceOfRelus() {
    Value x = x(2, 3);
    Value y = op("SUB", op("RELU", x), op("MUL", mirrored(x), number(0.1)));
    assertThat(fires(leaky, y)).containsExactly("LEAKY_RELU");
  }

  @Test
  void aReluAndWhatIsBelowZero() {
    Value x = x(-1, 4, 3);
    Value below = op("MUL", op("MINIMUM", number(0), x), numbers(3));
    assertThat(fires(leaky, op("ADD", op("RELU", x), below))).containsExactly("PRELU");
    Value twice = op("MUL", numbers(3), op("SUB", x, op("ABS", x)));
    assertThat(fires(leaky, op("ADD", op("RELU", x), twice))).containsExactly("PRELU");
  }

  @Test
  void aReluAndAnotherBoundStay() {
    Value x = x(2, 3);
    doesNotFire(
        leaky, op("ADD", op("RELU", x), op("MUL", op("MINIMUM", number(1), x), numbers(3))));
    Value turned = op("SUB", op("ABS", x), x);
    doesNotFire(leaky, op("ADD", op("RELU", x), op("MUL", turned, numbers(3))));
  }

  @Test
  void aSumOfRelus() {
    Value x = x(-1, 4, 3);
    Value y = op("ADD", op("MUL", numbers(1, 3), mirrored(x)), op("RELU", x));
    assertThat(fires(leaky, y)).containsExactly("PRELU");
  }

  @Test
  void relusOfDifferentValuesStay() {
    doesNotFire(leaky, op("SUB", op("RELU", x(2, 3)), op("MUL", mirrored(x(2, 3)), number(0.1))));
  }

  @Test
  void aSlopeThatIsComputedStays() {
    Value x = x(2, 3);
    doesNotFire(leaky, op("SUB", op("RELU", x), op("MUL", mirrored(x), x(2, 3))));
  }

  @Test
  void aSlopeThatWidensStays() {
    Value x = x(1, 3);
    doesNotFire(leaky, op("SUB", op("RELU", x), op("MUL", mirrored(x), numbers(2, 3))));
  }

  @Test
  void aSlopeOfHighRankStays() {
    Value x = x(1, 2, 1, 2, 3);
    doesNotFire(leaky, op("SUB", op("RELU", x), op("MUL", mirrored(x), numbers(3))));
  }

  @ParameterizedTest
  @CsvSource({"GREATER, true", "GREATER_EQUAL, true", "LESS, false", "LESS_EQUAL, false"})
  void aChoiceBySign(String comparison, boolean straight) {
    Value x = x(2, 3);
    Value product = op("MUL", x, number(0.3));
    Value condition = op(comparison, x, number(0));
    Value y = straight ? op("SELECT", condition, x, product) : op("SELECT", condition, product, x);
    assertThat(fires(leaky, y)).containsExactly("LEAKY_RELU");
  }

  @Test
  void aChoiceByAnotherBoundStays() {
    Value x = x(2, 3);
    doesNotFire(leaky, op("SELECT", op("GREATER", x, number(1)), x, op("MUL", x, number(0.3))));
  }

  @Test
  void theOtherChoiceStays() {
    Value x = x(2, 3);
    doesNotFire(leaky, op("SELECT", op("GREATER", x, number(0)), op("MUL", x, number(0.3)), x));
  }

  private Value larger(Value a, Value b) {
    return op("SELECT", op("NOT_EQUAL", a, a), a, op("MAXIMUM", a, b));
  }

  @Test
  void theLargerOfXAndItsProduct() {
    Value x = x(2, 3);
    Value product = op("MUL", x, number(0.2));
    assertThat(fires(leaky, larger(x, product))).containsExactly("LEAKY_RELU");
    assertThat(fires(leaky, larger(product, x))).containsExactly("LEAKY_RELU");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.2, 0, -0.1})
  void theLargerByAnotherFactorStays(double factor) {
    Value x = x(2, 3);
    doesNotFire(leaky, larger(x, op("MUL", x, number(factor))));
  }

  private Value squares(Value x, int axis) {
    return graphs.builtin(
        "SUM", Attributes.of("keep_dims", true), op("SQUARE", x), graphs.ints(axis));
  }

  @Test
  void aNormByARoot() {
    Value x = x(2, 3);
    Value y = op("MUL", x, op("RSQRT", op("MAXIMUM", squares(x, -1), number(1e-12))));
    assertThat(fires(euclidean, y)).containsExactly("L2_NORMALIZATION");
    y = op("DIV", x, op("MAXIMUM", op("SQRT", squares(x, 1)), number(1e-6)));
    assertThat(fires(euclidean, y)).containsExactly("L2_NORMALIZATION");
  }

  @Test
  void aNormWithAnotherBoundStays() {
    Value x = x(2, 3);
    doesNotFire(euclidean, op("MUL", x, op("RSQRT", op("MAXIMUM", squares(x, 1), number(1e-4)))));
    doesNotFire(euclidean, op("DIV", x, op("SQRT", squares(x, 1))));
  }

  @Test
  void aNormAlongAnotherDimensionStays() {
    Value x = x(2, 3);
    doesNotFire(euclidean, op("MUL", x, op("RSQRT", op("MAXIMUM", squares(x, 0), number(1e-12)))));
  }

  @Test
  void theNormOfAnotherValueStays() {
    Value y = op("RSQRT", op("MAXIMUM", squares(x(2, 3), 1), number(1e-12)));
    doesNotFire(euclidean, op("MUL", x(2, 3), y));
  }

  private Value plusExp(Value x, double number) {
    return op("ADD", op("EXP", op("NEG", x)), number(number));
  }

  @Test
  void aSigmoidAndASilu() {
    Value x = x(2, 3);
    assertThat(fires(new FuseSigmoid(), op("DIV", number(1), plusExp(x, 1))))
        .containsExactly("LOGISTIC");
    assertThat(fires(new FuseSigmoid(), op("DIV", x, plusExp(x, 1))))
        .containsExactly("LOGISTIC", "MUL");
  }

  @Test
  void noSigmoid() {
    Value x = x(2, 3);
    doesNotFire(new FuseSigmoid(), op("DIV", number(1), plusExp(x, 2)));
    doesNotFire(new FuseSigmoid(), op("DIV", x(2, 3), plusExp(x, 1)));
  }

  @Test
  void negations() {
    Rule rule = new SimplifyArithmetic();
    Value x = x(2, 3);
    assertThat(fires(rule, op("NEG", op("NEG", x)))).isEmpty();
    assertThat(fires(rule, op("ADD", x, op("NEG", x(2, 3))))).containsExactly("SUB");
    assertThat(fires(rule, op("SUB", x, op("NEG", x(2, 3))))).containsExactly("ADD");
    assertThat(fires(rule, op("SQUARE", op("ABS", x)))).containsExactly("SQUARE");
    assertThat(fires(rule, op("LOGICAL_NOT", op("EQUAL", x, number(1)))))
        .containsExactly("NOT_EQUAL");
  }

  @Test
  void aConditionTwice() {
    Value less = op("LESS", x(2), number(1));
    assertThat(fires(new SimplifyArithmetic(), op("LOGICAL_AND", less, less)))
        .containsExactly("LESS");
    Value other = op("LESS", x(2), number(2));
    doesNotFire(new SimplifyArithmetic(), op("LOGICAL_AND", less, other));
  }

  @Test
  void theNegationOfAnOrderStays() {
    doesNotFire(new SimplifyArithmetic(), op("LOGICAL_NOT", op("LESS", x(2), number(1))));
    doesNotFire(new SimplifyArithmetic(), op("SUB", op("NEG", x(2)), x(2)));
  }

  @Test
  void theReciprocalOfARootStays() {
    doesNotFire(new SimplifyArithmetic(), op("DIV", number(1), op("SQRT", x(2))));
  }

  @Test
  void aBroadcastBeforeASumGoes() {
    Rule rule = new DropBroadcast();
    Value y = op("ADD", op("BROADCAST_TO", x(1, 3), graphs.ints(2, 3)), x(2, 3));
    assertThat(fires(rule, y)).containsExactly("ADD");
    y = op("MUL", op("TILE", x(1, 3), graphs.ints(2, 1)), x(2, 3));
    assertThat(fires(rule, y)).containsExactly("MUL");
    y = op("ADD", x(1, 3), op("RESHAPE", x(1, 3), graphs.ints(3)));
    assertThat(fires(rule, y)).containsExactly("ADD");
    Value x = x(-1, 3);
    assertThat(fires(rule, op("MUL", x, op("FILL", sizes(x), number(2))))).containsExactly("MUL");
  }

  @Test
  void aLeadingOneThatAnotherOperandGivesGoes() {
    Rule rule = new DropBroadcast();
    Value lines = op("EXPAND_DIMS", op("EXPAND_DIMS", x(-1, 3), scalar(0)), scalar(1));
    assertThat(fires(rule, op("ADD", lines, x(-1, 2, -1, 3))))
        .containsExactly("EXPAND_DIMS", "ADD");
    doesNotFire(rule, op("ADD", op("EXPAND_DIMS", x(-1, 3), scalar(0)), x(-1, 3)));
    doesNotFire(rule, op("ADD", op("EXPAND_DIMS", x(-1, 3), scalar(1)), x(-1, -1, 3)));
  }

  private Value scalar(int value) {
    return graphs.constant(Tensor.scalar(value));
  }

  @Test
  void aConditionAsLargeAsWhatItChoosesFrom() {
    Value x = x(-1, 2, -1, -1);
    Value mask = graphs.input(DType.BOOL, -1, -1);
    Value chosen = op("SELECT_V2", op("LOGICAL_AND", filled(x, true), mask), x, number(-1));
    assertThat(fires(new DropBroadcast(), chosen)).containsExactly("SELECT_V2");
    Value none = op("SELECT_V2", op("LOGICAL_AND", filled(x, false), mask), x, number(-1));
    doesNotFire(new DropBroadcast(), none);
    Value other = filled(x(-1, 2, -1, -1), true);
    doesNotFire(
        new DropBroadcast(), op("SELECT_V2", op("LOGICAL_AND", other, mask), x, number(-1)));
  }

  private Value filled(Value like, boolean value) {
    return op("FILL", sizes(like), graphs.constant(Tensor.scalar(value)));
  }

  private Value sizes(Value value) {
    return graphs.builtin("SHAPE", Attributes.of("out_type", "INT32"), value);
  }

  @Test
  void aBroadcastThatWidensTheResultStays() {
    Rule rule = new DropBroadcast();
    doesNotFire(rule, op("ADD", op("BROADCAST_TO", x(1, 3), graphs.ints(2, 3)), x(1, 3)));
    doesNotFire(rule, op("MUL", op("TILE", x(2, 3), graphs.ints(1, 2)), x(2, 6)));
    doesNotFire(rule, op("ADD", op("RESHAPE", x(1, 3), graphs.ints(3)), x(3)));
    doesNotFire(rule, op("ADD", op("RESHAPE", x(3, 1), graphs.ints(3)), x(3, 3)));
  }

  @Test
  void aTransposeOfOnesIsAReshape() {
    Rule rule = new TransposeToReshape();
    assertThat(fires(rule, op("TRANSPOSE", x(-1, 5, 1, 1), graphs.ints(0, 2, 3, 1))))
        .containsExactly("RESHAPE");
    doesNotFire(rule, op("TRANSPOSE", x(-1, 5, 2, 1), graphs.ints(0, 2, 3, 1)));
    doesNotFire(rule, op("TRANSPOSE", x(-1, -1, 1, 1), graphs.ints(0, 2, 3, 1)));
  }

  @Test
  void powersThatAreCheaperOtherwise() {
    assertThat(fires(new ReducePower(), op("POW", x(2, 3), number(3))))
        .containsExactly("SQUARE", "MUL");
    assertThat(fires(new ReducePower(), op("POW", op("ABS", x(2, 3)), number(0.5))))
        .containsExactly("ABS", "SQRT");
  }

  @ParameterizedTest
  @CsvSource({"ADD, 0", "SUB, 0", "MUL, 1", "DIV, 1"})
  void aNeutralNumberGoes(String builtin, double number) {
    assertThat(fires(new RemoveIdentity(), op(builtin, x(-1, 3), number(number)))).isEmpty();
    doesNotFire(new RemoveIdentity(), op(builtin, x(-1, 3), number(number + 1)));
  }

  @ParameterizedTest
  @CsvSource({"LOGICAL_AND, true", "LOGICAL_OR, false"})
  void aNeutralConditionGoes(String builtin, boolean neutral) {
    Value x = graphs.input(DType.BOOL, -1, 3);
    Value same = op(builtin, graphs.constant(Tensor.scalar(neutral)), x);
    assertThat(fires(new RemoveIdentity(), same)).isEmpty();
    doesNotFire(new RemoveIdentity(), op(builtin, x, graphs.constant(Tensor.scalar(!neutral))));
  }

  @Test
  void aNeutralNumberThatWidensStays() {
    Value ones = graphs.constant(Tensor.of(new float[] {1, 1}, 2, 1));
    doesNotFire(new RemoveIdentity(), op("MUL", x(3), ones));
    doesNotFire(new RemoveIdentity(), op("SUB", number(0), x(3)));
  }

  @Test
  void anInfiniteSlopeStays() {
    Value x = x(2, 3);
    Value below = op("MUL", op("MINIMUM", number(0), x), number(Double.POSITIVE_INFINITY));
    doesNotFire(leaky, op("ADD", op("RELU", x), below));
  }

  @Test
  void theNegationOfWhatHasNoKernelStays() {
    Value a = graphs.input(DType.INT16, 3);
    Value b = graphs.input(DType.INT16, 3);
    doesNotFire(new SimplifyArithmetic(), op("LOGICAL_NOT", op("EQUAL", a, b)));
  }

  @Test
  void aTransposeOfNothingToAFreeSizeStays() {
    doesNotFire(new TransposeToReshape(), op("TRANSPOSE", x(-1, 1, 0), graphs.ints(1, 0, 2)));
  }

  private Value active(String builtin, Value... operands) {
    return graphs.builtin(builtin, Attributes.of(FusedActivation.OPTION, "RELU"), operands);
  }

  @Test
  void patternsWithAnActivationStay() {
    Value x = x(2, 3);
    Value below = op("MUL", op("MINIMUM", x, number(0)), number(0.1));
    doesNotFire(leaky, active("ADD", op("RELU", x), below));
    Value norm = op("RSQRT", op("MAXIMUM", squares(x, 1), number(1e-12)));
    doesNotFire(euclidean, active("MUL", x, norm));
  }

  @Test
  void activationsOfQuantizedNumbersStay() {
    doesNotFire(new FuseClip(), op("RELU6", op("RELU", graphs.input(DType.INT8, 2, 3))));
  }

  @Test
  void choicesBetweenOtherValuesStay() {
    Value x = x(2, 3);
    Value other = x(2, 3);
    Value product = op("MUL", x, number(0.2));
    Value larger = op("MAXIMUM", x, product);
    doesNotFire(leaky, op("SELECT", op("NOT_EQUAL", x, other), x, larger));
    doesNotFire(leaky, op("SELECT", op("NOT_EQUAL", other, other), x, larger));
    doesNotFire(leaky, op("SELECT", op("GREATER", other, number(0)), x, product));
    doesNotFire(leaky, op("SELECT", op("LESS", number(0), other), x, product));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aNormOfARankThatKernelsDoNotTakeStays(int rank) {
    int[] sizes = new int[rank];
    Arrays.fill(sizes, 2);
    Value x = x(sizes);
    Value norm = op("RSQRT", op("MAXIMUM", squares(x, -1), number(1e-12)));
    doesNotFire(euclidean, op("MUL", x, norm));
  }

  @Test
  void theNormByItsValueStays() {
    Value x = x(2, 3);
    doesNotFire(euclidean, op("DIV", op("MAXIMUM", op("SQRT", squares(x, 1)), number(1e-6)), x));
  }

  @Test
  void theNormOfAProductOfTwoStays() {
    Value x = x(2, 3);
    Attributes keep = Attributes.of("keep_dims", true);
    Value sum = graphs.builtin("SUM", keep, op("MUL", x, x(2, 3)), graphs.ints(1));
    doesNotFire(euclidean, op("MUL", x, op("RSQRT", op("MAXIMUM", sum, number(1e-12)))));
  }

  @Test
  void aChoiceOfTheSameIsNone() {
    Rule rule = new SimplifyArithmetic();
    Value condition = graphs.input(DType.BOOL, 2, 3);
    Value x = x(2, 3);
    assertThat(fires(rule, op("SELECT", condition, x, x))).isEmpty();
    doesNotFire(rule, op("SELECT", condition, x, x(2, 3)));
    Value row = x(3);
    doesNotFire(rule, op("SELECT_V2", condition, row, row));
  }

  @Test
  void powersThatAreNoKnownNumberStay() {
    Rule rule = new ReducePower();
    doesNotFire(rule, op("POW", x(2, 3), x()));
    doesNotFire(rule, op("POW", x(3), graphs.constant(Tensor.of(new float[] {2, 2, 3}))));
    doesNotFire(rule, op("POW", graphs.input(DType.INT32, 3), graphs.constant(Tensor.scalar(2))));
    assertThat(fires(rule, op("POW", x(2, 3), number(1)))).isEmpty();
  }
}
