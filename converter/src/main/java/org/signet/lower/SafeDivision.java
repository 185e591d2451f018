package org.signet.lower;

import org.signet.ir.Value;

/**
 * Quotients and remainders of integers whose divisor may be −1: TFLite's kernels of DIV and
 * FLOOR_MOD end the process where they divide a type's least number by it, of which TensorFlow says
 * that it stays itself and leaves nothing.
 */
final class SafeDivision {
  private static final int MOST_ELEMENTS = 1 << 16;

  private SafeDivision() {}

  /** x / y, rounded towards 0, as −x / 1 where y is −1. */
  static Value quotient(Value x, Value y, Emitter emit) {
    if (!mayNegate(y, emit)) {
      return emit.builtin("DIV", x, y);
    }
    Value sign =
        emit.select(
            isMinusOne(y, emit),
            emit.scalar(y.type().dtype(), -1),
            emit.scalar(y.type().dtype(), 1));
    return emit.builtin("DIV", emit.builtin("MUL", x, sign), emit.builtin("MUL", y, sign));
  }

  /** The remainder with the divisor's sign; 1 leaves the same as −1. */
  static Value remainder(Value x, Value y, Emitter emit) {
    Value divisor =
        mayNegate(y, emit)
            ? emit.select(isMinusOne(y, emit), emit.scalar(y.type().dtype(), 1), y)
            : y;
    return emit.builtin("FLOOR_MOD", x, divisor);
  }

  private static Value isMinusOne(Value y, Emitter emit) {
    return emit.builtin("EQUAL", y, emit.scalar(y.type().dtype(), -1));
  }

  /** Whether {@code y} is no small constant without −1. */
  private static boolean mayNegate(Value y, Emitter emit) {
    if (!(y instanceof Value.Constant) || y.type().shape().elements() > MOST_ELEMENTS) {
      return true;
    }
    var divisors = emit.valueOf(y).orElseThrow();
    for (int i = 0; i < divisors.size(); i++) {
      if (divisors.getLong(i) == -1) {
        return true;
      }
    }
    return false;
  }
}
