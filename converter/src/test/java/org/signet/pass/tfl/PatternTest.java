package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/** Patterns of several operators that one, or cheaper ones, stand for. */
class PatternTest extends PatternFixture {
  private Value gate(Value x) {
    return op("RELU6", op("ADD", x, number(3)));
  }

  @Test
  void hardSwishWithTheSixthLast() {
    Value x = x(2, 3);
    Value y = op("MUL", op("MUL", gate(x), x), number(1 / 6f));
    assertThat(fires(new FuseHardSwish(), y)).containsExactly("HARD_SWISH");
  }

  @Test
  void hardSwishAsAQuotient() {
    Value x = x(2, 3);
    Value y = op("DIV", op("MUL", x, gate(x)), number(6));
    assertThat(fires(new FuseHardSwish(), y)).containsExactly("HARD_SWISH");
  }

  @Test
  void hardSwishOfAHardSigmoid() {
    Value x = x(2, 3);
    Value y = op("MUL", x, op("MUL", gate(x), number(1 / 6f)));
    assertThat(fires(new FuseHardSwish(), y)).containsExactly("HARD_SWISH");
  }

  @Test
  void noHardSwishOfTwoInputs() {
    Value x = x(2, 3);
    Value other = x(2, 3);
    doesNotFire(new FuseHardSwish(), op("DIV", op("MUL", other, gate(x)), number(6)));
  }

  @Test
  void noHardSwishWithAnotherDivisor() {
    Value x = x(2, 3);
    doesNotFire(new FuseHardSwish(), op("DIV", op("MUL", x, gate(x)), number(5)));
  }

  @Test
  void aSquareIsNoPower() {
    assertThat(fires(new ReducePower(), op("POW", x(2, 3), number(2)))).containsExactly("SQUARE");
  }

  @Test
  void divisionByAPowerOfTwoIsAProduct() {
    assertThat(fires(new ReducePower(), op("DIV", x(2, 3), number(-4)))).containsExactly("MUL");
  }

