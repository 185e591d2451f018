package org.signet.source.stablehlo;

import java.util.Map;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Types of the VHLO dialect. */
final class VhloTypes {
  private static final int MOST_DIMENSIONS = 64;

  private static final Map<Integer, DType> ELEMENTS =
      Map.ofEntries(
          Map.entry(0, DType.BOOL),
          Map.entry(2, DType.BFLOAT16),
          Map.entry(3, DType.FLOAT16),
          Map.entry(4, DType.FLOAT32),
          Map.entry(5, DType.FLOAT64),
          Map.entry(10, DType.INT4),
          Map.entry(11, DType.INT8),
          Map.entry(12, DType.INT16),
          Map.entry(13, DType.INT32),
          Map.entry(14, DType.INT64),
          Map.entry(16, DType.UINT8),
          Map.entry(17, DType.UINT16),
          Map.entry(18, DType.UINT32),
          Map.entry(19, DType.UINT64));

  /** Types that have a code and no place in a model file. */
  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(6, "f8E4M3FN"),
          Map.entry(7, "f8E5M2"),
          Map.entry(15, "ui4"),
          Map.entry(24, "a quantized type"),
          Map.entry(25, "a tensor of unknown rank"),
          Map.entry(26, "a witness"),
          Map.entry(27, "f8E4M3FNUZ"),
          Map.entry(28, "f8E5M2FNUZ"),
          Map.entry(29, "f8E4M3B11FNUZ"),
          Map.entry(30, "a type quantized by axis"),
          Map.entry(31, "si2"),
          Map.entry(32, "ui2"),
          Map.entry(33, "none"),
          Map.entry(34, "tf32"),
          Map.entry(35, "f8E4M3"),
          Map.entry(36, "f8E3M4"),
          Map.entry(37, "f4E2M1FN"),
          Map.entry(38, "f6E2M3FN"),
          Map.entry(39, "f6E3M2FN"),
          Map.entry(40, "f8E8M0FNU"),
          Map.entry(41, "a buffer"));

  private VhloTypes() {}

  static HloType read(BytecodeCursor cursor, BytecodeElements elements) {
    int code = Math.clamp(cursor.readVarint(), -1, Integer.MAX_VALUE);
    DType element = ELEMENTS.get(code);
    if (element != null) {
      return new HloType.Element(element);
    }
    return switch (code) {
      case 1 -> complex(elements.type(cursor));
      case 8 -> new HloType.Function(elements.types(cursor), elements.types(cursor));
      case 9 -> new HloType.Element(DType.INT64);
      case 20 -> tensor(cursor, elements);
      case 21 -> {
        elements.attribute(cursor);
        yield tensor(cursor, elements);
      }
      case 22 -> new HloType.Token();
      case 23 -> new HloType.Tuple(elements.types(cursor));
      default -> {
        String name = OTHERS.get(code);
        if (name == null) {
          throw cursor.malformed("a type with the unknown code " + code);
        }
        yield new HloType.Other(name);
      }
    };
  }

  private static HloType complex(HloType part) {
    return switch (part) {
      case HloType.Element(DType dtype) when dtype == DType.FLOAT32 ->
          new HloType.Element(DType.COMPLEX64);
      case HloType.Element(DType dtype) when dtype == DType.FLOAT64 ->
          new HloType.Element(DType.COMPLEX128);
      default -> new HloType.Other("complex numbers of " + part);
    };
  }

  private static HloType tensor(BytecodeCursor cursor, BytecodeElements elements) {
    int rank = cursor.readCount();
    if (rank > MOST_DIMENSIONS) {
      throw cursor.malformed("a tensor of " + rank + " dimensions");
    }
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      long size = cursor.readSigned();
      if (size > Integer.MAX_VALUE) {
        throw cursor.malformed("a dimension of " + size + " elements");
      }
      dims[i] = size < 0 ? Shape.UNKNOWN : (int) size;
    }
    HloType element = elements.type(cursor);
    return element instanceof HloType.Element(DType dtype)
        ? new HloType.Ranked(TensorType.of(dtype, Shape.of(dims)))
        : new HloType.Other("a tensor of " + element);
  }
}
