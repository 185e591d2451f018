package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;

/** The logarithm of a softmax, written out. */
class FuseLogSoftmaxTest extends PatternFixture {
  private final Rule rule = new FuseLogSoftmax();

  private Value along(String reduction, Value value, int axis) {
    return graphs.builtin(reduction, Attributes.of("keep_dims", true), value, graphs.ints(axis));
  }

  private Value zeroIfInfinite(Value value) {
    Value below = op("LESS", op("ABS", value), number(Double.POSITIVE_INFINITY));
    return op("SELECT_V2", below, value, number(0));
  }

  private Value sum(Value shifted, int axis) {
    return op("LOG", along("SUM", op("EXP", shifted), axis));
  }

  private Value byLogSumExp(Value from, Value x, Value largest, int axis) {
    return op("SUB", from, op("ADD", sum(op("SUB", x, largest), axis), largest));
  }

  @Test
  void withoutTheLogarithmOfASumOfPowers() {
    Value x = x(-1, 4);
    Value y = byLogSumExp(x, x, along("REDUCE_MAX", x, -1), 1);
    assertThat(fires(rule, y)).containsExactly("LOG_SOFTMAX");
  }

  @Test
  void withTheLargestTakenOffFirst() {
    Value x = x(2, 3, 4);
    Value shifted = op("SUB", x, along("REDUCE_MAX", x, 2));
    assertThat(fires(rule, op("SUB", shifted, sum(shifted, 2)))).containsExactly("LOG_SOFTMAX");
  }

  @Test
  void fromOtherNumbersItStays() {
    Value x = x(2, 4);
    doesNotFire(rule, byLogSumExp(x(2, 4), x, along("REDUCE_MAX", x, 1), 1));
  }

  @Test
  void withoutAnotherNumberItStays() {
    Value x = x(2, 4);
    Value largest = along("REDUCE_MAX", x, 1);
    Value other = along("REDUCE_MAX", x(2, 4), 1);
    doesNotFire(rule, op("SUB", x, op("ADD", sum(op("SUB", x, largest), 1), other)));
  }

  @Test
  void whatIsRightForInfinityStays() {
    Value x = x(2, 4);
    doesNotFire(rule, byLogSumExp(x, x, zeroIfInfinite(along("REDUCE_MAX", x, 1)), 1));
  }

  @Test
  void alongAnotherAxisItStays() {
    Value x = x(4, 4);
    doesNotFire(rule, byLogSumExp(x, x, along("REDUCE_MAX", x, 0), 0));
  }

  @Test
  void aHighRankStays() {
    Value x = x(1, 2, 1, 2, 3);
    doesNotFire(rule, byLogSumExp(x, x, along("REDUCE_MAX", x, 4), 4));
  }

  @Test
  void anActivationOfItStays() {
    Value x = x(2, 4);
    Value shifted = op("SUB", x, along("REDUCE_MAX", x, 1));
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    doesNotFire(rule, graphs.builtin("SUB", relu, shifted, sum(shifted, 1)));
  }

  @Test
  void ofOtherShiftedNumbersItStays() {
    Value x = x(2, 4);
    Value shifted = op("SUB", x, along("REDUCE_MAX", x, 1));
    doesNotFire(rule, op("SUB", x, sum(shifted, 1)));
  }
}
