package org.signet.op;

import java.util.Arrays;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Copies, fills and compares runs of elements of any type, without looking at them one by one. */
public final class Elements {
  private Elements() {}

  /** Copies {@code count} elements between tensors of the same type. */
  public static void copy(Tensor source, int from, Tensor target, int to, int count) {
    requireSameType(source, target);
    int lanes = Tensor.lanes(source.dtype());
    System.arraycopy(source.array(), from * lanes, target.array(), to * lanes, count * lanes);
  }

  /** Copies all of {@code source} to the start of {@code target}, which has as many elements. */
  public static void copyAll(Tensor source, Tensor target) {
    copy(source, 0, target, 0, source.size());
  }

  /** Fills all of {@code target} with zero, false or the empty string. */
  public static void clear(Tensor target) {
    if (target.dtype() == DType.STRING) {
      Arrays.fill(target.strings(), 0, target.size(), new byte[0]);
    } else {
      fill(target, 0, target.size(), Tensor.zeros(target.dtype(), 1), 0);
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

  private static void requireSameType(Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException("element types differ: " + a.dtype() + ", " + b.dtype());
    }
  }
}
