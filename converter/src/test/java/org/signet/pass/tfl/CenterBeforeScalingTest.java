package org.signet.pass.tfl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;

class CenterBeforeScalingTest extends PatternFixture {
  private final Rule rule = new CenterBeforeScaling();
  private Value x = Value.ABSENT;
  private Value mean = Value.ABSENT;
  private Value root = Value.ABSENT;

  @BeforeEach
  void normalization() {
    x = x(2, 3, 4);
    mean = mean(x);
    root = op("RSQRT", op("ADD", mean(op("SQUARED_DIFFERENCE", x, mean)), number(1e-3)));
  }

  private Value mean(Value value) {
    return graphs.builtin("MEAN", Attributes.of("keep_dims", true), value, graphs.ints(2));
  }

  @Test
  void ofKeras() {
    Value factor = op("MUL", root, numbers(4));
    Value rest = op("ADD", op("MUL", op("NEG", mean), factor), numbers(4));
    Value y = op("ADD", op("MUL", x, factor), rest);
    assertThat(fires(rule, y)).endsWith("SUB", "MUL", "MUL", "ADD").doesNotContain("NEG");
  }

  @Test
  void withoutScaleAndShift() {
    Value y = op("ADD", op("MUL", op("NEG", mean), root), op("MUL", root, x));
    assertThat(fires(rule, y)).endsWith("RSQRT", "SUB", "MUL");
  }

  @Test
  void ofBatchNormalization() {
    Value factor = op("MUL", numbers(4), root);
    Value y = op("ADD", op("MUL", x, factor), op("SUB", numbers(4), op("MUL", mean, factor)));
    assertThat(fires(rule, y)).endsWith("SUB", "MUL", "MUL", "ADD").containsOnlyOnce("SUB");
  }

  @Test
  void theMeanOfSomethingElseStays() {
    Value other = mean(x(2, 3, 4));
    doesNotFire(rule, op("ADD", op("MUL", x, root), op("MUL", op("NEG", other), root)));
  }

  @Test
  void anotherFactorOfTheMeanStays() {
    Value y = op("ADD", op("MUL", x, root), op("MUL", op("NEG", mean), numbers(1)));
    doesNotFire(rule, y);
  }

  @Test
  void aSumIsNoDifference() {
    doesNotFire(rule, op("ADD", op("MUL", x, root), op("MUL", mean, root)));
  }
}
