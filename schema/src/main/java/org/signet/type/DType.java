package org.signet.type;

import java.util.Arrays;
import java.util.Optional;

/**
 * The element type of a tensor.
 *
 * <p>Each constant carries its number in TensorFlow's {@code DataType} enum, its code in TFLite's
 * {@code TensorType} enum (−1 where the format has none), the name NumPy and TensorFlow print, and
 * the bytes one element takes in a file (0 where that varies, as with strings; {@link #INT4} is
 * packed two to a byte in files and held one to a byte in memory).
 */
public enum DType {
  FLOAT32(1, 0, "float32", 4),
  FLOAT16(19, 1, "float16", 2),
  INT32(3, 2, "int32", 4),
  UINT8(4, 3, "uint8", 1),
  INT64(9, 4, "int64", 8),
  STRING(7, 5, "string", 0),
  BOOL(10, 6, "bool", 1),
  INT16(5, 7, "int16", 2),
  COMPLEX64(8, 8, "complex64", 8),
  INT8(6, 9, "int8", 1),
  FLOAT64(2, 10, "float64", 8),
  COMPLEX128(18, 11, "complex128", 16),
  UINT64(23, 12, "uint64", 8),
  RESOURCE(20, 13, "resource", 0),
  VARIANT(21, 14, "variant", 0),
  UINT32(22, 15, "uint32", 4),
  UINT16(17, 16, "uint16", 2),
  INT4(29, 17, "int4", 1),
  BFLOAT16(14, 18, "bfloat16", 2),
  QINT8(11, -1, "qint8", 1),
  QUINT8(12, -1, "quint8", 1),
  QINT32(13, -1, "qint32", 4),
  QINT16(15, -1, "qint16", 2),
  QUINT16(16, -1, "quint16", 2);

  /** TensorFlow adds 100 to a type's number for a reference to a variable of that type. */
  private static final int TF_REFERENCE_OFFSET = 100;

  private static final DType[] ALL = values();

  private final int tfNumber;
  private final int tfliteCode;
  private final String displayName;
  private final int bytes;

  DType(int tfNumber, int tfliteCode, String displayName, int bytes) {
    this.tfNumber = tfNumber;
    this.tfliteCode = tfliteCode;
    this.displayName = displayName;
    this.bytes = bytes;
  }

  /**
   * The type with this number in TensorFlow's {@code DataType}; a reference type gives the type it
   * refers to.
   */
  public static Optional<DType> ofTfNumber(int number) {
    int base = number > TF_REFERENCE_OFFSET ? number - TF_REFERENCE_OFFSET : number;
    for (DType type : ALL) {
      if (type.tfNumber == base) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type with this code in TFLite's {@code TensorType}. */
  public static Optional<DType> ofTfliteCode(int code) {
    return Arrays.stream(values()).filter(type -> type.tfliteCode == code && code >= 0).findFirst();
  }

  /**
   * The type of this name, {@code float32} as NumPy writes it or {@code FLOAT}/{@code HALF} as
   * TensorFlow's enum does.
   */
  public static Optional<DType> ofName(String name) {
    return switch (name) {
      case "FLOAT" -> Optional.of(FLOAT32);
      case "DOUBLE" -> Optional.of(FLOAT64);
      case "HALF" -> Optional.of(FLOAT16);
      default ->
          Arrays.stream(values())
              .filter(type -> type.displayName.equals(name) || type.name().equals(name))
              .findFirst();
    };
  }

  /** The number in TensorFlow's {@code DataType}. */
  public int tfNumber() {
    return tfNumber;
  }

  /** The code in TFLite's {@code TensorType}, −1 where the format has none. */
  public int tfliteCode() {
    return tfliteCode;
  }

  /** Whether a {@code .tflite} file can hold a tensor of this type. */
  public boolean isInTflite() {
    return tfliteCode >= 0;
  }

  /** Bytes of one element in a file, 0 where it varies. */
  public int bytes() {
    return bytes;
  }

  /**
   * The integer type whose numbers stand for those of a quantized type of TensorFlow in a model:
   * {@code uint8} for {@code quint8}, of the same bits. Any other type itself.
   */
  public DType carrier() {
    return switch (this) {
      case QINT8 -> INT8;
      case QUINT8 -> UINT8;
      case QINT16 -> INT16;
      case QUINT16 -> UINT16;
      case QINT32 -> INT32;
      default -> this;
    };
  }

  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
  }

  public boolean isComplex() {
    return this == COMPLEX64 || this == COMPLEX128;
  }

  /**
   * Whether this is a signed or unsigned integer type (booleans and quantized types of TF1 are
   * not).
   */
  public boolean isInteger() {
    return switch (this) {
      case INT4, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  public boolean isUnsigned() {
    return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
  }

  /** The name NumPy and TensorFlow print, such as {@code float32}. */
  @Override
  public String toString() {
    return displayName;
  }
}
