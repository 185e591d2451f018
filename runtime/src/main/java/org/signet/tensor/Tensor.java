package org.signet.tensor;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A tensor: an element type, a shape and a typed heap array in row-major order.
 *
 * <p>Heap arrays are what the JIT compiles to the fastest kernels; see {@code ARCHITECTURE.md}. The
 * array by element type:
 *
 * <ul>
 *   <li>{@code float[]}: float32; complex64 as pairs (real, imaginary)
 *   <li>{@code double[]}: float64; complex128 as pairs
 *   <li>{@code byte[]}: int8, uint8, bool (0 or 1), int4 (one element a byte), qint8, quint8
 *   <li>{@code short[]}: int16, uint16, float16 and bfloat16 (their bits), qint16, quint16
 *   <li>{@code int[]}: int32, uint32, qint32
 *   <li>{@code long[]}: int64, uint64
 *   <li>{@code byte[][]}: string
 *   <li>{@code Object[]}: resource, variant
 * </ul>
 *
 * <p>The array may be longer than the tensor: only its first elements count. A tensor does not copy
 * the array it is given; whoever writes to it while another thread reads it must see to the order
 * themselves.
 */
public final class Tensor {
  private final DType dtype;
  private final int[] shape;
  private final int size;

  /** An array, or {@link StoredFloats}. */
  private final Object storage;

  private Tensor(DType dtype, Object storage, int[] shape) {
    this.dtype = dtype;
    this.shape = shape;
    this.size = Math.toIntExact(Shape.elements(shape));
    this.storage = storage;
    int length = storage instanceof StoredFloats floats ? floats.size() : Array.getLength(storage);
    if (length < (long) size * lanes(dtype)) {
      throw new IllegalArgumentException(
          "an array of " + length + " is too short for " + dtype + Arrays.toString(shape));
    }
  }

  /**
   * A tensor on {@code array}, which is not copied.
   *
   * @throws IllegalArgumentException if the array is too short or not of the kind that {@code
   *     dtype} is held in
   */
  public static Tensor wrap(DType dtype, Object array, int... shape) {
    boolean fits =
        switch (dtype) {
          case FLOAT32, COMPLEX64 -> array instanceof float[];
          case FLOAT64, COMPLEX128 -> array instanceof double[];
          case INT8, UINT8, BOOL, INT4, QINT8, QUINT8 -> array instanceof byte[];
          case INT16, UINT16, FLOAT16, BFLOAT16, QINT16, QUINT16 -> array instanceof short[];
          case INT32, UINT32, QINT32 -> array instanceof int[];
          case INT64, UINT64 -> array instanceof long[];
          case STRING -> array instanceof byte[][];
          case RESOURCE, VARIANT -> array instanceof Object[];
        };
    if (!fits) {
      throw new IllegalArgumentException(array.getClass().getSimpleName() + " can't hold " + dtype);
    }
    return new Tensor(dtype, array, shape.clone());
  }

  /** A float32 tensor whose elements are brought to the heap when its array is asked for. */
  public static Tensor stored(StoredFloats floats, int... shape) {
    return new Tensor(DType.FLOAT32, floats, shape.clone());
  }

  /** A tensor of zeros, false or empty strings. */
  public static Tensor zeros(DType dtype, int... shape) {
    return new Tensor(
        dtype, newArray(dtype, Math.toIntExact(Shape.elements(shape))), shape.clone());
  }

  /** A new zeroed array for {@code elements} elements of {@code dtype}. */
  public static Object newArray(DType dtype, int elements) {
    return switch (dtype) {
      case FLOAT32 -> new float[elements];
      case COMPLEX64 -> new float[Math.multiplyExact(2, elements)];
      case FLOAT64 -> new double[elements];
      case COMPLEX128 -> new double[Math.multiplyExact(2, elements)];
      case INT8, UINT8, BOOL, INT4, QINT8, QUINT8 -> new byte[elements];
      case INT16, UINT16, FLOAT16, BFLOAT16, QINT16, QUINT16 -> new short[elements];
      case INT32, UINT32, QINT32 -> new int[elements];
      case INT64, UINT64 -> new long[elements];
      case STRING -> {
        byte[][] strings = new byte[elements][];
        Arrays.fill(strings, new byte[0]);
        yield strings;
      }
      case RESOURCE, VARIANT -> new Object[elements];
    };
  }

  /** A float32 vector. */
  public static Tensor of(float[] values) {
    return new Tensor(DType.FLOAT32, values, new int[] {values.length});
  }

  /** A float32 tensor of this shape; the array is not copied. */
  public static Tensor of(float[] values, int... shape) {
    return exact(DType.FLOAT32, values, values.length, shape);
  }

  /** A float64 vector. */
  public static Tensor of(double[] values) {
    return new Tensor(DType.FLOAT64, values, new int[] {values.length});
  }

  public static Tensor of(double[] values, int... shape) {
    return exact(DType.FLOAT64, values, values.length, shape);
  }

