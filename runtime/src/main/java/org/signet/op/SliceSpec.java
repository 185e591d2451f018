package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.type.Shape;

/**
 * A strided slice of a shape, resolved to one {@link Range} a dimension.
 *
 * <p>Bit {@code i} of each mask speaks of the {@code i}th entry of begin, end and strides: {@code
 * begin_mask} and {@code end_mask}: from the first, to the last; {@code ellipsis_mask}: whole
 * dimensions, as many as are left; {@code new_axis_mask}: a new dimension of size 1; {@code
 * shrink_axis_mask}: a single index, whose dimension goes. Option {@code offset} counts ends from
 * their begins.
 *
 * @param ranges what is taken of each dimension of the operand
 * @param resultShape the slice's shape
 */
record SliceSpec(List<Range> ranges, Shape resultShape) {
  /**
   * What is taken of one dimension.
   *
   * @param start the first index
   * @param step the distance to the next
   * @param length how many indices; {@link Shape#UNKNOWN} if any of the three is not known
   */
  record Range(int start, int step, int length) {
    static final Range UNKNOWN = new Range(0, 1, Shape.UNKNOWN);
  }

  /** Begin, end and stride of one entry, before they meet a size. */
  private record Entry(long begin, long end, long stride, boolean fromFirst, boolean toLast) {
    static final Entry WHOLE = new Entry(0, 0, 1, true, true);
  }

  static SliceSpec of(
      Shape shape, long[] begin, long[] end, long[] strides, Attributes attributes) {
    int entries = begin.length;
    Shapes.require(
        end.length == entries && strides.length == entries,
        "begin, end and strides differ in length");
    int ellipsis = attributes.getInt("ellipsis_mask", 0);
    int newAxes = attributes.getInt("new_axis_mask", 0) & ~ellipsis;
    int shrunk = attributes.getInt("shrink_axis_mask", 0) & ~ellipsis & ~newAxes;
    int taken = 0;
    for (int i = 0; i < entries; i++) {
      taken += bit(ellipsis, i) || bit(newAxes, i) ? 0 : 1;
    }
    Shapes.require(taken <= shape.rank(), "%s indices into %s", taken, shape);
    int whole = shape.rank() - taken;
    List<Range> ranges = new ArrayList<>();
    List<Integer> dims = new ArrayList<>();
    boolean seenEllipsis = false;
    for (int i = 0; i < entries; i++) {
      if (bit(ellipsis, i)) {
        Shapes.require(!seenEllipsis, "more than one ellipsis");
        seenEllipsis = true;
        addWhole(shape, whole, ranges, dims);
      } else if (bit(newAxes, i)) {
        dims.add(1);
      } else {
        Entry entry =
            new Entry(
                begin[i],
                end[i],
                strides[i],
                bit(attributes.getInt("begin_mask", 0), i),
                bit(attributes.getInt("end_mask", 0), i));
        int size = shape.dim(ranges.size());
        boolean offset = attributes.getBoolean("offset", false);
        Range range = bit(shrunk, i) ? index(size, entry) : range(size, entry, offset);
        ranges.add(range);
        if (!bit(shrunk, i)) {
          dims.add(range.length());
        }
      }
    }
    if (!seenEllipsis) {
      addWhole(shape, whole, ranges, dims);
    }
    return new SliceSpec(ranges, Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
  }

  private static boolean bit(int mask, int i) {
    return i < Integer.SIZE && (mask >>> i & 1) != 0;
  }

  private static void addWhole(Shape shape, int count, List<Range> ranges, List<Integer> dims) {
    for (int i = 0; i < count; i++) {
      Range range = range(shape.dim(ranges.size()), Entry.WHOLE, false);
      ranges.add(range);
      dims.add(range.length());
    }
  }

  private static Range index(int size, Entry entry) {
    Shapes.require(
        entry.stride() > 0 || !KnownOperands.isKnown(entry.stride()),
        "a single index with a negative stride");
    if (size == Shape.UNKNOWN || !KnownOperands.isKnown(entry.begin())) {
      return Range.UNKNOWN;
    }
    long start = entry.begin() < 0 ? entry.begin() + size : entry.begin();
    Shapes.require(
        start >= 0 && start < size, "index %s is outside a size of %s", entry.begin(), size);
    return new Range((int) start, 1, 1);
  }

  private static Range range(int size, Entry entry, boolean offset) {
    Shapes.require(entry.stride() != 0, "a stride is 0");
    if (size == Shape.UNKNOWN
        || !KnownOperands.isKnown(entry.stride())
        || !(entry.fromFirst() || KnownOperands.isKnown(entry.begin()))
        || !(entry.toLast() || KnownOperands.isKnown(entry.end()))) {
      return Range.UNKNOWN;
    }
    boolean forward = entry.stride() > 0;
    long low = forward ? 0 : -1;
    long high = forward ? size : size - 1;
    long start =
        entry.fromFirst() ? (forward ? low : high) : bounded(entry.begin(), size, low, high);
    long base = offset ? start : 0;
    long stop =
        entry.toLast() ? (forward ? high : low) : bounded(entry.end() + base, size, low, high);
    long span = stop - start;
    long stride = entry.stride();
    long length =
        span == 0 || (span < 0) != (stride < 0) ? 0 : span / stride + (span % stride == 0 ? 0 : 1);
    return new Range((int) start, length <= 1 ? 1 : (int) stride, (int) length);
  }

  private static long bounded(long index, int size, long low, long high) {
    return Math.clamp(index < 0 ? index + size : index, low, high);
  }

  boolean isKnown() {
    return ranges.stream().allMatch(range -> range.length() != Shape.UNKNOWN);
  }

  /**
   * How many indices are taken of each dimension of the operand, those included whose dimension
   * goes.
   */
  int[] lengths() {
    return ranges.stream().mapToInt(Range::length).toArray();
  }

  /** The position of the first element taken, in an operand with these strides. */
  int offset(int[] strides) {
    int offset = 0;
    for (int d = 0; d < strides.length; d++) {
      offset += ranges.get(d).start() * strides[d];
    }
    return offset;
  }

  /** The distances between elements taken, in an operand with these strides. */
  int[] steps(int[] strides) {
    int[] steps = new int[strides.length];
    Arrays.setAll(steps, d -> ranges.get(d).step() * strides[d]);
    return steps;
  }
}
