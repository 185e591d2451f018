package org.signet.op;

/** The binary functions that builtins and TensorFlow's ops share. */
public final class BinaryFunctions {
  private BinaryFunctions() {}

  public static final BinaryFunction ADD =
      BinaryFunction.of(Double::sum, Long::sum)
          .withComplex(Complex::plus)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] + b[k];
            }
          })
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] + b[k];
            }
          })
          .withLongs((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] + b[k];
            }
          });

  public static final BinaryFunction SUB =
      BinaryFunction.of((a, b) -> a - b, (a, b) -> a - b)
          .withComplex(Complex::minus)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] - b[k];
            }
          })
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] - b[k];
            }
          })
          .withLongs((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] - b[k];
            }
          });

  public static final BinaryFunction MUL =
      BinaryFunction.of((a, b) -> a * b, (a, b) -> a * b)
          .withComplex(Complex::times)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] * b[k];
            }
          })
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] * b[k];
            }
          })
          .withLongs((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] * b[k];
            }
          });

  /** The quotient; of integers rounded towards zero. */
  public static final BinaryFunction DIV =
      BinaryFunction.of((a, b) -> a / b, IntegerMath::divide)
          .withUnsignedLongs(IntegerMath::divideUnsigned)
          .withComplex(Complex::dividedBy)
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] / IntegerMath.divisor(b[k]);
            }
          })
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = a[k] / b[k];
            }
          });

  /** The larger number; NaN if either is. */
  public static final BinaryFunction MAXIMUM =
      BinaryFunction.of(Math::max, Math::max)
          .withUnsignedLongs(IntegerMath::maxUnsigned)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.max(a[k], b[k]);
            }
          })
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.max(a[k], b[k]);
            }
          })
          .withLongs((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.max(a[k], b[k]);
            }
          });

  /** The smaller number; NaN if either is. */
  public static final BinaryFunction MINIMUM =
      BinaryFunction.of(Math::min, Math::min)
          .withUnsignedLongs(IntegerMath::minUnsigned)
          .withFloats((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.min(a[k], b[k]);
            }
          })
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.min(a[k], b[k]);
            }
          })
          .withLongs((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.min(a[k], b[k]);
            }
          });

  public static final BinaryFunction SQUARED_DIFFERENCE =
      BinaryFunction.of((a, b) -> (a - b) * (a - b), (a, b) -> (a - b) * (a - b))
          .withComplex((a, b) -> a.minus(b).conjugate().times(a.minus(b)))
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              int difference = a[k] - b[k];
              out[k] = difference * difference;
            }
          });

  /** The remainder with the sign of the divisor. */
  public static final BinaryFunction FLOOR_MOD =
      BinaryFunction.of(RealMath::floorRemainder, IntegerMath::floorRemainder)
          .withUnsignedLongs(IntegerMath::remainderUnsigned)
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.floorMod(a[k], IntegerMath.divisor(b[k]));
            }
          });

  public static final BinaryFunction POW =
      BinaryFunction.of(RealMath::pow, IntegerMath::pow).withComplex(Complex::pow);

  public static final BinaryFunction ATAN2 = BinaryFunction.ofReals(Math::atan2);

  public static final BinaryFunction XOR = BinaryFunction.ofIntegers((a, b) -> a ^ b);

  private static final BinaryFunction FLOOR_DIV_INTEGERS =
      BinaryFunction.ofIntegers(IntegerMath::floorDivide)
          .withUnsignedLongs(IntegerMath::divideUnsigned)
          .withInts((a, b, out, from, to) -> {
            for (int k = from; k < to; k++) {
              out[k] = Math.floorDiv(a[k], IntegerMath.divisor(b[k]));
            }
          });

  /**
   * The quotient rounded down. Of floating numbers it is the quotient in their own type that is
   * rounded down: 1 / 0.1 in float32 is 10, although 0.1f is a little more than a tenth.
   */
  public static void floorDivide(OpCall call) {
    if (call.operand(0).dtype().isFloating()) {
      DIV.evaluate(call);
      UnaryFunctions.FLOOR.applyInPlace(call.currentResult(0));
    } else {
      FLOOR_DIV_INTEGERS.evaluate(call);
    }
  }

  /** The quotient without its fraction. */
  public static void truncateDivide(OpCall call) {
    DIV.evaluate(call);
    if (call.operand(0).dtype().isFloating()) {
      UnaryFunction.ofReals(quotient -> quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient))
          .applyInPlace(call.currentResult(0));
    }
  }

  /** Bits moved right, the sign of a signed type copied; distances are bounded to the width. */
  public static void shiftRight(OpCall call) {
    int bits = 8 * call.operand(0).dtype().bytes();
    BinaryFunction.ofIntegers((a, b) -> a >> IntegerMath.shift(b, bits))
        .withUnsignedLongs((a, b) -> a >>> IntegerMath.unsignedShift(b, bits))
        .evaluate(call);
  }
}
