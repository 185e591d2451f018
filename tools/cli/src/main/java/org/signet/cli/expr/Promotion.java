package org.signet.cli.expr;

import org.signet.type.DType;

/**
 * The type of a result of two types, by NumPy 2's table: https://numpy.org/doc/stable/reference/
 * arrays.promotion.html.
 */
final class Promotion {
  private static final DType[] SIGNED = {DType.INT8, DType.INT16, DType.INT32, DType.INT64};

  private Promotion() {}

  /**
   * @throws IllegalArgumentException if they don't go together
   */
  static DType of(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a == DType.BOOL && isNumber(b)) {
      return b;
    }
    if (b == DType.BOOL && isNumber(a)) {
      return a;
    }
    if (!isNumber(a) || !isNumber(b)) {
      throw new IllegalArgumentException(a + " and " + b + " don't go together");
    }
    if (a.isInteger() && b.isInteger()) {
      return integers(a, b);
    }
    return floating(a).bytes() >= floating(b).bytes() ? floating(a) : floating(b);
  }

  private static boolean isNumber(DType dtype) {
    return dtype.isInteger() || dtype.isFloating();
  }

  private static DType integers(DType a, DType b) {
    DType larger = a.bytes() >= b.bytes() ? a : b;
    if (a.isUnsigned() == b.isUnsigned()) {
      return larger;
    }
    DType unsigned = a.isUnsigned() ? a : b;
    DType signed = a.isUnsigned() ? b : a;
    for (DType candidate : SIGNED) {
      if (candidate.bytes() > unsigned.bytes() && candidate.bytes() >= signed.bytes()) {
        return candidate;
      }
    }
    return DType.FLOAT64;
  }

  /** The smallest floating type that holds most of a type's numbers. */
  private static DType floating(DType dtype) {
    if (dtype.isFloating()) {
      return dtype;
    }
    return switch (dtype.bytes()) {
      case 1 -> DType.FLOAT16;
      case 2 -> DType.FLOAT32;
      default -> DType.FLOAT64;
    };
  }
}
