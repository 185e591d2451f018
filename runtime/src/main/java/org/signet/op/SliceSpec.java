package org.signet.op;

import java.util.Arrays;
import org.signet.type.Shape;

/**
 * A strided slice of a shape: what it takes of each dimension.
 *
 * <p>Bit {@code i} of each mask speaks of the {@code i}th entry of begin, end and strides: {@code
 * begin_mask} and {@code end_mask}: from the first, to the last; {@code ellipsis_mask}: whole
 * dimensions, as many as are left; {@code new_axis_mask}: a new dimension of size 1; {@code
 * shrink_axis_mask}: a single index, whose dimension goes. Option {@code offset} counts ends from
 * their begins.
 *
 * <p>It can be resolved again and again, with other begins, ends and strides.
 */
final class SliceSpec {
  private final Shape shape;
  private final int entries;
  private final boolean offset;
  private final int beginMask;
  private final int endMask;
  private final int ellipsis;
  private final int newAxes;
  private final int shrunk;

  /** Dimensions that no entry speaks of. */
  private final int whole;

  /** What is taken of each dimension of the operand: the first index, the distance to the next. */
  private final int[] starts;

  private final int[] strides;

  /** How many indices; {@link Shape#UNKNOWN} if any of the three is not known. */
  private final int[] lengths;

  /** The slice's sizes. */
  private final int[] dims;

  /** How many dimensions are resolved. */
  private int taken;

  private int rank;

  /**
   * @param shape of the operand
   * @param entries of begin, end and strides
   */
  SliceSpec(Shape shape, int entries, Attributes attributes) {
    this.shape = shape;
    this.entries = entries;
    offset = attributes.getBoolean("offset", false);
    beginMask = attributes.getInt("begin_mask", 0);
    endMask = attributes.getInt("end_mask", 0);
    ellipsis = attributes.getInt("ellipsis_mask", 0);
    newAxes = attributes.getInt("new_axis_mask", 0) & ~ellipsis;
    shrunk = attributes.getInt("shrink_axis_mask", 0) & ~ellipsis & ~newAxes;
    int named = 0;
    int ellipses = 0;
    int results = 0;
    for (int i = 0; i < entries; i++) {
      named += bit(ellipsis, i) || bit(newAxes, i) ? 0 : 1;
      ellipses += bit(ellipsis, i) ? 1 : 0;
      results += bit(ellipsis, i) || bit(shrunk, i) ? 0 : 1;
    }
    Shapes.require(named <= shape.rank(), "%s indices into %s", named, shape);
    Shapes.require(ellipses <= 1, "more than one ellipsis");
    whole = shape.rank() - named;
    starts = new int[shape.rank()];
    strides = new int[shape.rank()];
    lengths = new int[shape.rank()];
    dims = new int[results + whole];
  }

  static SliceSpec of(
      Shape shape, long[] begin, long[] end, long[] strides, Attributes attributes) {
    Shapes.require(
        end.length == begin.length && strides.length == begin.length,
        "begin, end and strides differ in length");
    SliceSpec spec = new SliceSpec(shape, begin.length, attributes);
    spec.resolve(begin, end, strides);
    return spec;
  }

  /** Finds out what is taken; makes no objects. */
  void resolve(long[] begin, long[] end, long[] stride) {
    taken = 0;
    rank = 0;
    for (int i = 0; i < entries; i++) {
      if (bit(ellipsis, i)) {
        takeWhole();
      } else if (bit(newAxes, i)) {
        dims[rank++] = 1;
      } else if (bit(shrunk, i)) {
        takeIndex(begin[i], stride[i]);
      } else {
        takeRange(begin[i], end[i], stride[i], bit(beginMask, i), bit(endMask, i));
        dims[rank++] = lengths[taken - 1];
      }
    }
    if (taken < lengths.length) {
      takeWhole();
    }
  }

