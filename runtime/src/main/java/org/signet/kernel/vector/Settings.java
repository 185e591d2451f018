package org.signet.kernel.vector;

/**
 * What the kernels of a provider share.
 *
 * @param plainBelow products of fewer multiply-adds run in plain loops
 * @param constants packed weights
 */
record Settings(long plainBelow, PackedConstants constants) {
  /** Multiply-adds that loading an element is worth. */
  private static final int COST = 40;

  /** Whether a function of so many elements is better left to the reference. */
  boolean isSmall(long elements) {
    return elements < Lanes.COUNT || elements * COST < plainBelow;
  }
}
