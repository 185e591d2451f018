package org.signet.lower;

import java.util.EnumSet;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Cast between the types that the kernel takes. Floats go to narrow integers by way of int32, since
 * TensorFlow wraps where the kernel saturates. What no int32 can hold, NaN among it, is the least
 * one for TensorFlow.
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

  /** The first number that is no int32. */
  private static final double LIMIT = 0x1p31;

  private static final Set<DType> NARROW =
      EnumSet.of(DType.INT8, DType.UINT8, DType.INT16, DType.UINT16);

  @Override
  public Set<String> ops() {
    return Set.of("Bitcast", "Cast");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType from = op.dtype(0);
    DType to = op.result().dtype();
    if (op.name().equals("Bitcast")) {
      return from.isInTflite() && to.isInTflite() && from.bytes() > 0 && to.bytes() > 0
          ? Lowered.to(emit.bitcast(op.operand(0), to))
          : KernelTypes.decline(from);
    }
    if (from == to) {
      return Lowered.to(op.operand(0));
    }
    if (from == DType.COMPLEX64 && TYPES.contains(to)) {
      return real(to, emit.builtin("REAL", op.operand(0)), emit);
    }
    if (to == DType.COMPLEX64 && TYPES.contains(from)) {
      return Lowered.to(emit.cast(emit.cast(op.operand(0), DType.FLOAT32), to));
    }
    if (from == DType.UINT64 && TYPES.contains(to) && !to.isFloating() && to != DType.BOOL) {
      return Lowered.to(emit.cast(emit.bitcast(op.operand(0), DType.INT64), to));
    }
    if (to == DType.UINT64 && TYPES.contains(from) && !from.isFloating()) {
      return Lowered.to(emit.bitcast(emit.cast(op.operand(0), DType.INT64), to));
    }
    if (!TYPES.contains(from) || !TYPES.contains(to)) {
      return Lowered.declined("no kernel from " + from + " to " + to);
    }
    if (op.attributes().getBoolean("Truncate", false)) {
      return Lowered.declined("the kernel rounds to nearest");
    }
    return real(to, op.operand(0), emit);
  }

  private static Lowered real(DType to, Value value, Emitter emit) {
    boolean wraps = to == DType.INT32 || NARROW.contains(to);
    boolean whole = value.type().dtype().isFloating() && wraps;
    return Lowered.to(emit.cast(whole ? int32(value, emit) : value, to));
  }

  private static Value int32(Value value, Emitter emit) {
    if (value.type().dtype() == DType.FLOAT64) {
      return Elementwise.apply(value, emit, v -> ofLong(emit.cast(v, DType.INT64), emit));
    }
    Value x = emit.cast(value, DType.FLOAT32);
    if (new FloatBound(emit).of(x) < LIMIT) {
      return emit.cast(x, DType.INT32);
    }
    return Elementwise.apply(
        x,
        emit,
        v ->
            least(
                emit.builtin("LESS", v, emit.scalar((float) LIMIT)),
                emit.cast(v, DType.INT32),
                emit));
  }

  private static Value ofLong(Value value, Emitter emit) {
    Value x = emit.builtin("MAXIMUM", value, emit.wide(-(long) LIMIT));
    Value fits = emit.builtin("LESS", x, emit.wide((long) LIMIT));
    return least(fits, emit.cast(x, DType.INT32), emit);
  }

  private static Value least(Value fits, Value value, Emitter emit) {
    return emit.select(fits, value, emit.scalar(Integer.MIN_VALUE));
  }
}
