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

  @Test
  void ofPowers() {
    assertThat(fires(rule, softmax(x(2, 3, 4), -1))).containsExactly("SOFTMAX");
  }

  @Test
  void withTheLargestTakenOff() {
    Value x = x(-1, 4);
    Value argument = op("SUB", x, along("REDUCE_MAX", x, 1));
    assertThat(fires(rule, softmax(argument, 1))).containsExactly("SOFTMAX");
  }

  @Test
  void anotherValuesLargestIsPartOfTheArgument() {
    Value argument = op("SUB", x(2, 4), along("REDUCE_MAX", x(2, 4), 1));
    assertThat(fires(rule, softmax(argument, 1))).containsExactly("REDUCE_MAX", "SUB", "SOFTMAX");
  }

  @Test
  void alongAnotherAxisItStays() {
    doesNotFire(rule, softmax(x(2, 3, 4), 1));
  }

  @Test
  void theSumOfOtherPowersStays() {
    doesNotFire(rule, op("DIV", op("EXP", x(2, 4)), along("SUM", op("EXP", x(2, 4)), 1)));
  }

  @Test
  void aHighRankStays() {
    doesNotFire(rule, softmax(x(1, 2, 1, 2, 3), 4));
  }

  @Test
  void anActivationOfItStays() {
    Value powers = op("EXP", x(2, 4));
    Attributes relu = Attributes.of(FusedActivation.OPTION, "RELU");
    doesNotFire(rule, graphs.builtin("DIV", relu, powers, along("SUM", powers, 1)));
  }

  @Test
  void severalAxesStay() {
    Value powers = op("EXP", x(2, 3, 4));
    Attributes keep = Attributes.of("keep_dims", true);
    doesNotFire(rule, op("DIV", powers, graphs.builtin("SUM", keep, powers, graphs.ints(2, 1))));
    Value computed = graphs.builtin("SUM", keep, powers, graphs.input(DType.INT32, 1));
    doesNotFire(rule, op("DIV", powers, computed));
  }

  @Test
  void anUnknownRankStays() {
    doesNotFire(rule, softmax(unranked(), -1));
  }

  @Test
  void sumsThatLoseTheirAxisStay() {
    Value powers = op("EXP", x(4, 4));
    Attributes drop = Attributes.of("keep_dims", false);
    doesNotFire(rule, op("DIV", powers, graphs.builtin("SUM", drop, powers, graphs.ints(1))));
  }

  @Test
  void anActivationWithinTheArgumentStays() {
    Value x = x(2, 4);
    Value argument = active("SUB", "RELU", x, along("REDUCE_MAX", x, 1));
    assertThat(fires(rule, softmax(argument, 1))).containsExactly("REDUCE_MAX", "SUB", "SOFTMAX");
  }
}
