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
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.getDouble(i);
    }
    return values;
  }

  /**
   * The elements of a numeric tensor, complex ones as pairs (real, imaginary); a float64 or
   * complex128 tensor's own array, not to be written to.
   */
  public static double[] doubles(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT64, COMPLEX128 -> tensor.doubles();
      case FLOAT32, COMPLEX64 -> widened(tensor);
      default -> {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = tensor.getDouble(i);
        }
        yield values;
      }
    };
  }

  private static double[] widened(Tensor tensor) {
    float[] from = tensor.floats();
    double[] values = new double[tensor.size() * Tensor.lanes(tensor.dtype())];
    for (int i = 0; i < values.length; i++) {
      values[i] = from[i];
    }
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
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getLong(i);
    }
    return values;
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