  /** An int32 vector. */
  public static Tensor of(int[] values) {
    return new Tensor(DType.INT32, values, new int[] {values.length});
  }

  public static Tensor of(int[] values, int... shape) {
    return exact(DType.INT32, values, values.length, shape);
  }

  /** An int64 vector. */
  public static Tensor of(long[] values) {
    return new Tensor(DType.INT64, values, new int[] {values.length});
  }

  public static Tensor of(long[] values, int... shape) {
    return exact(DType.INT64, values, values.length, shape);
  }

  /** A bool vector. */
  public static Tensor of(boolean[] values) {
    return of(values, values.length);
  }

  public static Tensor of(boolean[] values, int... shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return exact(DType.BOOL, bytes, values.length, shape);
  }

  /** A string vector, encoded in UTF-8. */
  public static Tensor of(String[] values) {
    return of(values, values.length);
  }

  public static Tensor of(String[] values, int... shape) {
    byte[][] strings = new byte[values.length][];
    for (int i = 0; i < values.length; i++) {
      strings[i] = values[i].getBytes(StandardCharsets.UTF_8);
    }
    return exact(DType.STRING, strings, values.length, shape);
  }

  public static Tensor scalar(float value) {
    return of(new float[] {value}, new int[0]);
  }

  public static Tensor scalar(double value) {
    return of(new double[] {value}, new int[0]);
  }

  public static Tensor scalar(int value) {
    return of(new int[] {value}, new int[0]);
  }

  public static Tensor scalar(long value) {
    return of(new long[] {value}, new int[0]);
  }

  public static Tensor scalar(boolean value) {
    return of(new boolean[] {value}, new int[0]);
  }

  public static Tensor scalar(String value) {
    return of(new String[] {value}, new int[0]);
  }

  private static Tensor exact(DType dtype, Object array, int length, int[] shape) {
    if (Shape.elements(shape) != length) {
      throw new IllegalArgumentException(
          length + " values do not fill the shape " + Arrays.toString(shape));
    }
    return new Tensor(dtype, array, shape.clone());
  }

  /** How many array elements one tensor element takes: 2 for complex numbers, else 1. */
  public static int lanes(DType dtype) {
    return dtype.isComplex() ? 2 : 1;
  }

  public DType dtype() {
    return dtype;
  }

  /** A copy of the sizes. */
  public int[] shape() {
    return shape.clone();
  }

  public int rank() {
    return shape.length;
  }

