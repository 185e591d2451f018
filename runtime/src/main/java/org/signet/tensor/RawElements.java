package org.signet.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The raw little-endian, row-major bytes of a tensor, as {@code .tflite} buffers, TensorFlow's
 * {@code tensor_content} and checkpoints hold them: each element takes {@link DType#bytes()};
 * complex numbers are pairs (real, imaginary).
 */
public final class RawElements {
  private RawElements() {}

  /**
   * Reads a tensor. The position of {@code bytes} does not change.
   *
   * @throws IllegalArgumentException if {@code bytes} has not exactly the bytes of the shape, or
   *     {@code dtype} has elements of varying size
   */
  public static Tensor read(DType dtype, ByteBuffer bytes, int... shape) {
    int elements = Math.toIntExact(Shape.elements(shape));
    if (dtype.bytes() == 0 || bytes.remaining() != (long) elements * dtype.bytes()) {
      throw new IllegalArgumentException(
          bytes.remaining() + " bytes do not make up " + dtype + Shape.of(shape));
    }
    Object array = Tensor.newArray(dtype, elements);
    ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    // A switch on types would be made when the first constant is read, which takes longer than
    // this.
    if (array instanceof float[] a) {
      source.asFloatBuffer().get(a);
    } else if (array instanceof int[] a) {
      source.asIntBuffer().get(a);
    } else if (array instanceof long[] a) {
      source.asLongBuffer().get(a);
    } else if (array instanceof byte[] a) {
      readBytes(dtype, source, a);
    } else if (array instanceof short[] a) {
      source.asShortBuffer().get(a);
    } else if (array instanceof double[] a) {
      source.asDoubleBuffer().get(a);
    } else {
      throw new IllegalArgumentException(dtype + " has no raw bytes");
    }
    return Tensor.wrap(dtype, array, shape);
  }

  private static void readBytes(DType dtype, ByteBuffer source, byte[] target) {
    source.get(target);
    if (dtype == DType.BOOL) {
      for (int i = 0; i < target.length; i++) {
        target[i] = (byte) (target[i] == 0 ? 0 : 1);
      }
    }
  }

  /**
   * The bytes of a tensor.
   *
   * @throws IllegalArgumentException if its elements are of varying size, or the bytes are more
   *     than an array can hold
   */
  public static byte[] write(Tensor tensor) {
    long size = (long) tensor.size() * tensor.dtype().bytes();
    if (tensor.dtype().bytes() == 0 || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(tensor.type() + " has no raw bytes that fit an array");
    }
    byte[] bytes = new byte[(int) size];
    ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = tensor.size() * Tensor.lanes(tensor.dtype());
    switch (tensor.array()) {
      case float[] a -> target.asFloatBuffer().put(a, 0, count);
      case double[] a -> target.asDoubleBuffer().put(a, 0, count);
      case byte[] a -> target.put(a, 0, count);
      case short[] a -> target.asShortBuffer().put(a, 0, count);
      case int[] a -> target.asIntBuffer().put(a, 0, count);
      case long[] a -> target.asLongBuffer().put(a, 0, count);
      default -> throw new IllegalArgumentException(tensor.dtype() + " has no raw bytes");
    }
    return bytes;
  }
}
