package org.signet.op;

/** Functions of integers, where they are not Java's own. */
public final class IntegerMath {
  private IntegerMath() {}

  /** {@code b}, checked. */
  static int divisor(int b) {
    if (b == 0) {
      throw new IllegalArgumentException("Integer division by zero");
    }
    return b;
  }

  private static long divisor(long b) {
    if (b == 0) {
      throw new IllegalArgumentException("Integer division by zero");
    }
    return b;
  }

  /** The quotient, rounded towards zero. */
  public static long divide(long a, long b) {
    return a / divisor(b);
  }

  public static long divideUnsigned(long a, long b) {
    return Long.divideUnsigned(a, divisor(b));
  }

  /** The quotient, rounded down. */
  public static long floorDivide(long a, long b) {
    return Math.floorDiv(a, divisor(b));
  }

  /** The remainder with the sign of {@code a}. */
  public static long remainder(long a, long b) {
    return a % divisor(b);
  }

  public static long remainderUnsigned(long a, long b) {
    return Long.remainderUnsigned(a, divisor(b));
  }

  /** The remainder with the sign of {@code b}. */
  public static long floorRemainder(long a, long b) {
    return Math.floorMod(a, divisor(b));
  }

  /** {@code a} to the power {@code b}, modulo 2^64. */
  public static long pow(long a, long b) {
    Shapes.require(b >= 0, "Integers to negative integer powers are not allowed: %s", b);
    long result = 1;
    long factor = a;
    for (long rest = b; rest != 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result *= factor;
      }
      factor *= factor;
    }
    return result;
  }

  public static long maxUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0 ? a : b;
  }

  public static long minUnsigned(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0 ? a : b;
  }

  /** A shift distance as TensorFlow bounds it: 0 … {@code bits}−1. */
  public static int shift(long distance, int bits) {
    return (int) Math.clamp(distance, 0, bits - 1L);
  }

  /** The same for a distance without a sign. */
  public static int unsignedShift(long distance, int bits) {
    return distance < 0 ? bits - 1 : shift(distance, bits);
  }
}
