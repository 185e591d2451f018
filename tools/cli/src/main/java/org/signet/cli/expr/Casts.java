package org.signet.cli.expr;

import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Arrays of one type as arrays of another. */
final class Casts {
  private Casts() {}

  /**
   * As NumPy's {@code astype}: to an integer the fraction is cut off and high bits are lost.
   *
   * @throws IllegalArgumentException between strings and numbers, and of what no integer can be
   */
  static Tensor cast(Tensor tensor, DType dtype) {
    if (tensor.dtype() == dtype) {
      return tensor;
    }
    if (tensor.dtype() == DType.STRING || dtype == DType.STRING) {
      throw new IllegalArgumentException("strings and numbers aren't turned into each other");
    }
    boolean holdsNumbers =
        dtype.isInteger() || dtype.isFloating() || dtype.isComplex() || dtype == DType.BOOL;
    if (!holdsNumbers) {
      throw new IllegalArgumentException("no expression gives a " + dtype);
    }
    Tensor cast = Arrays.zeros(dtype, tensor.shape());
    for (int i = 0; i < tensor.size(); i++) {
      copy(tensor, i, cast, i);
    }
    return cast;
  }

  /**
   * The tensor as an input of this type: floating numbers are rounded to it, all else must fit
   * exactly.
   *
   * @throws IllegalArgumentException naming the first element that does not fit
   */
  static Tensor exactly(Tensor tensor, DType dtype) {
    Tensor cast = cast(tensor, dtype);
    if (!dtype.isFloating()
        && !dtype.isComplex()
        && dtype != tensor.dtype()
        && dtype != DType.STRING) {
      Tensor back = cast(cast, tensor.dtype());
      for (int i = 0; i < tensor.size(); i++) {
        boolean same =
            tensor.dtype().isFloating()
                ? tensor.getDouble(i) == back.getDouble(i)
                : tensor.getLong(i) == back.getLong(i) && sign(tensor, i) == sign(cast, i);
        if (!same) {
          throw new IllegalArgumentException(
              "it has " + text(tensor, i) + ", which is no " + dtype);
        }
      }
    }
    return cast;
  }

  private static String text(Tensor tensor, int i) {
    return tensor.dtype().isFloating()
        ? String.valueOf(tensor.getDouble(i))
        : tensor.dtype() == DType.UINT64
            ? Long.toUnsignedString(tensor.getLong(i))
            : String.valueOf(tensor.getLong(i));
  }

  private static boolean sign(Tensor tensor, int i) {
    return !tensor.dtype().isUnsigned() && tensor.getLong(i) < 0;
  }

  /** Stores one element, cast. */
  static void copy(Tensor from, int i, Tensor to, int j) {
    DType dtype = to.dtype();
    if (from.dtype() == DType.STRING) {
      to.strings()[j] = from.strings()[i];
    } else if (dtype == DType.COMPLEX64) {
      to.floats()[2 * j] = (float) from.getDouble(i);
    } else if (dtype == DType.COMPLEX128) {
      to.doubles()[2 * j] = from.getDouble(i);
    } else if (dtype.isFloating()) {
      to.setDouble(j, from.getDouble(i));
    } else if (dtype == DType.BOOL) {
      to.setLong(j, from.getDouble(i) != 0 ? 1 : 0);
    } else if (from.dtype().isFloating()) {
      to.setLong(j, integer(from.getDouble(i), dtype));
    } else {
      to.setLong(j, from.getLong(i));
    }
  }

  private static long integer(double value, DType dtype) {
    boolean high = dtype == DType.UINT64 && value >= 0x1p63 && value < 0x1p64;
    if (!high && !(value >= -0x1p63 && value < 0x1p63)) {
      throw new IllegalArgumentException(value + " is no " + dtype);
    }
    return high ? (long) (value - 0x1p63) ^ Long.MIN_VALUE : (long) value;
  }
}