  /** The size of dimension {@code axis}, counted from the end if negative. */
  public int dim(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  /** Whether its sizes are these. */
  public boolean hasShape(int... sizes) {
    return Arrays.equals(shape, sizes);
  }

  /** Whether its sizes are those of another tensor. */
  public boolean hasSameShape(Tensor other) {
    return Arrays.equals(shape, other.shape);
  }

  /** Whether a shape, some of whose sizes may be unknown, allows its sizes. */
  public boolean fits(Shape allowed) {
    if (!allowed.hasRank()) {
      return true;
    }
    boolean fits = allowed.rank() == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = allowed.dim(i) == Shape.UNKNOWN || allowed.dim(i) == shape[i];
    }
    return fits;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  public TensorType type() {
    return TensorType.of(dtype, shape);
  }

  /** The array itself, of the kind that the class comment gives for {@link #dtype()}. */
  public Object array() {
    return storage instanceof StoredFloats floats ? floats.onHeap() : storage;
  }

  /** What the elements lie on: the same object for tensors that share them. */
  public Object storage() {
    return storage;
  }

  /**
   * Copies {@code count} elements of a float32 tensor to {@code to}, without bringing the others to
   * the heap.
   */
  public void read(int from, float[] to, int at, int count) {
    if (storage instanceof StoredFloats floats) {
      floats.read(from, to, at, count);
    } else {
      System.arraycopy(storage, from, to, at, count);
    }
  }

  /** Whether {@link #array} is there, and costs nothing. */
  public boolean isOnHeap() {
    return !(storage instanceof StoredFloats floats) || floats.isOnHeap();
  }

  /** Tells that the elements will hardly be read again; those on the heap stay. */
  public void release() {
    if (storage instanceof StoredFloats floats) {
      floats.release();
    }
  }

  /** This tensor's elements under another shape of the same size; the array is shared. */
  public Tensor reshaped(int... newShape) {
    if (Shape.elements(newShape) != size) {
      throw new IllegalArgumentException(
          "can't reshape " + Arrays.toString(shape) + " to " + Arrays.toString(newShape));
    }
    return new Tensor(dtype, storage, newShape.clone());
  }

  /** The array of a float32 or complex64 tensor. */
  public float[] floats() {
    return (float[]) array();
  }

  /** The array of a float64 or complex128 tensor. */
  public double[] doubles() {
    return (double[]) storage;
  }

  public byte[] bytes() {
    return (byte[]) storage;
  }

  public short[] shorts() {
    return (short[]) storage;
  }

  public int[] ints() {
    return (int[]) storage;
  }

  public long[] longs() {
    return (long[]) storage;
  }

  public byte[][] strings() {
    return (byte[][]) storage;
  }

  public Object[] objects() {
    return (Object[]) storage;
  }

  public boolean getBoolean(int i) {
    return bytes()[i] != 0;
  }

  /** Element {@code i} of a string tensor, read as UTF-8. */
  public String getString(int i) {
    return new String(strings()[i], StandardCharsets.UTF_8);
  }

  /**
   * Element {@code i} of a real numeric or bool tensor as a double; unsigned types give their
   * unsigned value.
   */
  public double getDouble(int i) {
    return switch (dtype) {
      case FLOAT32 -> floats()[i];
      case FLOAT64 -> doubles()[i];
      case FLOAT16 -> Float.float16ToFloat(shorts()[i]);
      case BFLOAT16 -> bfloat16ToFloat(shorts()[i]);
      case UINT64 -> unsignedToDouble(longs()[i]);
      default -> getLong(i);
    };
  }

  /**
   * Element {@code i} of an integer or bool tensor; unsigned types below 64 bits give their
   * unsigned value.
   */
  public long getLong(int i) {
    return switch (dtype) {
      case INT8, INT4, QINT8 -> bytes()[i];
      case UINT8, BOOL, QUINT8 -> bytes()[i] & 0xFF;
      case INT16, QINT16 -> shorts()[i];
      case UINT16, QUINT16 -> shorts()[i] & 0xFFFF;
      case INT32, QINT32 -> ints()[i];
      case UINT32 -> ints()[i] & 0xFFFFFFFFL;
      case INT64, UINT64 -> longs()[i];
      default -> throw new ClassCastException(dtype + " holds no integers");
    };
  }

  /** Stores into a floating tensor, rounding to nearest even. */
  public void setDouble(int i, double value) {
    switch (dtype) {
      case FLOAT32 -> floats()[i] = (float) value;
      case FLOAT64 -> doubles()[i] = value;
      case FLOAT16 -> shorts()[i] = Float.floatToFloat16((float) value);
      case BFLOAT16 -> shorts()[i] = floatToBfloat16((float) value);
      default -> throw new ClassCastException(dtype + " holds no floating numbers");
    }
  }

  /** Stores the low bits into an integer or bool tensor. */
  public void setLong(int i, long value) {
    switch (dtype) {
      case INT8, INT4, UINT8, QINT8, QUINT8 -> bytes()[i] = (byte) value;
      case BOOL -> bytes()[i] = (byte) (value != 0 ? 1 : 0);
      case INT16, UINT16, QINT16, QUINT16 -> shorts()[i] = (short) value;
      case INT32, UINT32, QINT32 -> ints()[i] = (int) value;
      case INT64, UINT64 -> longs()[i] = value;
      default -> throw new ClassCastException(dtype + " holds no integers");
    }
  }

  public static float bfloat16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Rounds to nearest even; NaN stays NaN. */
  public static short floatToBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  private static double unsignedToDouble(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  /** The elements of an int32 or int64 tensor as sizes, axes or the like. */
  public int[] toInts() {
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = Math.toIntExact(getLong(i));
    }
    return values;
  }

  /** A tensor with an array of its own, exactly as long as needed. */
  public Tensor copy() {
    Tensor copy = new Tensor(dtype, newArray(dtype, size), shape);
    copy.copyFrom(this);
    return copy;
  }

  /** Replaces all elements by those of a tensor of the same type and shape. */
  public void copyFrom(Tensor other) {
    if (other.dtype != dtype || other.size != size) {
      throw new IllegalArgumentException("can't copy " + other.type() + " to " + type());
    }
    System.arraycopy(other.array(), 0, array(), 0, size * lanes(dtype));
  }

  /** Type and first elements, for people. */
  @Override
  public String toString() {
    int shown = Math.min(size, 8);
    StringBuilder text = new StringBuilder(type().toString()).append(" {");
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(element(i));
    }
    return text.append(size > shown ? ", …}" : "}").toString();
  }

  private String element(int i) {
    return switch (dtype) {
      case STRING -> '"' + getString(i) + '"';
      case BOOL -> String.valueOf(getBoolean(i));
      case FLOAT32 -> String.valueOf(floats()[i]);
      case FLOAT64, FLOAT16, BFLOAT16 -> String.valueOf(getDouble(i));
      case COMPLEX64 -> floats()[2 * i] + "+" + floats()[2 * i + 1] + "i";
      case COMPLEX128 -> doubles()[2 * i] + "+" + doubles()[2 * i + 1] + "i";
      case RESOURCE, VARIANT -> "…";
      case UINT64 -> Long.toUnsignedString(longs()[i]);
      default -> String.valueOf(getLong(i));
    };
  }
}
