package org.signet.pass.stablehlo;

import org.signet.ir.Value;
import org.signet.type.DType;

/** Complex numbers in parts, for what is only there for real ones. */
final class ComplexParts {
  private ComplexParts() {}

  private static DType part(Value value) {
    return value.type().dtype() == DType.COMPLEX128 ? DType.FLOAT64 : DType.FLOAT32;
  }

  static Value real(TfEmitter emit, Value value) {
    return emit.one("Real", TfEmitter.types("T", value).with("Tout", part(value)), value);
  }

  static Value imaginary(TfEmitter emit, Value value) {
    return emit.one("Imag", TfEmitter.types("T", value).with("Tout", part(value)), value);
  }

  static Value joined(TfEmitter emit, Value real, Value imaginary) {
    DType dtype = real.type().dtype() == DType.FLOAT64 ? DType.COMPLEX128 : DType.COMPLEX64;
    return emit.one("Complex", TfEmitter.types("T", real).with("Tout", dtype), real, imaginary);
  }
}
