package org.signet.pass.stablehlo;

import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * A float32 as a shorter float would hold it, computed on its bits: the mantissa rounds to the
 * nearest, halves to even; what is too large becomes infinite, what is too small for a normal
 * number 0. NaN stays.
 */
final class ReducedPrecision {
  private static final int MANTISSA = 23;
  private static final int BIAS = 127;
  private static final int SIGN = Integer.MIN_VALUE;
  private static final int EXPONENT = 0xFF << MANTISSA;

  private ReducedPrecision() {}

  static Value of(TfEmitter emit, Value x, int exponent, int mantissa) {
    Value bits = emit.one("Bitcast", TfEmitter.types("T", x).with("type", DType.INT32), x);
    Value rounded = mantissa == MANTISSA ? bits : rounded(emit, bits, MANTISSA - mantissa);
    Value ranged = exponent == 8 ? rounded : ranged(emit, rounded, (1 << (exponent - 1)) - 1);
    Value reduced =
        emit.one("Bitcast", TfEmitter.types("T", ranged).with("type", DType.FLOAT32), ranged);
    Attributes attributes = TfEmitter.types("T", x).with("incompatible_shape_error", true);
    return emit.select(emit.one("NotEqual", attributes, x, x), x, reduced);
  }

  /** Without the last {@code cut} bits, half of what they count added, less for an even number. */
  private static Value rounded(TfEmitter emit, Value bits, int cut) {
    Value shifted = emit.plain("RightShift", bits, emit.scalar(cut));
    Value odd = emit.plain("BitwiseAnd", shifted, emit.scalar(1));
    Value half = emit.plain("AddV2", odd, emit.scalar((1 << (cut - 1)) - 1));
    Value sum = emit.plain("AddV2", bits, half);
    return emit.plain("BitwiseAnd", sum, emit.scalar(-1 << cut));
  }

  private static Value ranged(TfEmitter emit, Value bits, int bias) {
    Value size = emit.plain("BitwiseAnd", bits, emit.scalar(EXPONENT));
    Value sign = emit.plain("BitwiseAnd", bits, emit.scalar(SIGN));
    Value infinite = emit.plain("BitwiseOr", sign, emit.scalar(EXPONENT));
    Value large = emit.plain("Greater", size, emit.scalar((BIAS + bias) << MANTISSA));
    Value small = emit.plain("LessEqual", size, emit.scalar((BIAS - bias) << MANTISSA));
    return emit.select(large, infinite, emit.select(small, sign, bits));
  }
}
