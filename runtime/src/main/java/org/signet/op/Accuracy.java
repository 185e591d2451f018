package org.signet.op;

/**
 * How strictly a result of an op is compared; the comparison scales with the size of the numbers.
 *
 * @param relative the largest relative error
 * @param absolute the largest absolute error near zero
 */
public record Accuracy(double relative, double absolute) {
  /** Bit for bit: integers, strings, booleans, and ops that only move elements. */
  public static final Accuracy EXACT = new Accuracy(0, 0);

  /** One rounding: sums, products, square roots. */
  public static final Accuracy ROUNDED = new Accuracy(1e-6, 1e-7);

  /** Elementary functions by approximation. */
  public static final Accuracy APPROXIMATE = new Accuracy(1e-5, 1e-6);

  /** Sums of many products, whose order is free. */
  public static final Accuracy ACCUMULATED = new Accuracy(1e-4, 1e-5);
}
