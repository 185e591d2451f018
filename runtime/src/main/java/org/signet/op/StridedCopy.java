package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Copies a box of elements from one tensor to another along strides: what transposing, slicing,
 * tiling, reversing and concatenating have in common.
 *
 * <p>Dimensions that lie next to each other in both tensors are walked as one; the innermost run is
 * copied in bulk where it is contiguous on both sides, else in small blocks that stay within the
 * caches. What follows from sizes and strides is found out once; the same copy may be run again and
 * again.
 */
public final class StridedCopy {
  /** Edge of the blocks in which runs that are not contiguous are copied. */
  private static final int BLOCK = 32;

  /** Shorter runs are copied by a loop. */
  private static final int SHORTEST_BULK = 4;

  /** For each dimension but the two innermost: its size, steps, and the index of where it is. */
  private final int[] sizes;

  private final int[] sourceSteps;
  private final int[] targetSteps;
  private final int[] index;

  /** How often the innermost lines are repeated, and the steps from one to the next. */
  private final int rows;

  private final int rowSourceStep;
  private final int rowTargetStep;

  /** The elements of a line; 0 if there is nothing to copy. */
  private final int columns;

  private final int columnSourceStep;
  private final int columnTargetStep;

  /** Numbers that an element is made of. */
  private final int lanes;

  /**
   * A copy of boxes of {@code dims} elements, with strides of their own on either side.
   *
   * @param dtype of the elements
   */
  public StridedCopy(DType dtype, int[] sourceStrides, int[] targetStrides, int... dims) {
    lanes = Tensor.lanes(dtype);
    int[] size = new int[dims.length + 1];
    int[] source = new int[dims.length + 1];
    int[] target = new int[dims.length + 1];
    int rank = 0;
    boolean isEmpty = false;
    for (int i = 0; i <= dims.length; i++) {
      int own = i < dims.length ? dims[i] : lanes;
      int from = i < dims.length ? sourceStrides[i] * lanes : 1;
      int to = i < dims.length ? targetStrides[i] * lanes : 1;
      isEmpty |= own == 0;
      if (own == 1) {
        continue;
      }
      if (rank > 0 && source[rank - 1] == own * from && target[rank - 1] == own * to) {
        rank--; // one with the last, as their elements follow each other
        own *= size[rank];
      }
      size[rank] = own;
      source[rank] = from;
      target[rank] = to;
      rank++;
    }
    boolean hasLine = rank > 0;
    int last = Math.max(0, rank - 1);
    columns = isEmpty ? 0 : hasLine ? size[last] : 1;
    columnSourceStep = hasLine ? source[last] : 1;
    columnTargetStep = hasLine ? target[last] : 1;
    int row = isBulk() ? last - 1 : nearest(source, last);
    rows = row < 0 ? 1 : size[row];
    rowSourceStep = row < 0 ? 0 : source[row];
    rowTargetStep = row < 0 ? 0 : target[row];
    sizes = without(size, last, row);
    sourceSteps = without(source, last, row);
    targetSteps = without(target, last, row);
    index = new int[sizes.length];
  }

  /** The first {@code count} of {@code values} without the one at {@code skipped}. */
  private static int[] without(int[] values, int count, int skipped) {
    int[] left = new int[skipped < 0 ? count : count - 1];
    for (int i = 0, to = 0; i < count; i++) {
      if (i != skipped) {
        left[to++] = values[i];
      }
    }
    return left;
  }

  /**
   * The dimension whose elements lie nearest to each other in the source: blocks of it share cache
   * lines. −1 if there is none.
   */
  private static int nearest(int[] steps, int count) {
    int best = count - 1;
    for (int i = best - 1; i >= 0; i--) {
      if (Math.abs(steps[i]) < Math.abs(steps[best])) {
        best = i;
      }
    }
    return best;
  }

  private boolean isBulk() {
    return columnSourceStep == 1 && columnTargetStep == 1 && columns >= SHORTEST_BULK;
  }

  /**
   * A copy that fills all of a tensor, in row-major order.
   *
   * @param strides steps in the source, in elements, for each dimension of {@code dims}; 0 repeats,
   *     negative walks back
   * @param dims sizes of a box with as many elements as the target
   */
  public static StridedCopy gathering(DType dtype, int[] strides, int... dims) {
    return new StridedCopy(dtype, strides, Shapes.strides(dims), dims);
  }

  /**
   * A copy that spreads all of a tensor, in row-major order.
   *
   * @param strides steps in the target, in elements, for each dimension of {@code dims}
   * @param dims sizes of a box with as many elements as the source
   */
  public static StridedCopy scattering(DType dtype, int[] strides, int... dims) {
    return new StridedCopy(dtype, Shapes.strides(dims), strides, dims);
  }

  /**
   * Fills result 0 from operand 0, as {@link #gathering} tells.
   *
   * @param from position in the operand of the first element
   * @param shape of the result
   */
  static Prepared.Run filling(Tensor operand, int from, int[] strides, int[] dims, int[] shape) {
    StridedCopy copy = gathering(operand.dtype(), strides, dims);
    return call -> {
      Tensor source = call.operand(0);
      copy.run(source, from, call.result(0, source.dtype(), shape), 0);
    };
  }

