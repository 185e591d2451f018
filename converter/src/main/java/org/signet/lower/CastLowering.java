package org.signet.lower;

import java.util.EnumSet;
import java.util.Set;
import org.signet.type.DType;

/**
 * Cast between the types that the kernel takes. Floats go to narrow integers by way of int32, since
 * TensorFlow wraps where the kernel saturates.
 */
final class CastLowering implements Lowering {
  private static final Set<DType> TYPES =
      EnumSet.of(
          DType.FLOAT32,
          DType.FLOAT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.INT8,
          DType.UINT8,
          DType.INT16,
          DType.UINT16,
          DType.INT32,
          DType.UINT32,
          DType.INT64,
          DType.BOOL);

  private static final Set<DType> NARROW =
      EnumSet.of(DType.INT8, DType.UINT8, DType.INT16, DType.UINT16);

  @Override
  public Set<String> ops() {
    return Set.of("Cast");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType from = op.dtype(0);
    DType to = op.result().dtype();
    if (from == to) {
      return Lowered.to(op.operand(0));
    }
    if (!TYPES.contains(from) || !TYPES.contains(to)) {
      return Lowered.declined("no kernel from " + from + " to " + to);
    }
    if (op.attributes().getBoolean("Truncate", false)) {
      return Lowered.declined("the kernel rounds to nearest");
    }
    boolean wraps = from.isFloating() && NARROW.contains(to);
    return Lowered.to(emit.cast(wraps ? emit.cast(op.operand(0), DType.INT32) : op.operand(0), to));
  }
}
