package org.signet.op;

import org.signet.type.DType;

/** Element types that kernels treat alike. Booleans and TF1's quantized types are integers here. */
public enum ElementKind {
  INTEGERS,
  /** Integers that are no booleans, such as indices and sizes. */
  WHOLE,
  FLOATS,
  /** Floating or complex numbers. */
  CONTINUOUS,
  /** Integers or floating numbers. */
  REALS,
  COMPLEX,
  NUMBERS,
  STRINGS,
  ANY;

  /** These and complex numbers. */
  ElementKind orComplex() {
    return this == FLOATS ? CONTINUOUS : NUMBERS;
  }

  private static ElementKind of(DType dtype) {
    return switch (dtype) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> FLOATS;
      case COMPLEX64, COMPLEX128 -> COMPLEX;
      case STRING -> STRINGS;
      case RESOURCE, VARIANT -> ANY;
      default -> INTEGERS;
    };
  }

  /** Whether elements of this type are of this kind. */
  public boolean has(DType dtype) {
    ElementKind kind = of(dtype);
    return switch (this) {
      case INTEGERS, FLOATS, COMPLEX, STRINGS -> kind == this;
      case WHOLE -> kind == INTEGERS && dtype != DType.BOOL;
      case CONTINUOUS -> kind == FLOATS || kind == COMPLEX;
      case REALS -> kind == INTEGERS || kind == FLOATS;
      case NUMBERS -> kind != STRINGS && kind != ANY;
      case ANY -> true;
    };
  }

  /**
   * @throws IllegalArgumentException if elements of this type are of another kind
   */
  public void require(DType dtype) {
    if (!has(dtype)) {
      throw new IllegalArgumentException("no kernel for elements of type " + dtype);
    }
  }
}
