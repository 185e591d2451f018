package org.signet.pass.stablehlo;

import org.signet.ir.Value;
import org.signet.type.DType;

/** Numbers as patterns of bits. */
final class Bits {
  private Bits() {}

  static DType unsigned(DType dtype) {
    return switch (dtype.bytes()) {
      case 1 -> DType.UINT8;
      case 2 -> DType.UINT16;
      case 4 -> DType.UINT32;
      default -> DType.UINT64;
    };
  }

  static DType signed(DType dtype) {
    return switch (dtype.bytes()) {
      case 1 -> DType.INT8;
      case 2 -> DType.INT16;
      case 4 -> DType.INT32;
      default -> DType.INT64;
    };
  }

  /** The same bits as another type. */
  static Value cast(TfEmitter emit, Value value, DType dtype) {
    return value.type().dtype() == dtype
        ? value
        : emit.one("Bitcast", TfEmitter.types("T", value).with("type", dtype), value);
  }

  /**
   * How many bits of numbers of up to 32 are set: counted by pairs, by fours and by bytes side by
   * side, and a product sums up the bytes.
   */
  static Value ones(TfEmitter emit, Value value) {
    DType dtype = value.type().dtype();
    Value bits =
        dtype.bytes() == 4
            ? cast(emit, value, DType.INT32)
            : emit.cast(cast(emit, value, unsigned(dtype)), DType.INT32);
    Value odd = masked(emit, shifted(emit, bits, 1), 0x55555555);
    Value pairs = emit.plain("Sub", bits, odd);
    Value fours =
        emit.plain(
            "AddV2",
            masked(emit, pairs, 0x33333333),
            masked(emit, shifted(emit, pairs, 2), 0x33333333));
    Value bytes = masked(emit, emit.plain("AddV2", fours, shifted(emit, fours, 4)), 0x0f0f0f0f);
    return shifted(emit, emit.plain("Mul", bytes, emit.scalar(0x01010101)), 24);
  }

  private static Value shifted(TfEmitter emit, Value value, int by) {
    return emit.plain("RightShift", value, emit.scalar(by));
  }

  private static Value masked(TfEmitter emit, Value value, int mask) {
    return emit.plain("BitwiseAnd", value, emit.scalar(mask));
  }
}
