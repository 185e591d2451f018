package org.signet.type;

import java.util.Arrays;

/**
 * The shape of a tensor: unknown rank, or a list of sizes of which any may be unknown ({@value
 * #UNKNOWN}).
 *
 * <p>Sizes are 32-bit as in TFLite. Immutable.
 */
public final class Shape {
  /** The size of a dimension that is only known when the model runs. */
  public static final int UNKNOWN = -1;

  private static final Shape UNKNOWN_RANK = new Shape(false, new int[0]);
  private static final Shape SCALAR = new Shape(true, new int[0]);

  private final boolean ranked;
  private final int[] dims;

  private Shape(boolean ranked, int[] dims) {
    this.ranked = ranked;
    this.dims = dims;
  }

  /**
   * A shape of known rank.
   *
   * @param dims sizes, {@link #UNKNOWN} for each that is not known
   * @throws IllegalArgumentException if a size is below −1
   */
  public static Shape of(int... dims) {
    for (int dim : dims) {
      if (dim < UNKNOWN) {
        throw new IllegalArgumentException("a dimension can't be " + dim);
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(true, dims.clone());
  }

  /** A shape of which not even the rank is known. */
  public static Shape unknownRank() {
    return UNKNOWN_RANK;
  }

  public static Shape scalar() {
    return SCALAR;
  }

  /** A shape of this rank with every size unknown. */
  public static Shape ofRank(int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, UNKNOWN);
    return of(dims);
  }

  public boolean hasRank() {
    return ranked;
  }

  /**
   * The number of dimensions.
   *
   * @throws IllegalStateException if it is unknown
   */
  public int rank() {
    if (!ranked) {
      throw new IllegalStateException("the rank is unknown");
    }
    return dims.length;
  }

  /**
   * The size of dimension {@code axis}, counted from the end if negative; {@link #UNKNOWN} if not
   * known.
   */
  public int dim(int axis) {
    return dims[axis < 0 ? axis + rank() : axis];
  }

  public boolean isKnown(int axis) {
    return dim(axis) != UNKNOWN;
  }

  /** Whether rank and all sizes are known. */
  public boolean isStatic() {
    if (!ranked) {
      return false;
    }
    for (int dim : dims) {
      if (dim == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** A copy of the sizes. */
  public int[] dims() {
    rank();
    return dims.clone();
  }

  /**
   * The number of elements.
   *
   * @throws IllegalStateException if a size is unknown
   * @throws ArithmeticException if it exceeds 2^63−1
   */
  public long elements() {
    if (!isStatic()) {
      throw new IllegalStateException("the shape " + this + " is not fully known");
    }
    return elements(dims);
  }

  /**
   * The product of known sizes.
   *
   * @throws ArithmeticException if it exceeds 2^63−1
   */
  public static long elements(int... sizes) {
    long product = 1;
    for (int size : sizes) {
      if (size == 0) {
        return 0;
      }
    }
    for (int size : sizes) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /** This shape with dimension {@code axis} (from the end if negative) set to {@code size}. */
  public Shape withDim(int axis, int size) {
    int[] changed = dims();
    changed[axis < 0 ? axis + changed.length : axis] = size;
    return of(changed);
  }

  /**
   * Whether a tensor of the concrete shape {@code actual} may stand where this shape is declared.
   */
  public boolean accepts(int... actual) {
    if (!ranked) {
      return true;
    }
    if (actual.length != dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != UNKNOWN && dims[i] != actual[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * What both shapes say together: a size known to either is known; sizes that contradict become
   * unknown.
   */
  public Shape refine(Shape other) {
    if (!ranked) {
      return other;
    }
    if (!other.ranked || other.dims.length != dims.length) {
      return this;
    }
    int[] merged = dims.clone();
    for (int i = 0; i < merged.length; i++) {
      if (merged[i] == UNKNOWN) {
        merged[i] = other.dims[i];
      }
    }
    return of(merged);
  }

  /** What is true of both shapes: a size that differs is unknown, and so is a rank that differs. */
  public Shape common(Shape other) {
    if (!ranked || !other.ranked || other.dims.length != dims.length) {
      return UNKNOWN_RANK;
    }
    int[] merged = dims.clone();
    for (int i = 0; i < merged.length; i++) {
      merged[i] = merged[i] == other.dims[i] ? merged[i] : UNKNOWN;
    }
    return of(merged);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape
        && ranked == shape.ranked
        && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims) + (ranked ? 1 : 0);
  }

  /**
   * {@code [?, 3]} with {@code ?} for an unknown size, {@code [...]} for an unknown rank, {@code
   * []} for a scalar.
   */
  @Override
  public String toString() {
    if (!ranked) {
      return "[...]";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      text.append(i == 0 ? "" : ", ").append(dims[i] == UNKNOWN ? "?" : String.valueOf(dims[i]));
    }
    return text.append(']').toString();
  }
}
