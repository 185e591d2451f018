package org.signet.op;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The elements of a tensor as an array of one wide number type, for loops that must not switch on
 * the element type.
 */
public final class NumberArrays {
  private NumberArrays() {}

  /**
   * The elements of a float32, float16 or bfloat16 tensor, exactly; a float32 tensor's own array,
   * not to be written to.
   */
  public static float[] floats(Tensor tensor) {
    if (tensor.dtype() == DType.FLOAT32) {
      return tensor.floats();
    }
    float[] values = new float[tensor.size()];
    load(tensor, 0, values.length, values, 0);
    return values;
  }

  /**
   * The elements of a numeric tensor, complex ones as pairs (real, imaginary); a float64 or
   * complex128 tensor's own array, not to be written to.
   */
  public static double[] doubles(Tensor tensor) {
    if (tensor.dtype() == DType.FLOAT64 || tensor.dtype() == DType.COMPLEX128) {
      return tensor.doubles();
    }
    double[] values = new double[tensor.size() * Tensor.lanes(tensor.dtype())];
    load(tensor, 0, values.length, values);
    return values;
  }

  /**
   * The elements of an integer or bool tensor; an int64 tensor's own array, not to be written to.
   */
  public static long[] longs(Tensor tensor) {
    if (tensor.dtype() == DType.INT64) {
      return tensor.longs();
    }
    long[] values = new long[tensor.size()];
    load(tensor, 0, values.length, values);
    return values;
  }

  /**
   * Puts {@code count} real elements into {@code values} at {@code at}; those of 32 bits and more
   * are rounded to nearest.
   */
  public static void load(Tensor tensor, int from, int count, float[] values, int at) {
    switch (tensor.dtype()) {
      case FLOAT32 -> tensor.read(from, values, at, count);
      case INT8, INT4, QINT8 -> {
        byte[] array = tensor.bytes();
        for (int i = 0; i < count; i++) {
          values[at + i] = array[from + i];
        }
      }
      case UINT8, BOOL, QUINT8 -> {
        byte[] array = tensor.bytes();
        for (int i = 0; i < count; i++) {
          values[at + i] = array[from + i] & 0xFF;
        }
      }
      case INT32, QINT32 -> {
        int[] array = tensor.ints();
        for (int i = 0; i < count; i++) {
          values[at + i] = array[from + i];
        }
      }
      case FLOAT16 -> {
        short[] array = tensor.shorts();
        for (int i = 0; i < count; i++) {
          values[at + i] = Float.float16ToFloat(array[from + i]);
        }
      }
      case FLOAT64, BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[at + i] = (float) tensor.getDouble(from + i);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[at + i] = tensor.getLong(from + i);
        }
      }
    }
  }

  /** Puts {@code count} numbers into {@code values}; a complex element is two of them. */
  public static void load(Tensor tensor, int from, int count, double[] values) {
    switch (tensor.array()) {
      case float[] array -> {
        for (int i = 0; i < count; i++) {
          values[i] = array[from + i];
        }
      }
      case double[] array -> System.arraycopy(array, from, values, 0, count);
      default -> {
        for (int i = 0; i < count; i++) {
          values[i] = tensor.getDouble(from + i);
        }
      }
    }
  }

  /** Puts {@code count} integer or bool elements into {@code values}. */
  public static void load(Tensor tensor, int from, int count, long[] values) {
    switch (tensor.dtype()) {
      case INT8, INT4, QINT8 -> {
        byte[] array = tensor.bytes();
        for (int i = 0; i < count; i++) {
          values[i] = array[from + i];
        }
      }
      case UINT8, BOOL, QUINT8 -> {
        byte[] array = tensor.bytes();
        for (int i = 0; i < count; i++) {
          values[i] = array[from + i] & 0xFF;
        }
      }
      case INT32, QINT32 -> {
        int[] array = tensor.ints();
        for (int i = 0; i < count; i++) {
          values[i] = array[from + i];
        }
      }
      case INT64, UINT64 -> System.arraycopy(tensor.longs(), from, values, 0, count);
      default -> {
        for (int i = 0; i < count; i++) {
          values[i] = tensor.getLong(from + i);
        }
      }
    }
  }

  /** Rounds {@code values[from .. from+count)} into a floating tensor at {@code at}. */
  public static void store(double[] values, int from, int count, Tensor target, int at) {
    if (target.dtype() == DType.FLOAT32) {
      float[] floats = target.floats();
      for (int i = 0; i < count; i++) {
        floats[at + i] = (float) values[from + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        target.setDouble(at + i, values[from + i]);
      }
    }
  }

  /** Stores the low bits of {@code values[0 .. count)} into an integer or bool tensor. */
  public static void store(long[] values, int count, Tensor target, int at) {
    switch (target.dtype()) {
      case INT8, INT4, UINT8, QINT8, QUINT8 -> {
        byte[] array = target.bytes();
        for (int i = 0; i < count; i++) {
          array[at + i] = (byte) values[i];
        }
      }
      case INT32, UINT32, QINT32 -> {
        int[] array = target.ints();
        for (int i = 0; i < count; i++) {
          array[at + i] = (int) values[i];
        }
      }
      case INT64, UINT64 -> System.arraycopy(values, 0, target.longs(), at, count);
      default -> {
        for (int i = 0; i < count; i++) {
          target.setLong(at + i, values[i]);
        }
      }
    }
  }

  /**
   * Rounds the pairs {@code values[2·from .. 2·(from+count))} into a complex tensor at element
   * {@code at}.
   */
  public static void storeComplex(double[] values, int from, int count, Tensor target, int at) {
    if (target.dtype() == DType.COMPLEX64) {
      float[] floats = target.floats();
      for (int i = 0; i < 2 * count; i++) {
        floats[2 * at + i] = (float) values[2 * from + i];
      }
    } else {
      System.arraycopy(values, 2 * from, target.doubles(), 2 * at, 2 * count);
    }
  }
}