  @ParameterizedTest
  @ValueSource(floats = {3, 0, Float.POSITIVE_INFINITY, Float.MIN_VALUE})
  void divisionByWhatHasNoExactReciprocalStays(float divisor) {
    doesNotFire(new ReducePower(), op("DIV", x(2, 3), number(divisor)));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.5f, -1, 4})
  void otherPowersStay(float exponent) {
    doesNotFire(new ReducePower(), op("POW", x(2, 3), number(exponent)));
  }

  private Value product(Value left, Value right) {
    Attributes options =
        Attributes.of("adj_x", false, "adj_y", true).with("asymmetric_quantize_inputs", false);
    return graphs.builtin("BATCH_MATMUL", options, left, right);
  }

  @Test
  void transposesBecomeFlagsOfAProduct() {
    Value y = product(turned(x(2, 4, 3), 0, 2, 1), turned(x(2, 4, 5), 0, 2, 1));
    assertThat(fires(new TransposeIntoProduct(), y)).containsExactly("BATCH_MATMUL");
  }

  @Test
  void aTransposeOfTheBatchStays() {
    doesNotFire(new TransposeIntoProduct(), product(turned(x(3, 2, 4), 1, 0, 2), x(2, 5, 4)));
  }

  private static final Attributes WINDOW =
      NONE.with("padding", "VALID")
          .with("stride_h", 1)
          .with("stride_w", 1)
          .with("dilation_h_factor", 1)
          .with("dilation_w_factor", 1);

  private Value dilated(int[] block, int[] pads, int[] back, int[] crops) {
    return dilated(WINDOW, block, pads, back, crops);
  }

  private Value dilated(Attributes window, int[] block, int[] pads, int[] back, int[] crops) {
    Value split =
        op(
            "SPACE_TO_BATCH_ND",
            x(1, 7, 6, 2),
            graphs.ints(block),
            graphs.constant(Tensor.of(pads, 2, 2)));
    Value convolved = graphs.builtin("CONV_2D", window, split, numbers(4, 3, 3, 2), numbers(4));
    return op(
        "BATCH_TO_SPACE_ND", convolved, graphs.ints(back), graphs.constant(Tensor.of(crops, 2, 2)));
  }

  @Test
  void splittingAroundAConvolutionIsADilation() {
    int[] two = {2, 2};
    Value y = dilated(two, new int[] {2, 3, 2, 2}, two, new int[] {0, 1, 0, 0});
    assertThat(fires(new FuseDilation(), y)).containsExactly("PAD", "CONV_2D");
  }

  @Test
  void aDilationWithoutPadding() {
    int[] two = {2, 2};
    Value y = dilated(two, new int[] {0, 1, 0, 0}, two, new int[] {0, 1, 0, 0});
    assertThat(fires(new FuseDilation(), y)).containsExactly("CONV_2D");
  }

  @Test
  void croppingMoreThanWasPaddedIsNoDilation() {
    int[] two = {2, 2};
    doesNotFire(
        new FuseDilation(), dilated(two, new int[] {0, 1, 0, 0}, two, new int[] {1, 1, 0, 0}));
  }

  @Test
  void differentBlocksAreNoDilation() {
    Value y =
        dilated(new int[] {2, 2}, new int[] {2, 3, 2, 2}, new int[] {4, 1}, new int[] {0, 0, 0, 0});
    doesNotFire(new FuseDilation(), y);
  }

  private Value dilatedLine(int block, int[] pads, int[] crops) {
    Attributes window =
        NONE.with("padding", "VALID")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    Value split =
        op(
            "SPACE_TO_BATCH_ND",
            x(2, 9, 2),
            graphs.ints(block),
            graphs.constant(Tensor.of(pads, 1, 2)));
    int part = (9 + pads[0] + pads[1]) / block;
    Value image = shaped(split, 2 * block, 1, part, 2);
    Value convolved = graphs.builtin("CONV_2D", window, image, numbers(4, 1, 3, 2), numbers(4));
    Value lines = shaped(convolved, 2 * block, part - 2, 4);
    return op(
        "BATCH_TO_SPACE_ND", lines, graphs.ints(block), graphs.constant(Tensor.of(crops, 1, 2)));
  }

  private Value shaped(Value value, int... dims) {
    return op("RESHAPE", value, graphs.ints(dims));
  }

  @Test
  void splittingALineAroundAConvolutionIsADilation() {
    assertThat(fires(new FuseDilation(), dilatedLine(2, new int[] {2, 3}, new int[] {0, 1})))
        .containsExactly("PAD", "RESHAPE", "CONV_2D", "RESHAPE");
    assertThat(fires(new FuseDilation(), dilatedLine(3, new int[] {0, 0}, new int[] {0, 0})))
        .containsExactly("RESHAPE", "CONV_2D", "RESHAPE");
  }

  @Test
  void croppingMoreOfALineThanWasPaddedIsNoDilation() {
    doesNotFire(new FuseDilation(), dilatedLine(3, new int[] {0, 0}, new int[] {1, 0}));
  }

  /** Kernels of one pixel do not tell whether lines were put together; longer ones do. */
  @Test
  void linesThatArePutTogetherAreNoDilation() {
    Attributes window =
        NONE.with("padding", "VALID")
            .with("stride_h", 1)
            .with("stride_w", 1)
            .with("dilation_h_factor", 1)
            .with("dilation_w_factor", 1);
    Value none = graphs.constant(Tensor.of(new int[2], 1, 2));
    Value split = op("SPACE_TO_BATCH_ND", x(1, 8, 2), graphs.ints(2), none);
    Value image = shaped(split, 1, 1, 8, 2);
    Value convolved = graphs.builtin("CONV_2D", window, image, numbers(4, 1, 3, 2), numbers(4));
    Value lines = shaped(convolved, 2, 3, 4);
    doesNotFire(new FuseDilation(), op("BATCH_TO_SPACE_ND", lines, graphs.ints(2), none));
  }

  @Test
  void noHardSwishWhereNumbersWiden() {
    Value three = graphs.constant(Tensor.of(new float[] {3}, 1));
    Value x = x();
    Value gate = op("RELU6", op("ADD", x, three));
    doesNotFire(new FuseHardSwish(), op("MUL", op("MUL", x, gate), number(1 / 6f)));
  }

  private void staysSplit(Attributes window) {
    int[] two = {2, 2};
    Value y = dilated(window, two, new int[] {2, 3, 2, 2}, two, new int[] {0, 1, 0, 0});
    doesNotFire(new FuseDilation(), y);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stride_h", "stride_w", "dilation_h_factor", "dilation_w_factor"})
  void convolutionsInStepsOrDilatedStaySplit(String option) {
    staysSplit(WINDOW.with(option, 2));
  }

  @Test
  void convolutionsThatPadStaySplit() {
    staysSplit(WINDOW.with("padding", "SAME"));
  }

  @Test
  void noHardSwishWithAnotherFactor() {
    Value x = x(2, 3);
    Value fifth = number(0.2);
    doesNotFire(new FuseHardSwish(), op("MUL", op("MUL", x, gate(x)), fifth));
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("MUL", gate(x), fifth)));
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("MUL", fifth, gate(x))));
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("DIV", gate(x), number(5))));
  }

  @Test
  void noHardSwishWithTheGateOfAnotherValue() {
    Value x = x(2, 3);
    Value gate = gate(x(2, 3));
    Value sixth = number(1 / 6f);
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("MUL", gate, sixth)));
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("MUL", sixth, gate)));
    doesNotFire(new FuseHardSwish(), op("MUL", x, op("DIV", gate, number(6))));
  }

  @Test
  void noHardSwishWithAnotherGate() {
    Value x = x(2, 3);
    for (String activation : List.of("NONE", "RELU")) {
      Attributes option = Attributes.of(FusedActivation.OPTION, activation);
      Value gate = graphs.builtin("ADD", option, x, number(3));
      doesNotFire(new FuseHardSwish(), op("DIV", op("MUL", x, gate), number(6)));
    }
    Attributes relu6 = Attributes.of(FusedActivation.OPTION, "RELU6");
    Value difference = graphs.builtin("SUB", relu6, x, number(3));
    doesNotFire(new FuseHardSwish(), op("DIV", op("MUL", x, difference), number(6)));
  }

  @Test
  void noHardSwishOfAnActivation() {
    Value x = x(2, 3);
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    doesNotFire(new FuseHardSwish(), graphs.builtin("DIV", relu, op("MUL", x, gate(x)), number(6)));
  }

  @Test
  void transposesOfOtherDimensionsStay() {
    Rule rule = new TransposeIntoProduct();
    doesNotFire(rule, product(turned(x(3, 2, 5, 4), 1, 0, 3, 2), x(2, 3, 5, 5)));
    doesNotFire(rule, product(turned(x(2, 3, 4), 0, 1, 2), x(2, 5, 4)));
    doesNotFire(rule, product(op("REVERSE_V2", x(2, 3, 3), graphs.ints(0, 2, 1)), x(2, 5, 3)));
  }
}
