package org.signet.pass.tf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.pass.rewrite.PatternFixture;
import org.signet.pass.rewrite.Rule;
import org.signet.type.DType;

/** Formulas that are like GELU's, and those that are one though they look otherwise. */
class AlmostGeluTest extends PatternFixture {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double ROOT_TWO_BY_PI = Math.sqrt(2 / Math.PI);
  private static final double CUBE_FACTOR = 0.044715;

  private final Rule rule = new FuseGelu();
  private Value x = Value.ABSENT;
  private Value y = Value.ABSENT;

  @BeforeEach
  void inputs() {
    x = x(2, 3);
    y = x(2, 3);
  }

  private Value tf(String op, Value... operands) {
    return graphs.tf(op, Attributes.of("T", DType.FLOAT32), operands);
  }

  private Value times(double factor, Value value) {
    return tf("Mul", number(factor), value);
  }

  private Value plus(Value a, Value b) {
    return tf("AddV2", a, b);
  }

  private Value gated(Value gate) {
    return tf("Mul", times(0.5, x), gate);
  }

  /** By the gate 1 + tanh(√(2/π) (x + 0.044715 cube)). */
  private Value cubic(Value cube) {
    return cubic("Tanh", ROOT_TWO_BY_PI, plus(x, times(CUBE_FACTOR, cube)));
  }

  private Value cubic(String function, double factor, Value sum) {
    return gated(plus(number(1), tf(function, times(factor, sum))));
  }

  /** By the gate 1 + tanh(factor · linear · (1 + 0.044715 square)). */
  private Value factored(double factor, Value linear, Value square) {
    Value even = plus(number(1), times(CUBE_FACTOR, square));
    return gated(plus(number(1), tf("Tanh", tf("Mul", times(factor, linear), even))));
  }

  private void stays(List<Value> outputs) {
    outputs.forEach(output -> doesNotFire(rule, output));
  }

  @Test
  void cubesAndSquaresOfEveryForm() {
    Value square = tf("Square", x);
    for (Value output :
        List.of(
            cubic(tf("Mul", x, square)),
            cubic(tf("Mul", tf("Mul", x, x), x)),
            factored(ROOT_TWO_BY_PI, x, tf("Pow", x, number(2))),
            gated(tf("Add", number(1), tf("Erf", times(ROOT_HALF, x)))),
            cubic(
                "Tanh",
                ROOT_TWO_BY_PI,
                tf("Add", x, times(CUBE_FACTOR, tf("Pow", x, number(3))))))) {
      assertThat(fires(rule, output)).containsExactly("GELU");
    }
  }

  @Test
  void otherFunctionsStay() {
    Value sum = plus(x, times(CUBE_FACTOR, tf("Pow", x, number(3))));
    stays(
        List.of(
            gated(plus(number(1), tf("Sin", times(ROOT_HALF, x)))),
            gated(plus(number(2), tf("Erf", times(ROOT_HALF, x)))),
            gated(tf("Sub", number(1), tf("Erf", times(ROOT_HALF, x)))),
            gated(plus(number(1), y)),
            cubic("Sigmoid", ROOT_TWO_BY_PI, sum),
            cubic("Tanh", 0.5, sum),
            cubic(
                "Tanh",
                ROOT_TWO_BY_PI,
                tf("Sub", x, times(CUBE_FACTOR, tf("Pow", x, number(3)))))));
  }

  @Test
  void whatIsNoCubeStays() {
    stays(
        List.of(
            cubic("Tanh", ROOT_TWO_BY_PI, plus(y, times(CUBE_FACTOR, tf("Pow", x, number(3))))),
            cubic(tf("Pow", y, number(3))),
            cubic(tf("Pow", x, number(2))),
            cubic(tf("RealDiv", x, tf("Square", x))),
            cubic(tf("Mul", y, tf("Square", x))),
            cubic(tf("Mul", tf("Square", x), y)),
            cubic(tf("Mul", x, y)),
            cubic(tf("Mul", y, x)),
            cubic(y)));
  }

  @Test
  void whatIsNoSquareStays() {
    for (Value square :
        List.of(
            tf("Exp", x),
            tf("Square", y),
            plus(x, x),
            tf("Mul", y, x),
            tf("Mul", x, y),
            tf("Pow", y, number(2)),
            tf("Pow", x, number(4)),
            tf("Maximum", x, number(2)))) {
      doesNotFire(rule, factored(ROOT_TWO_BY_PI, x, square));
    }
  }

  @Test
  void otherProductsStay() {
    Value square = tf("Square", x);
    Value even = plus(number(1), times(CUBE_FACTOR, square));
    Value odd = tf("Sub", number(1), times(CUBE_FACTOR, square));
    Value linear = times(ROOT_TWO_BY_PI, x);
    stays(
        List.of(
            factored(0.5, x, square),
            factored(ROOT_TWO_BY_PI, y, square),
            gated(plus(number(1), tf("Tanh", tf("RealDiv", linear, even)))),
            gated(plus(number(1), tf("Tanh", tf("Mul", linear, odd))))));
  }
}
