package org.signet.kernel.vector;

/**
 * What the kernels of a provider share.
 *
 * @param plainBelow products of fewer multiply-adds run in plain loops
 * @param constants packed weights
 * @param patience for the pieces of vector code
 */
record Settings(long plainBelow, PackedConstants constants, Pieces patience) {
  /** Smaller products are done by plain loops before they would have been packed. */
  private static final long PLAIN_BELOW = 20_000;

  /** Multiply-adds that an element of an elementwise function counts for. */
  private static final int COST = 40;

  /** Multiply-adds that plain loops do in some ten milliseconds. */
  private static final long PATIENT_PRODUCTS = 20_000_000;

  /** Elements that plain loops do in some milliseconds. */
  private static final long PATIENT_ELEMENTS = 2_000_000;

  /**
   * The pieces of vector code.
   *
   * @param products of {@link MicroKernel}; in multiply-adds, as the next
   * @param depthwise of {@link DepthwiseConv2d}
   * @param pool of {@link Pool2d}; in elements, as the next
   * @param bound of {@link VectorLoops#bound}
   * @param leakyRelu of {@link VectorLoops#leakyRelu}
   * @param exp of {@link VectorLoops#exp}
   * @param logistic of {@link VectorLoops#logistic}
   */
  record Pieces(
      Patience products,
      Patience depthwise,
      Patience pool,
      Patience bound,
      Patience leakyRelu,
      Patience exp,
      Patience logistic) {

    private static Pieces of(long products, long elements) {
      return new Pieces(
          new Patience(products),
          new Patience(products),
          new Patience(elements),
          new Patience(elements),
          new Patience(elements),
          new Patience(elements),
          new Patience(elements));
    }
  }

  static Settings standard() {
    Pieces patience = Pieces.of(PATIENT_PRODUCTS, PATIENT_ELEMENTS);
    return new Settings(PLAIN_BELOW, new PackedConstants(), patience);
  }

  /** Vectors for everything, however little. */
  static Settings eager() {
    return new Settings(0, new PackedConstants(), Pieces.of(0, 0));
  }

  /** Plain loops for everything that has them, for tests. */
  static Settings patient() {
    return new Settings(0, new PackedConstants(), Pieces.of(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  /** Whether a function of so many elements is better left to the reference. */
  boolean isSmall(long elements) {
    return elements < Lanes.COUNT || elements * COST < plainBelow;
  }
}
