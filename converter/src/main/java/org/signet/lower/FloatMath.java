package org.signet.lower;

import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Expressions of float32 builtins. The kernels of ADD, SUB, MUL and DIV turn an infinite result
 * into the largest float; where an infinity may come up, it is got from MAXIMUM or SELECT.
 */
final class FloatMath {
  private final Emitter emit;

  FloatMath(Emitter emit) {
    this.emit = emit;
  }

  Value number(double value) {
    return emit.scalar((float) value);
  }

  Value add(Value x, Value y) {
    return emit.builtin("ADD", x, y);
  }

  Value add(Value x, double y) {
    return add(x, number(y));
  }

  Value subtract(Value x, Value y) {
    return emit.builtin("SUB", x, y);
  }

  Value subtract(double x, Value y) {
    return subtract(number(x), y);
  }

  Value multiply(Value x, Value y) {
    return emit.builtin("MUL", x, y);
  }

  Value multiply(Value x, double y) {
    return multiply(x, number(y));
  }

  Value divide(Value x, Value y) {
    return emit.builtin("DIV", x, y);
  }

  Value divide(double x, Value y) {
    return divide(number(x), y);
  }

  Value squared(Value x) {
    return emit.builtin("SQUARE", x);
  }

  Value zeros(Value like) {
    return emit.builtin("ZEROS_LIKE", like);
  }

  Value both(Value a, Value b) {
    return emit.builtin("LOGICAL_AND", a, b);
  }

  Value negate(Value x) {
    return emit.builtin("NEG", x);
  }

  Value abs(Value x) {
    return emit.builtin("ABS", x);
  }

  Value sqrt(Value x) {
    return emit.builtin("SQRT", x);
  }

  Value exp(Value x) {
    return emit.builtin("EXP", x);
  }

  Value log(Value x) {
    return emit.builtin("LOG", x);
  }

  Value isNan(Value x) {
    return emit.builtin("NOT_EQUAL", x, x);
  }

  Value sign(Value x) {
    return emit.builtin("SIGN", x);
  }

  Value floor(Value x) {
    return emit.builtin("FLOOR", x);
  }

  Value round(Value x) {
    return emit.builtin("ROUND", x);
  }

  /** To the nearest whole number, halves away from zero. */
  Value roundAway(Value x) {
    Value size = abs(x);
    Value floor = floor(size);
    Value up = emit.cast(less(subtract(size, floor), 0.5), DType.FLOAT32);
    return multiply(sign(x), subtract(add(floor, 1), up));
  }

  Value sin(Value x) {
    return emit.builtin("SIN", x);
  }

  Value cos(Value x) {
    return emit.builtin("COS", x);
  }

  /** The angle of (x, y), all of one shape. */
  Value arc(Value y, Value x) {
    return emit.builtin("ATAN2", y, x);
  }

  /** The other leg of a right triangle with a hypotenuse of 1: sqrt((1 − x) (1 + x)). */
  Value legOf(Value x) {
    return sqrt(multiply(subtract(1, x), add(x, 1)));
  }

  Value larger(Value x, Value y) {
    return emit.builtin("MAXIMUM", x, y);
  }

  Value smaller(Value x, Value y) {
    return emit.builtin("MINIMUM", x, y);
  }

  Value less(Value x, double y) {
    return less(x, number(y));
  }

  Value less(Value x, Value y) {
    return emit.builtin("LESS", x, y);
  }

  Value greater(Value x, double y) {
    return emit.builtin("GREATER", x, number(y));
  }

  Value equal(Value x, double y) {
    return equal(x, number(y));
  }

  Value equal(Value x, Value y) {
    return emit.builtin("EQUAL", x, y);
  }

  Value select(Value condition, Value whenTrue, Value whenFalse) {
    return emit.select(condition, whenTrue, whenFalse);
  }

  /** The smaller of x and a number; NaN where x is. */
  Value atMost(Value x, double y) {
    return emit.builtin("MINIMUM", number(y), x);
  }

  /** The larger of x and a number; NaN where x is. */
  Value atLeast(Value x, double y) {
    return emit.builtin("MAXIMUM", number(y), x);
  }

  /** The polynomial of these coefficients, highest power first, at x; by Horner's rule. */
  Value polynomial(Value x, double... coefficients) {
    Value sum = add(multiply(x, coefficients[0]), coefficients[1]);
    for (int i = 2; i < coefficients.length; i++) {
      sum = add(multiply(sum, x), coefficients[i]);
    }
    return sum;
  }

  /** x as often as {@code like} has elements. */
  Value filled(double x, Value like) {
    return emit.builtin("FILL", emit.shapeOf(like), number(x));
  }

  /** exp(x) − 1, accurate near 0: ELU is that for negative x, and exp(x) (1 − exp(−x)) the rest. */
  Value expMinusOne(Value x) {
    Value below = emit.builtin("ELU", negate(abs(x)));
    Value power = exp(x);
    Value positive = negate(multiply(power, below));
    // From 18 on the 1 is less than half of the last bit.
    return select(less(x, 0), below, select(greater(x, 18), power, positive));
  }

  /**
   * log(1 + x), accurate near 0. The rounding error of u = 1 + x is made up for by the factor x /
   * (u − 1); W. Kahan's formula.
   */
  Value logOfOnePlus(Value x) {
    Value sum = add(x, 1);
    Value far = log(emit.builtin("MAXIMUM", sum, x)); // the sum of infinity is the largest float
    return select(greater(abs(x), 0.5), far, logOfOnePlusSmall(x, sum));
  }

  /** log(1 + x) for x between −0.5 and 1. */
  Value logOfOnePlusSmall(Value x) {
    return logOfOnePlusSmall(x, add(x, 1));
  }

  private Value logOfOnePlusSmall(Value x, Value sum) {
    Value seen = add(sum, -1);
    return select(equal(seen, 0), x, multiply(log(sum), divide(x, seen)));
  }
}
