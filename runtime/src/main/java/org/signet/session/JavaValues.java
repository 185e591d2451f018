package org.signet.session;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Java values to tensors, and tensors into Java arrays.
 *
 * <p>A value is a {@link Tensor}; an array of any rank, or a boxed scalar, of the Java type of the
 * element type's array ({@code float[][]} for float32; for strings {@link String} or {@code byte[]}
 * elements; for bool {@code boolean}); or a buffer from its position to its limit: of that type, or
 * a {@link ByteBuffer} with the elements in its own byte order. A buffer has no shape: the declared
 * one must leave at most one size open.
 */
public final class JavaValues {
  private JavaValues() {}

  /**
   * The tensor that a value stands for; the value is copied, unless it is a tensor.
   *
   * @param declared what the value must be; a shape with unknown sizes gets them from the value
   * @param name what to call the value in messages
   * @throws SignetException WRONG_INPUT_TYPE, WRONG_INPUT_SHAPE
   */
  public static Tensor tensor(Object value, TensorType declared, String name) {
    return switch (value) {
      case Tensor tensor -> tensor;
      case Buffer buffer -> fromBuffer(buffer, declared, name);
      default -> JavaArrays.read(value, declared, name);
    };
  }

  /**
   * Stores a tensor's elements into an array or buffer of its shape; a tensor of one element also
   * fits an array of rank 1 and length 1. A buffer's position moves behind what is stored.
   *
   * @throws SignetException BAD_VALUE if the target is of another type or shape
   */
  public static void fill(Object target, Tensor tensor, String name) {
    if (target instanceof Buffer buffer) {
      fillBuffer(buffer, tensor, name);
    } else {
      JavaArrays.write(target, tensor, name);
    }
  }

  private static Tensor fromBuffer(Buffer buffer, TensorType declared, String name) {
    DType dtype = declared.dtype();
    int lanes = Tensor.lanes(dtype);
    int unit = buffer instanceof ByteBuffer && dtype.bytes() > 0 ? dtype.bytes() : lanes;
    int elements = buffer.remaining() / unit;
    int[] shape = shape(declared.shape(), elements);
    if (buffer.remaining() % unit != 0 || Shape.elements(shape) != elements) {
      throw SignetException.of(
          Code.WRONG_INPUT_SHAPE,
          name + " must be " + declared + ", not a buffer of " + buffer.remaining());
    }
    if (buffer instanceof ByteBuffer bytes && dtype.bytes() > 0) {
      return RawElements.read(dtype, littleEndian(bytes, dtype), shape);
    }
    Object array = Tensor.newArray(dtype, elements);
    switch (array) {
      case float[] a when buffer instanceof FloatBuffer b -> b.duplicate().get(a);
      case double[] a when buffer instanceof DoubleBuffer b -> b.duplicate().get(a);
      case int[] a when buffer instanceof IntBuffer b -> b.duplicate().get(a);
      case long[] a when buffer instanceof LongBuffer b -> b.duplicate().get(a);
      case short[] a when buffer instanceof ShortBuffer b -> b.duplicate().get(a);
      default -> throw wrongType(buffer, declared, name);
    }
    return Tensor.wrap(dtype, array, shape);
  }

  static SignetException wrongType(Object value, TensorType declared, String name) {
    return SignetException.of(
        Code.WRONG_INPUT_TYPE,
        name + " must be " + declared + ", not " + value.getClass().getSimpleName());
  }

  /**
   * The declared shape with one unknown size computed from the number of elements, as far as it
   * goes.
   */
  private static int[] shape(Shape declared, int elements) {
    if (!declared.hasRank()) {
      return new int[] {elements};
    }
    int[] shape = declared.dims();
    long known = 1;
    int free = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] != Shape.UNKNOWN) {
        known *= shape[i];
      } else if (free < 0) {
        free = i;
      } else {
        shape[i] = 1;
      }
    }
    if (free >= 0) {
      shape[free] = known == 0 ? 0 : (int) (elements / known);
    }
    return shape;
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes, DType dtype) {
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN || dtype.bytes() == 1) {
      return bytes;
    }
    return ByteBuffer.wrap(reversed(bytes.slice(), dtype.bytes() / Tensor.lanes(dtype)));
  }

  private static byte[] reversed(ByteBuffer bytes, int width) {
    byte[] reversed = new byte[bytes.remaining()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = bytes.get(i - i % width + width - 1 - i % width);
    }
    return reversed;
  }

  private static void fillBuffer(Buffer buffer, Tensor tensor, String name) {
    DType dtype = tensor.dtype();
    int count = tensor.size() * Tensor.lanes(dtype);
    long needed = buffer instanceof ByteBuffer ? (long) tensor.size() * dtype.bytes() : count;
    if (buffer.remaining() < needed || buffer.isReadOnly()) {
      throw misfit(buffer, tensor, name);
    }
    switch (tensor.array()) {
      case float[] a when buffer instanceof FloatBuffer b -> b.put(a, 0, count);
      case double[] a when buffer instanceof DoubleBuffer b -> b.put(a, 0, count);
      case int[] a when buffer instanceof IntBuffer b -> b.put(a, 0, count);
      case long[] a when buffer instanceof LongBuffer b -> b.put(a, 0, count);
      case short[] a when buffer instanceof ShortBuffer b -> b.put(a, 0, count);
      case Object a when buffer instanceof ByteBuffer b && dtype.bytes() > 0 -> {
        byte[] raw = RawElements.write(tensor);
        boolean little = b.order() == ByteOrder.LITTLE_ENDIAN || dtype.bytes() == 1;
        b.put(little ? raw : reversed(ByteBuffer.wrap(raw), dtype.bytes() / Tensor.lanes(dtype)));
      }
      default -> throw misfit(buffer, tensor, name);
    }
  }

  static SignetException misfit(Object target, Tensor tensor, String name) {
    return SignetException.of(
        Code.BAD_VALUE,
        name
            + " is "
            + tensor.type()
            + ", which the given "
            + target.getClass().getSimpleName()
            + " can't take: it is of another type or shape");
  }
}