  private static boolean bit(int mask, int i) {
    return i < Integer.SIZE && (mask >>> i & 1) != 0;
  }

  private void takeWhole() {
    for (int i = 0; i < whole; i++) {
      takeRange(0, 0, 1, true, true);
      dims[rank++] = lengths[taken - 1];
    }
  }

  private void take(long start, long step, long length) {
    starts[taken] = (int) start;
    strides[taken] = (int) step;
    lengths[taken++] = (int) length;
  }

  private void takeIndex(long begin, long stride) {
    if (stride <= 0 && KnownOperands.isKnown(stride)) {
      throw new IllegalArgumentException("a single index with a negative stride");
    }
    int size = shape.dim(taken);
    if (size == Shape.UNKNOWN || !KnownOperands.isKnown(begin)) {
      take(0, 1, Shape.UNKNOWN);
      return;
    }
    long start = begin < 0 ? begin + size : begin;
    if (start < 0 || start >= size) {
      throw new IllegalArgumentException(
          "slice index " + start + " of dimension " + taken + " out of bounds.");
    }
    take(start, 1, 1);
  }

  private void takeRange(long begin, long end, long stride, boolean fromFirst, boolean toLast) {
    if (stride == 0) {
      throw new IllegalArgumentException("a stride is 0");
    }
    int size = shape.dim(taken);
    if (size == Shape.UNKNOWN
        || !KnownOperands.isKnown(stride)
        || !(fromFirst || KnownOperands.isKnown(begin))
        || !(toLast || KnownOperands.isKnown(end))) {
      boolean bounded = !fromFirst || stride > 0;
      boolean nothing =
          bounded && !toLast && !offset && isNothing(fromFirst ? 0 : begin, end, stride);
      take(0, 1, nothing ? 0 : Shape.UNKNOWN);
      return;
    }
    boolean forward = stride > 0;
    long low = forward ? 0 : -1;
    long high = forward ? size : size - 1;
    long start = fromFirst ? (forward ? low : high) : bounded(begin, size, low, high);
    long base = offset ? start : 0;
    long stop = toLast ? (forward ? high : low) : bounded(end + base, size, low, high);
    long span = stop - start;
    long length =
        span == 0 || (span < 0) != (stride < 0) ? 0 : span / stride + (span % stride == 0 ? 0 : 1);
    take(start, length <= 1 ? 1 : stride, length);
  }

  /** Whether a slice holds nothing, however many elements there are. */
  private static boolean isNothing(long begin, long end, long stride) {
    boolean known =
        KnownOperands.isKnown(begin) && KnownOperands.isKnown(end) && KnownOperands.isKnown(stride);
    return known && (begin < 0) == (end < 0) && (stride > 0 ? end <= begin : begin <= end);
  }

  private static long bounded(long index, int size, long low, long high) {
    return Math.clamp(index < 0 ? index + size : index, low, high);
  }

  boolean isKnown() {
    for (int length : lengths) {
      if (length == Shape.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** The slice's shape. */
  Shape resultShape() {
    return Shape.of(dims);
  }

  /** Whether the slice has these sizes. */
  boolean hasShape(int... sizes) {
    return Arrays.equals(dims, sizes);
  }

  /**
   * How many indices are taken of each dimension of the operand, those included whose dimension
   * goes; not to be written to.
   */
  int[] lengths() {
    return lengths;
  }

  /** The position of the first element taken, in an operand with these strides. */
  int offset(int... own) {
    int at = 0;
    for (int d = 0; d < own.length; d++) {
      at += starts[d] * own[d];
    }
    return at;
  }

  /** The distances between indices taken; not to be written to. */
  int[] strides() {
    return strides;
  }

  /** The distances between elements taken, in an operand with these strides. */
  int[] steps(int... own) {
    int[] steps = new int[own.length];
    Arrays.setAll(steps, d -> strides[d] * own[d]);
    return steps;
  }
}
