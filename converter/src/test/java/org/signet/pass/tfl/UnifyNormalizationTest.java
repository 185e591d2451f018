package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/** Normalizations with squares of differences and quotients by roots. */
class UnifyNormalizationTest extends PatternFixture {
  private final Rule rule = new UnifyNormalization();
  private Value x = Value.ABSENT;
  private Value difference = Value.ABSENT;

  @BeforeEach
  void deviation() {
    x = x(2, 3, 4);
    difference = op("SUB", x, mean(x));
  }

  private Value mean(Value value) {
    return graphs.builtin("MEAN", Attributes.of("keep_dims", true), value, graphs.ints(2));
  }

  private Value root(Value squares) {
    return op("SQRT", op("ADD", mean(squares), number(1e-3)));
  }

  @Test
  void ofSquares() {
    Value y = op("DIV", difference, root(op("SQUARE", difference)));
    assertThat(fires(rule, y))
        .containsExactly("MEAN", "SUB", "SQUARED_DIFFERENCE", "MEAN", "ADD", "RSQRT", "MUL");
  }

  @Test
  void ofProducts() {
    Value y = op("DIV", difference, root(op("MUL", difference, difference)));
    assertThat(fires(rule, y)).endsWith("RSQRT", "MUL").contains("SQUARED_DIFFERENCE");
  }

  @Test
  void squaresOfOtherDifferencesStay() {
    doesNotFire(rule, op("SQUARE", op("SUB", x, mean(x(2, 3, 4)))));
  }

  @Test
  void productsOfTwoStay() {
    doesNotFire(rule, op("MUL", difference, x));
  }

  @Test
  void quotientsByOtherRootsStay() {
    doesNotFire(rule, op("DIV", difference, root(x)));
  }

  @Test
  void squaresOfOtherTypesStay() {
    Value whole = graphs.input(DType.INT64, 2, 3, 4);
    Value deviation = op("SUB", whole, mean(whole));
    doesNotFire(rule, op("MUL", deviation, deviation));
  }

  @Test
  void squaresOfHighRankStay() {
    Value image = x(1, 2, 3, 2, 2);
    doesNotFire(rule, op("SQUARE", op("SUB", image, mean(image))));
  }

  @Test
  void squaresWithAnActivationStay() {
    doesNotFire(rule, active("MUL", "RELU6", difference, difference));
    Value bounded = active("SUB", "RELU", x, mean(x));
    doesNotFire(rule, op("SQUARE", bounded));
  }

  @Test
  void squaresOfUnknownRankStay() {
    Value image = unranked();
    doesNotFire(rule, op("SQUARE", op("SUB", image, mean(image))));
  }

  @Test
  void otherQuotientsStay() {
    Value other = mean(op("SQUARED_DIFFERENCE", x, x(2, 3, 4)));
    doesNotFire(rule, op("DIV", difference, op("SQRT", op("ADD", other, number(1e-3)))));
    Value squares = mean(op("SQUARE", difference));
    Value shifted = op("DIV", difference, op("SQRT", op("ADD", squares, x(2, 3, 1))));
    assertThat(fires(rule, shifted)).endsWith("SQRT", "DIV");
    assertThat(fires(rule, op("DIV", difference, op("SQRT", squares)))).endsWith("SQRT", "DIV");
    Value undivided = op("SQUARED_DIFFERENCE", x, mean(x));
    doesNotFire(rule, op("DIV", x, root(undivided)));
  }
}