  /**
   * Fills all of {@code target}, in row-major order, from {@code source}.
   *
   * @param from position in {@code source} of the first element
   * @param strides steps in {@code source}, in elements, for each dimension of {@code dims}; 0
   *     repeats, negative walks back
   * @param dims sizes of a box with as many elements as {@code target}
   */
  public static void gather(Tensor source, int from, int[] strides, int[] dims, Tensor target) {
    gathering(source.dtype(), strides, dims).run(source, from, target, 0);
  }

  /**
   * Spreads all of {@code source}, in row-major order, over {@code target}.
   *
   * @param dims sizes of a box with as many elements as {@code source}
   * @param to position in {@code target} of the first element
   * @param strides steps in {@code target}, in elements, for each dimension of {@code dims}
   */
  public static void scatter(Tensor source, int[] dims, Tensor target, int to, int[] strides) {
    scattering(source.dtype(), strides, dims).run(source, 0, target, to);
  }

  /**
   * Copies a box of {@code dims} elements, with its own first position and strides on either side.
   */
  public static void run(
      Tensor source,
      int from,
      int[] sourceStrides,
      Tensor target,
      int to,
      int[] targetStrides,
      int[] dims) {
    new StridedCopy(source.dtype(), sourceStrides, targetStrides, dims)
        .run(source, from, target, to);
  }

  /**
   * Copies a box, for one thread at a time.
   *
   * @param from position in {@code source} of its first element
   * @param to position in {@code target} of its first element
   */
  public void run(Tensor source, int from, Tensor target, int to) {
    if (source.dtype() != target.dtype()) {
      throw new IllegalArgumentException(
          "element types differ: " + source.dtype() + ", " + target.dtype());
    }
    if (columns > 0) {
      copy(source.array(), from * lanes, target.array(), to * lanes);
    }
  }

  private void copy(Object source, int from, Object target, int to) {
    boolean bulk = isBulk();
    int a = from;
    int b = to;
    while (true) {
      if (bulk) {
        lines(source, a, target, b);
      } else {
        plane(source, a, target, b);
      }
      int d = index.length - 1;
      for (; d >= 0; d--) {
        a += sourceSteps[d];
        b += targetSteps[d];
        if (++index[d] < sizes[d]) {
          break;
        }
        a -= sourceSteps[d] * sizes[d];
        b -= targetSteps[d] * sizes[d];
        index[d] = 0;
      }
      if (d < 0) {
        return;
      }
    }
  }

  /** Lines whose elements follow each other: copied as arrays of a known type, which is faster. */
  private void lines(Object source, int a, Object target, int b) {
    switch (source) {
      case float[] from when rows > 1 -> lines(from, a, (float[]) target, b);
      case int[] from when rows > 1 -> lines(from, a, (int[]) target, b);
      case byte[] from when rows > 1 -> lines(from, a, (byte[]) target, b);
      default -> {
        for (int i = 0; i < rows; i++) {
          System.arraycopy(source, a + i * rowSourceStep, target, b + i * rowTargetStep, columns);
        }
      }
    }
  }

  private void lines(float[] source, int a, float[] target, int b) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, a + i * rowSourceStep, target, b + i * rowTargetStep, columns);
    }
  }

  private void lines(int[] source, int a, int[] target, int b) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, a + i * rowSourceStep, target, b + i * rowTargetStep, columns);
    }
  }

  private void lines(byte[] source, int a, byte[] target, int b) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(source, a + i * rowSourceStep, target, b + i * rowTargetStep, columns);
    }
  }

  private void plane(Object source, int a, Object target, int b) {
    for (int i = 0; i < rows; i += BLOCK) {
      int height = Math.min(BLOCK, rows - i);
      for (int j = 0; j < columns; j += BLOCK) {
        int width = Math.min(BLOCK, columns - j);
        int s = a + i * rowSourceStep + j * columnSourceStep;
        int t = b + i * rowTargetStep + j * columnTargetStep;
        block(source, s, target, t, height, width);
      }
    }
  }

  private void block(Object source, int s, Object target, int t, int height, int n) {
    int ss = columnSourceStep;
    int ts = columnTargetStep;
    for (int i = 0; i < height; i++) {
      int a = s + i * rowSourceStep;
      int b = t + i * rowTargetStep;
      switch (source) {
        case float[] from -> line(from, a, ss, (float[]) target, b, ts, n);
        case double[] from -> line(from, a, ss, (double[]) target, b, ts, n);
        case byte[] from -> line(from, a, ss, (byte[]) target, b, ts, n);
        case short[] from -> line(from, a, ss, (short[]) target, b, ts, n);
        case int[] from -> line(from, a, ss, (int[]) target, b, ts, n);
        case long[] from -> line(from, a, ss, (long[]) target, b, ts, n);
        default -> line((Object[]) source, a, ss, (Object[]) target, b, ts, n);
      }
    }
  }

  private static void line(float[] from, int a, int ss, float[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(double[] from, int a, int ss, double[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(byte[] from, int a, int ss, byte[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(short[] from, int a, int ss, short[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(int[] from, int a, int ss, int[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(long[] from, int a, int ss, long[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }

  private static void line(Object[] from, int a, int ss, Object[] to, int b, int ts, int n) {
    for (int i = 0; i < n; i++) {
      to[b + i * ts] = from[a + i * ss];
    }
  }
}
