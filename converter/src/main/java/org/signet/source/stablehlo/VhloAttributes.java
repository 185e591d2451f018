package org.signet.source.stablehlo;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Attributes of the VHLO dialect. */
final class VhloAttributes {
  private VhloAttributes() {}

  static HloAttribute read(BytecodeCursor cursor, BytecodeElements elements) {
    int code = Math.clamp(cursor.readVarint(), -1, Integer.MAX_VALUE);
    return switch (code) {
      case 1 -> new HloAttribute.Array(elements.attributes(cursor));
      // Booleans and the cases of enumerations.
      case 2, 3, 4, 5, 7, 11, 12, 13, 16, 19 -> new HloAttribute.Whole(cursor.readVarint());
      case 6 -> new HloAttribute.Dictionary(elements.dictionary(cursor));
      case 8 -> real(cursor, elements);
      case 9 -> integer(cursor, elements);
      case 10 -> {
        numbers(cursor);
        cursor.readSigned();
        numbers(cursor);
        yield new HloAttribute.Opaque("an output in an operand's place");
      }
      case 14 -> new HloAttribute.Text(elements.string(cursor));
      case 15 -> dense(cursor, elements);
      case 17 -> new HloAttribute.Typed(elements.type(cursor));
      case 18 -> new HloAttribute.Numbers(numbers(cursor));
      case 20 -> new HloAttribute.Opaque("an accuracy");
      default -> throw cursor.malformed("an attribute with the unknown code " + code);
    };
  }

  private static List<Long> numbers(BytecodeCursor cursor) {
    int count = cursor.readCount();
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(cursor.readSigned());
    }
    return numbers;
  }

  private static HloAttribute integer(BytecodeCursor cursor, BytecodeElements elements) {
    HloType type = elements.type(cursor);
    if (type instanceof HloType.Element(DType dtype) && dtype.isInteger()) {
      long bits = bits(cursor, dtype.bytes());
      return new HloAttribute.Whole(dtype == DType.UINT8 ? bits & 0xff : bits);
    }
    throw cursor.malformed("an integer of type " + type);
  }

  private static HloAttribute real(BytecodeCursor cursor, BytecodeElements elements) {
    HloType type = elements.type(cursor);
    if (!(type instanceof HloType.Element(DType dtype)) || !dtype.isFloating()) {
      return new HloAttribute.Opaque("a number of type " + type);
    }
    long bits = bits(cursor, dtype.bytes());
    return new HloAttribute.Real(
        switch (dtype) {
          case FLOAT64 -> Double.longBitsToDouble(bits);
          case FLOAT32 -> Float.intBitsToFloat((int) bits);
          case FLOAT16 -> Float.float16ToFloat((short) bits);
          default -> Tensor.bfloat16ToFloat((short) bits);
        });
  }

  /** Numbers of one byte stand as they are. */
  private static long bits(BytecodeCursor cursor, int bytes) {
    return bytes == 1 ? (byte) cursor.readByte() : cursor.readSigned();
  }

  private static HloAttribute dense(BytecodeCursor cursor, BytecodeElements elements) {
    HloType known = elements.type(cursor);
    byte[] data = cursor.readPart(cursor.readVarint()).readRest();
    if (!(known instanceof HloType.Ranked(TensorType type))) {
      return new HloAttribute.Opaque("numbers of type " + known);
    }
    if (!type.shape().isStatic()) {
      throw cursor.malformed("numbers of a tensor of unknown size");
    }
    long count = type.shape().elements();
    int size = DenseElements.size(type);
    byte[] plain = type.dtype() == DType.BOOL ? unpacked(data, count) : data;
    if (plain.length != count * size && plain.length != size) {
      throw cursor.malformed(plain.length + " bytes for " + count + " elements of " + size);
    }
    return new HloAttribute.Dense(type, MemorySegment.ofArray(plain).asReadOnly());
  }

  /** Eight booleans stand in a byte, the first in its lowest bit; one byte of ones is all true. */
  private static byte[] unpacked(byte[] data, long count) {
    if (data.length == 1 && (count > 8 || data[0] == -1 || data[0] == 0)) {
      return new byte[] {(byte) (data[0] == 0 ? 0 : 1)};
    }
    if (data.length == count || data.length != (count + 7) / 8) {
      return data;
    }
    byte[] values = new byte[(int) count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (data[i / 8] >> (i % 8) & 1);
    }
    return values;
  }
}
