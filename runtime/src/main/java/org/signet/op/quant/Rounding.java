package org.signet.op.quant;

/** The roundings of integer kernels. */
public final class Rounding {
  private Rounding() {}

  /** To the nearest integer, halves away from zero, as C's {@code round}. */
  static long awayFromZero(double x) {
    return (long) (Math.signum(x) * Math.floor(Math.abs(x) + 0.5));
  }

  /** The same for a float, whose sum with a half may not be rounded. */
  public static int awayFromZero(float x) {
    return (int) awayFromZero((double) x);
  }

  /** {@code x / 2^bits} to the nearest integer, halves away from zero. */
  public static int shiftRight(int x, int bits) {
    int mask = (int) ((1L << bits) - 1);
    int rest = x & mask;
    int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> bits) + (rest > threshold ? 1 : 0);
  }
}
