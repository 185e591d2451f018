package org.signet.ir;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The bytes behind a constant: on the heap, or mapped from a file so that weights need no heap.
 *
 * <p>Immutable by agreement: nobody writes to a constant.
 */
public sealed interface ConstantData {
  /** The value as a tensor of this type; read anew at each call when mapped. */
  Tensor load(TensorType type);

  /**
   * A value on the heap.
   *
   * @param tensor not to be written to
   */
  record Heap(Tensor tensor) implements ConstantData {
    @Override
    public Tensor load(TensorType type) {
      return tensor.reshaped(type.shape().dims());
    }
  }

  /**
   * A numeric value in a mapped file.
   *
   * @param bytes row-major, little-endian, one element after the other
   */
  record Mapped(MemorySegment bytes) implements ConstantData {
    @Override
    public Tensor load(TensorType type) {
      int size = Math.toIntExact(type.shape().elements());
      Object array = Tensor.newArray(type.dtype(), size);
      copyInto(bytes, array, size * Tensor.lanes(type.dtype()));
      return Tensor.wrap(type.dtype(), array, type.shape().dims());
    }
  }

  static ConstantData of(Tensor tensor) {
    return new Heap(tensor);
  }

  /** The little-endian bytes of a numeric tensor; strings have none. */
  static MemorySegment bytesOf(Tensor tensor) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException("only little-endian machines are supported");
    }
    int length = tensor.size() * Tensor.lanes(tensor.dtype());
    return switch (tensor.array()) {
      case float[] a -> MemorySegment.ofArray(a).asSlice(0, 4L * length);
      case double[] a -> MemorySegment.ofArray(a).asSlice(0, 8L * length);
      case byte[] a -> MemorySegment.ofArray(a).asSlice(0, length);
      case short[] a -> MemorySegment.ofArray(a).asSlice(0, 2L * length);
      case int[] a -> MemorySegment.ofArray(a).asSlice(0, 4L * length);
      case long[] a -> MemorySegment.ofArray(a).asSlice(0, 8L * length);
      default -> throw new IllegalArgumentException(tensor.dtype() + " has no plain bytes");
    };
  }

  private static void copyInto(MemorySegment bytes, Object array, int length) {
    switch (array) {
      case float[] a ->
          MemorySegment.copy(bytes, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, a, 0, length);
      case double[] a ->
          MemorySegment.copy(bytes, ValueLayout.JAVA_DOUBLE_UNALIGNED, 0, a, 0, length);
      case byte[] a -> MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, a, 0, length);
      case short[] a ->
          MemorySegment.copy(bytes, ValueLayout.JAVA_SHORT_UNALIGNED, 0, a, 0, length);
      case int[] a -> MemorySegment.copy(bytes, ValueLayout.JAVA_INT_UNALIGNED, 0, a, 0, length);
      case long[] a -> MemorySegment.copy(bytes, ValueLayout.JAVA_LONG_UNALIGNED, 0, a, 0, length);
      default -> throw new IllegalArgumentException("no plain bytes in " + DType.STRING);
    }
  }
}
