package org.signet.lower;

import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Quotients of int64, for which there is FLOOR_MOD but no division. Without the remainder the
 * dividend is a multiple of the divisor; quotients of float32, rounded, take away all of it but for
 * a part of 2⁻²², three times.
 */
final class WideQuotient {
  private static final int STEPS = 3;

  /** The largest float below 2⁶³. */
  private static final float LARGEST = 9.223371e18f;

  private WideQuotient() {}

  /** Rounded towards 0. */
  static Value truncated(Value x, Value y, Emitter emit) {
    return exact(emit.builtin("SUB", x, remainder(x, y, emit)), y, emit);
  }

  /** Rounded down. */
  static Value floor(Value x, Value y, Emitter emit) {
    Value remainder = remainder(x, y, emit);
    Value quotient = exact(emit.builtin("SUB", x, remainder), y, emit);
    Value zero = emit.wide(0);
    Value otherSign =
        emit.builtin(
            "NOT_EQUAL", emit.builtin("LESS", remainder, zero), emit.builtin("LESS", y, zero));
    Value above =
        emit.builtin("LOGICAL_AND", emit.builtin("NOT_EQUAL", remainder, zero), otherSign);
    return emit.builtin("SUB", quotient, emit.cast(above, DType.INT64));
  }

  /**
   * The remainder that has the sign of {@code x}. FLOOR_MOD's has that of {@code y}: where the
   * signs differ, it is one {@code y} too far.
   */
  static Value remainder(Value x, Value y, Emitter emit) {
    Value zero = emit.scalar(x.type().dtype(), 0);
    Value part = SafeDivision.remainder(x, y, emit);
    Value otherSign =
        emit.builtin("NOT_EQUAL", emit.builtin("LESS", x, zero), emit.builtin("LESS", part, zero));
    Value tooFar = emit.builtin("LOGICAL_AND", emit.builtin("NOT_EQUAL", part, zero), otherSign);
    return emit.select(tooFar, emit.builtin("SUB", part, y), part);
  }

  /** {@code multiple} / {@code y} where nothing remains. */
  private static Value exact(Value multiple, Value y, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    Value divisor = emit.cast(y, DType.FLOAT32);
    Value rest = multiple;
    Value quotient = emit.wide(0);
    for (int step = 0; step < STEPS; step++) {
      Value share = m.round(m.divide(emit.cast(rest, DType.FLOAT32), divisor));
      Value whole = emit.cast(m.atLeast(m.atMost(share, LARGEST), -LARGEST), DType.INT64);
      quotient = emit.builtin("ADD", quotient, whole);
      rest = emit.builtin("SUB", rest, emit.builtin("MUL", whole, y));
    }
    return quotient;
  }
}
