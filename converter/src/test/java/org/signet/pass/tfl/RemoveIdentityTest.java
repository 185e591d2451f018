package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.tensor.Tensor;

/** Slices of all, and operators on neutral numbers. */
class RemoveIdentityTest extends PatternFixture {
  private static final Attributes OPEN = Attributes.of("begin_mask", 1, "end_mask", 1);

  private final Rule rule = new RemoveIdentity();

  private Value slice(Attributes options, Value value, int begin, int end, int step) {
    return graphs.builtin(
        "STRIDED_SLICE", options, value, graphs.ints(begin), graphs.ints(end), graphs.ints(step));
  }

  @Test
  void aSliceOfAllGoes() {
    assertThat(fires(rule, slice(OPEN, x(-1, 3), 1, 2, 1))).isEmpty();
    assertThat(fires(rule, slice(Attributes.NONE, x(4, 3), 0, 4, 1))).isEmpty();
  }

  @Test
  void aSliceFromTheEndStays() {
    doesNotFire(rule, slice(OPEN, x(4, 3), 0, 0, -1));
  }

  @Test
  void aSliceOfAPartStays() {
    doesNotFire(rule, slice(Attributes.of("begin_mask", 1), x(-1, 3), 0, 2, 1));
    doesNotFire(rule, slice(Attributes.of("end_mask", 1), x(-1, 3), 1, 0, 1));
    doesNotFire(rule, slice(Attributes.NONE, x(4, 3), 0, 3, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ellipsis_mask", "new_axis_mask", "shrink_axis_mask"})
  void aSliceWithOtherAxesStays(String mask) {
    doesNotFire(rule, slice(OPEN.with(mask, 1), x(1, 3), 0, 1, 1));
  }

  @Test
  void whatHasNoKnownRankStays() {
    doesNotFire(rule, slice(OPEN, unranked(), 0, 0, 1));
    doesNotFire(rule, graphs.builtin("SOFTMAX", Attributes.of("beta", 1f), unranked()));
    Value zeros = graphs.constant(Tensor.of(new float[3]));
    doesNotFire(rule, op("ADD", unranked(), zeros));
  }

  @Test
  void operatorsOnTwoValuesStay() {
    doesNotFire(rule, op("ADD", x(2, 3), x(2, 3)));
    doesNotFire(rule, op("MUL", x(2, 3), x(2, 3)));
  }

  @Test
  void zerosOfTheOtherOperandGo() {
    Value x = x(-1, 3);
    assertThat(fires(rule, op("ADD", op("ZEROS_LIKE", x), x))).isEmpty();
    doesNotFire(rule, op("ADD", op("ZEROS_LIKE", x(-1, 3)), x));
    doesNotFire(rule, op("MUL", op("ZEROS_LIKE", x), x));
  }

  @ParameterizedTest
  @CsvSource({"ADD, 0", "SUB, 0", "MUL, 1", "DIV, 1"})
  void anActivationOfANeutralNumberStays(String builtin, float number) {
    doesNotFire(rule, active(builtin, "RELU", x(2, 3), number(number)));
  }
}
