package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Copies, fills and compares runs of elements of any type, without looking at them one by one. */
public final class Elements {
  /** Shorter rows are copied by a loop. */
  private static final int SHORTEST_BULK = 16;

  /** Elements that are read from where they are stored, rather than bringing all to the heap. */
  private static final int LEAST_READ = 64;

  private Elements() {}

  /** Copies {@code count} elements between tensors of the same type. */
  public static void copy(Tensor source, int from, Tensor target, int to, int count) {
    requireSameType(source, target);
    if (count >= LEAST_READ && !source.isOnHeap()) {
      source.read(from, target.floats(), to, count);
      return;
    }
    int lanes = Tensor.lanes(source.dtype());
    System.arraycopy(source.array(), from * lanes, target.array(), to * lanes, count * lanes);
  }

  /**
   * Copies rows of {@code length} elements that begin at {@code from + positions[i]}, one after the
   * other, to {@code target} at {@code to}.
   */
  static void copyRows(
      Tensor source, int from, int[] positions, int length, Tensor target, int to) {
    requireSameType(source, target);
    if (length < SHORTEST_BULK) {
      switch (source.array()) {
        case float[] values when Tensor.lanes(source.dtype()) == 1 -> {
          copyShort(values, from, positions, length, target.floats(), to);
          return;
        }
        case int[] values -> {
          copyShort(values, from, positions, length, target.ints(), to);
          return;
        }
        default -> {}
      }
    }
    if (source.dtype() == DType.FLOAT32 && source.isOnHeap()) {
      copyLong(source.floats(), from, positions, length, target.floats(), to);
      return;
    }
    for (int i = 0; i < positions.length; i++) {
      copy(source, from + positions[i], target, to + i * length, length);
    }
  }

  private static void copyLong(
      float[] source, int from, int[] positions, int length, float[] target, int to) {
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(source, from + positions[i], target, to + i * length, length);
    }
  }

  private static void copyShort(
      float[] source, int from, int[] positions, int length, float[] target, int to) {
    int at = to;
    for (int position : positions) {
      for (int k = from + position; k < from + position + length; k++) {
        target[at++] = source[k];
      }
    }
  }

  private static void copyShort(
      int[] source, int from, int[] positions, int length, int[] target, int to) {
    int at = to;
    for (int position : positions) {
      for (int k = from + position; k < from + position + length; k++) {
        target[at++] = source[k];
      }
    }
  }

  /** Copies all of {@code source} to the start of {@code target}, which has as many elements. */
  public static void copyAll(Tensor source, Tensor target) {
    copy(source, 0, target, 0, source.size());
  }

  /** Fills all of {@code target} with zero, false or the empty string. */
  public static void clear(Tensor target) {
    int end = target.size() * Tensor.lanes(target.dtype());
    switch (target.array()) {
      case float[] a -> Arrays.fill(a, 0, end, 0);
      case double[] a -> Arrays.fill(a, 0, end, 0);
      case byte[] a -> Arrays.fill(a, 0, end, (byte) 0);
      case short[] a -> Arrays.fill(a, 0, end, (short) 0);
      case int[] a -> Arrays.fill(a, 0, end, 0);
      case long[] a -> Arrays.fill(a, 0, end, 0);
      case byte[][] a -> Arrays.fill(a, 0, end, new byte[0]);
      default -> fill(target, 0, end, Tensor.zeros(target.dtype(), 1), 0);
    }
  }

  /** Fills {@code target[from, from + count)} with the element of {@code value} at {@code at}. */
  public static void fill(Tensor target, int from, int count, Tensor value, int at) {
    requireSameType(value, target);
    if (target.dtype().isComplex()) {
      for (int i = 0; i < count; i++) {
        copy(value, at, target, from + i, 1);
      }
      return;
    }
    int to = from + count;
    switch (target.array()) {
      case float[] a -> Arrays.fill(a, from, to, value.floats()[at]);
      case double[] a -> Arrays.fill(a, from, to, value.doubles()[at]);
      case byte[] a -> Arrays.fill(a, from, to, value.bytes()[at]);
      case short[] a -> Arrays.fill(a, from, to, value.shorts()[at]);
      case int[] a -> Arrays.fill(a, from, to, value.ints()[at]);
      case long[] a -> Arrays.fill(a, from, to, value.longs()[at]);
      case byte[][] a -> Arrays.fill(a, from, to, value.strings()[at]);
      default -> Arrays.fill(target.objects(), from, to, value.objects()[at]);
    }
  }

  /** Copies the rows {@code [from, from + count)} of a tensor. */
  public static Tensor rows(Tensor tensor, int from, int count) {
    int[] shape = tensor.shape();
    int row = Shapes.product(shape, 1, shape.length);
    shape[0] = count;
    Tensor part = Tensor.zeros(tensor.dtype(), shape);
    copy(tensor, from * row, part, 0, count * row);
    return part;
  }

  /** A copy of row {@code index} of a tensor, without the first dimension. */
  public static Tensor row(Tensor tensor, int index) {
    int[] shape = tensor.shape();
    return rows(tensor, index, 1).reshaped(Arrays.copyOfRange(shape, 1, shape.length));
  }

  private static void requireSameType(Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException("element types differ: " + a.dtype() + ", " + b.dtype());
    }
  }
}
