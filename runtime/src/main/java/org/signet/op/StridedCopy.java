package org.signet.op;

import java.util.ArrayList;
import java.util.List;
import org.signet.tensor.Tensor;

/**
 * Copies a box of elements from one tensor to another along strides: what transposing, slicing,
 * tiling, reversing and concatenating have in common.
 *
 * <p>Dimensions that lie next to each other in both tensors are walked as one; the innermost run is
 * copied in bulk where it is contiguous on both sides, else in small blocks that stay within the
 * caches.
 */
public final class StridedCopy {
  /** Edge of the blocks in which runs that are not contiguous are copied. */
  private static final int BLOCK = 32;

  /** Shorter runs are copied by a loop. */
  private static final int SHORTEST_BULK = 4;

  private StridedCopy() {}

  /** One dimension of the box. */
  private record Axis(int size, int sourceStep, int targetStep) {}

  /**
   * Fills all of {@code target}, in row-major order, from {@code source}.
   *
   * @param from position in {@code source} of the first element
   * @param strides steps in {@code source}, in elements, for each dimension of {@code dims}; 0
   *     repeats, negative walks back
   * @param dims sizes of a box with as many elements as {@code target}
   */
  public static void gather(Tensor source, int from, int[] strides, int[] dims, Tensor target) {
    run(source, from, strides, target, 0, Shapes.strides(dims), dims);
  }

  /**
   * Spreads all of {@code source}, in row-major order, over {@code target}.
   *
   * @param dims sizes of a box with as many elements as {@code source}
   * @param to position in {@code target} of the first element
   * @param strides steps in {@code target}, in elements, for each dimension of {@code dims}
   */
  public static void scatter(Tensor source, int[] dims, Tensor target, int to, int[] strides) {
    run(source, 0, Shapes.strides(dims), target, to, strides, dims);
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
    if (source.dtype() != target.dtype()) {
      throw new IllegalArgumentException(
          "element types differ: " + source.dtype() + ", " + target.dtype());
    }
    int lanes = Tensor.lanes(source.dtype());
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0) {
        return;
      }
      add(axes, new Axis(dims[i], sourceStrides[i] * lanes, targetStrides[i] * lanes));
    }
    if (lanes > 1) {
      add(axes, new Axis(lanes, 1, 1));
    }
    copy(source.array(), from * lanes, target.array(), to * lanes, axes);
  }

  /** Adds an inner dimension, as one with the last where their elements follow each other. */
  private static void add(List<Axis> axes, Axis axis) {
    if (axis.size() == 1) {
      return;
    }
    if (!axes.isEmpty()) {
      Axis outer = axes.getLast();
      if (outer.sourceStep() == axis.size() * axis.sourceStep()
          && outer.targetStep() == axis.size() * axis.targetStep()) {
        axes.set(
            axes.size() - 1,
            new Axis(outer.size() * axis.size(), axis.sourceStep(), axis.targetStep()));
        return;
      }
    }
    axes.add(axis);
  }

  private static void copy(Object source, int from, Object target, int to, List<Axis> axes) {
    Axis inner = axes.isEmpty() ? new Axis(1, 1, 1) : axes.removeLast();
    boolean bulk =
        inner.sourceStep() == 1 && inner.targetStep() == 1 && inner.size() >= SHORTEST_BULK;
    Axis second = bulk || axes.isEmpty() ? new Axis(1, 0, 0) : axes.remove(nearest(axes));
    int rank = axes.size();
    int[] index = new int[rank];
    int a = from;
    int b = to;
    while (true) {
      if (bulk) {
        System.arraycopy(source, a, target, b, inner.size());
      } else {
        plane(source, a, target, b, second, inner);
      }
      int d = rank - 1;
      for (; d >= 0; d--) {
        Axis axis = axes.get(d);
        a += axis.sourceStep();
        b += axis.targetStep();
        if (++index[d] < axis.size()) {
          break;
        }
        a -= axis.sourceStep() * axis.size();
        b -= axis.targetStep() * axis.size();
        index[d] = 0;
      }
      if (d < 0) {
        return;
      }
    }
  }

  /**
   * The dimension whose elements lie nearest to each other in the source: blocks of it share cache
   * lines.
   */
  private static int nearest(List<Axis> axes) {
    int best = axes.size() - 1;
    for (int i = best - 1; i >= 0; i--) {
      if (Math.abs(axes.get(i).sourceStep()) < Math.abs(axes.get(best).sourceStep())) {
        best = i;
      }
    }
    return best;
  }

  private static void plane(Object source, int a, Object target, int b, Axis outer, Axis inner) {
    for (int i = 0; i < outer.size(); i += BLOCK) {
      int rows = Math.min(BLOCK, outer.size() - i);
      for (int j = 0; j < inner.size(); j += BLOCK) {
        int columns = Math.min(BLOCK, inner.size() - j);
        int s = a + i * outer.sourceStep() + j * inner.sourceStep();
        int t = b + i * outer.targetStep() + j * inner.targetStep();
        block(
            source,
            s,
            target,
            t,
            new Axis(rows, outer.sourceStep(), outer.targetStep()),
            new Axis(columns, inner.sourceStep(), inner.targetStep()));
      }
    }
  }

  private static void block(Object source, int s, Object target, int t, Axis rows, Axis columns) {
    int n = columns.size();
    int ss = columns.sourceStep();
    int ts = columns.targetStep();
    for (int i = 0; i < rows.size(); i++) {
      int a = s + i * rows.sourceStep();
      int b = t + i * rows.targetStep();
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
