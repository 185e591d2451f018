package org.signet.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.RawElements;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * How the values of constants lie in buffers: numbers as {@link RawElements}; int4 two to a byte,
 * the first in the low half; strings as their count, where each begins and where the last ends
 * (32-bit numbers, from the beginning of the buffer), and their bytes.
 */
final class ConstantLayout {
  /** More elements than any tensor has, few enough to compute with. */
  private static final long TOO_MANY = 1L << 40;

  private ConstantLayout() {}

  /**
   * Checks that a buffer of {@code bytes} holds a constant of that type; of strings only that it is
   * no shorter than it must be.
   *
   * @throws SignetException {@link Code#MALFORMED_MODEL}
   */
  static void check(ModelTensor tensor, long bytes, String place) {
    DType dtype = tensor.type().dtype();
    long elements =
        tensor
            .sparsity()
            .map(layout -> (long) layout.check(tensor.type().shape().dims(), place))
            .orElseGet(() -> elements(tensor.type().shape()));
    long needed =
        switch (dtype) {
          case INT4 -> (elements + 1) / 2;
          case STRING -> 4 * elements + 8;
          default -> elements * dtype.bytes();
        };
    ModelVerifier.check(
        elements <= Integer.MAX_VALUE
            && hasValues(dtype)
            && (bytes == needed || (dtype == DType.STRING && bytes > needed)),
        place,
        "is a constant " + tensor.type() + " of " + bytes + " bytes");
  }

  private static long elements(Shape shape) {
    try {
      return Math.min(shape.elements(), TOO_MANY);
    } catch (ArithmeticException e) {
      return TOO_MANY;
    }
  }

  private static boolean hasValues(DType dtype) {
    return dtype != DType.RESOURCE && dtype != DType.VARIANT;
  }

  /**
   * Reads a constant that {@link #check} has accepted.
   *
   * @throws SignetException {@link Code#MALFORMED_MODEL} if the offsets of strings are wrong
   */
  static Tensor read(DType dtype, ByteBuffer bytes, int[] shape, String place) {
    return switch (dtype) {
      case STRING -> strings(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), shape, place);
      case INT4 -> int4(bytes.slice(), shape);
      default -> RawElements.read(dtype, bytes, shape);
    };
  }

  private static Tensor int4(ByteBuffer bytes, int[] shape) {
    Tensor tensor = Tensor.zeros(DType.INT4, shape);
    for (int i = 0; i < tensor.size(); i++) {
      int pair = bytes.get(i / 2);
      tensor.bytes()[i] = (byte) (i % 2 == 0 ? pair << 28 >> 28 : pair >> 4);
    }
    return tensor;
  }

  private static Tensor strings(ByteBuffer bytes, int[] shape, String place) {
    int count = (int) Shape.elements(shape);
    ModelVerifier.check(
        bytes.getInt(0) == count, place, "holds " + bytes.getInt(0) + " strings, not " + count);
    byte[][] strings = new byte[count][];
    int end = 4 * count + 8;
    for (int i = 0; i < count; i++) {
      int start = bytes.getInt(4 + 4 * i);
      int next = bytes.getInt(8 + 4 * i);
      ModelVerifier.check(
          start >= end && next >= start && next <= bytes.limit(),
          place,
          "holds a string from byte " + start + " to " + next + " of " + bytes.limit());
      strings[i] = new byte[next - start];
      bytes.get(start, strings[i]);
      end = next;
    }
    return Tensor.wrap(DType.STRING, strings, shape);
  }
}
