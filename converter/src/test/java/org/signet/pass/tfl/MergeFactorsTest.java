package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signet.ir.Value;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

class MergeFactorsTest extends PatternFixture {
  private final Rule rule = new MergeFactors();

  @Test
  void twoFactorsAreOne() {
    Value x = x(2, 3);
    assertThat(fires(rule, op("MUL", op("MUL", x, numbers(3)), number(2)))).hasSize(1);
    assertThat(fires(rule, op("MUL", numbers(3), op("MUL", number(2), x)))).hasSize(1);
    assertThat(fires(rule, op("MUL", op("MUL", x, numbers(3)), numbers(3)))).hasSize(1);
  }

  @Test
  void theSecondMayWiden() {
    assertThat(fires(rule, op("MUL", op("MUL", x(3), number(2)), numbers(2, 3)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1e30, 1e-30", "2, 1e7", "1e7, 2", "2, 1e-7", "1e-7, 2", "2, NaN", "0, 2"})
  void factorsThatRunOverOrLoseBitsStay(double first, double second) {
    doesNotFire(rule, op("MUL", op("MUL", x(2, 3), number(first)), number(second)));
  }

  @Test
  void aFactorThatOthersUseStays() {
    Value inner = op("MUL", x(2, 3), number(3));
    doesNotFire(rule, op("MUL", inner, number(2)), inner);
  }

  @Test
  void aFactorThatIsComputedStays() {
    doesNotFire(rule, op("MUL", op("MUL", x(2, 3), number(2)), x()));
    doesNotFire(rule, op("MUL", op("MUL", x(2, 3), x()), number(2)));
    doesNotFire(rule, op("MUL", op("MUL", x(-1, 3), x(-1, 3)), number(2)));
  }

  @Test
  void tensorsOfUnknownRankStay() {
    Value x = graphs.builder().input("x", TensorType.of(DType.FLOAT32, Shape.unknownRank()));
    doesNotFire(rule, op("MUL", op("MUL", x, x), number(2)));
  }

  @Test
  void anActivationInBetweenStays() {
    doesNotFire(rule, op("MUL", active("MUL", "RELU6", x(2, 3), number(2)), number(3)));
  }

  /** Their product is larger than both. */
  @Test
  void aRowAndAColumnStay() {
    doesNotFire(rule, op("MUL", op("MUL", x(3, 4), numbers(3, 1)), numbers(4)));
  }

  @Test
  void integersStay() {
    Value two = graphs.constant(Tensor.scalar(2));
    doesNotFire(rule, op("MUL", op("MUL", graphs.input(DType.INT32, 3), two), two));
  }
}
