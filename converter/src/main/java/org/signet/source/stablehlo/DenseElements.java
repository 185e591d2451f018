package org.signet.source.stablehlo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** What {@link HloAttribute.Dense} holds. */
public final class DenseElements {
  /** More integers than an attribute of an op ever has. */
  private static final int MOST_INTEGERS = 1 << 16;

  private DenseElements() {}

  /** Whether one element stands for all. */
  public static boolean isSplat(HloAttribute.Dense dense) {
    return dense.type().shape().elements() != 1 && dense.data().byteSize() == size(dense.type());
  }

  /** Bytes of an element. */
  static int size(TensorType type) {
    return type.dtype() == DType.BOOL ? 1 : type.dtype().bytes();
  }

  /** All elements, as integers. */
  static int[] integers(HloAttribute.Dense dense) {
    long count = dense.type().shape().elements();
    if (count > MOST_INTEGERS) {
      throw new IllegalArgumentException("a list of " + count + " integers");
    }
    int[] values = new int[(int) count];
    int size = size(dense.type());
    boolean splat = isSplat(dense);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          Math.toIntExact(integer(dense.data(), dense.type().dtype(), splat ? 0 : i * size));
    }
    return values;
  }

  private static long integer(MemorySegment data, DType dtype, int at) {
    return switch (dtype) {
      case INT64 -> data.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
      case INT32 -> data.get(ValueLayout.JAVA_INT_UNALIGNED, at);
      case INT8, BOOL -> data.get(ValueLayout.JAVA_BYTE, at);
      default -> throw new IllegalArgumentException("integers of type " + dtype);
    };
  }
}
