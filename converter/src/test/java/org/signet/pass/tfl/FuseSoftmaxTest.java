package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/** A softmax that is written out. */
class FuseSoftmaxTest extends PatternFixture {
  private final Rule rule = new FuseSoftmax();

  private Value along(String reduction, Value value, int axis) {
    return graphs.builtin(reduction, Attributes.of("keep_dims", true), value, graphs.ints(axis));
  }

  private Value softmax(Value argument, int axis) {
    Value powers = op("EXP", argument);
    return op("DIV", powers, along("SUM", powers, axis));
  }

  private Value shifted(Value x, int axis) {
    return op("SUB", x, along("REDUCE_MAX", x, axis));
  }

  @Test
  void withTheLargestTakenOff() {
    assertThat(fires(rule, softmax(shifted(x(-1, 4), 1), 1))).containsExactly("SOFTMAX");
    assertThat(fires(rule, softmax(shifted(x(2, 3, 4), -1), -1))).containsExactly("SOFTMAX");
  }

  /** Its powers may be infinite, or all of them zero. */
  @Test
  void withoutThatItStays() {
    doesNotFire(rule, softmax(x(2, 3, 4), -1));
  }

  @Test
  void withAnotherValuesLargestItStays() {
    doesNotFire(rule, softmax(op("SUB", x(2, 4), along("REDUCE_MAX", x(2, 4), 1)), 1));
    Value x = x(4, 4);
    doesNotFire(rule, softmax(op("SUB", x, along("REDUCE_MAX", x, 0)), 1));
  }

  @Test
  void alongAnotherAxisItStays() {
    doesNotFire(rule, softmax(shifted(x(2, 3, 4), 2), 1));
  }

  @Test
  void theSumOfOtherPowersStays() {
    Value powers = op("EXP", shifted(x(2, 4), 1));
    doesNotFire(rule, op("DIV", powers, along("SUM", op("EXP", x(2, 4)), 1)));
  }

  @Test
  void aHighRankStays() {
    doesNotFire(rule, softmax(shifted(x(1, 2, 1, 2, 3), 4), 4));
  }

  @Test
  void anActivationOfItStays() {
    Value powers = op("EXP", shifted(x(2, 4), 1));
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    doesNotFire(rule, graphs.builtin("DIV", relu, powers, along("SUM", powers, 1)));
  }

  @Test
  void severalAxesStay() {
    Value powers = op("EXP", shifted(x(2, 3, 4), 2));
    Attributes keep = Attributes.of("keep_dims", true);
    doesNotFire(rule, op("DIV", powers, graphs.builtin("SUM", keep, powers, graphs.ints(2, 1))));
    Value computed = graphs.builtin("SUM", keep, powers, graphs.input(DType.INT32, 1));
    doesNotFire(rule, op("DIV", powers, computed));
  }

  @Test
  void anUnknownRankStays() {
    doesNotFire(rule, softmax(shifted(unranked(), -1), -1));
  }

  @Test
  void sumsThatLoseTheirAxisStay() {
    Value powers = op("EXP", shifted(x(4, 4), 1));
    Attributes drop = Attributes.of("keep_dims", false);
    doesNotFire(rule, op("DIV", powers, graphs.builtin("SUM", drop, powers, graphs.ints(1))));
  }

  @Test
  void anActivationWithinTheArgumentStays() {
    Value x = x(2, 4);
    Value argument = active("SUB", "RELU", x, along("REDUCE_MAX", x, 1));
    doesNotFire(rule, softmax(argument, 1));
  }
}
