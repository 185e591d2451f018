package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Bitwise ops. Only BITWISE_XOR and RIGHT_SHIFT have kernels; the others follow from them and sums:
 * {@code x + y = (x ^ y) + 2 (x & y)}, {@code x | y = (x ^ y) ^ (x & y)}. Numbers of 64 bits are
 * pairs of 32.
 */
final class BitwiseLowering implements Lowering {
  private static final Set<DType> XOR_TYPES =
      Set.of(DType.INT8, DType.UINT8, DType.INT16, DType.UINT16, DType.INT32, DType.UINT32);

  @Override
  public Set<String> ops() {
    return Set.of("BitwiseAnd", "BitwiseOr", "BitwiseXor", "Invert", "LeftShift", "RightShift");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (op.name().equals("LeftShift")) {
      return leftShift(op, emit);
    }
    boolean wide = dtype == DType.INT64 || dtype == DType.UINT64;
    if (!wide && !XOR_TYPES.contains(dtype)) {
      return KernelTypes.decline(dtype);
    }
    if (op.name().equals("Invert")) {
      return Lowered.to(
          onHalves(op.operand(0), emit, x -> emit.builtin("BITWISE_XOR", x, ones(x, emit))));
    }
    Value x = op.operand(0);
    Value y = op.operand(1);
    if (op.name().equals("RightShift")) {
      return wide
          ? rightShift(op, emit)
          : Broadcasts.apply(x, y, emit, (a, b) -> emit.builtin("RIGHT_SHIFT", a, b));
    }
    if (wide && !op.shape(0).equals(op.shape(1))) {
      Optional<Shape> common = Broadcasts.common(x, y);
      if (common.isEmpty() || Broadcasts.isAbove(common.get(), Broadcasts.HIGHEST_RANK)) {
        return Lowered.declined("the shapes do not broadcast");
      }
      x = Broadcasts.spread(x, y, common.get(), emit);
      y = Broadcasts.spread(y, x, common.get(), emit);
    }
    BinaryOperator<Value> function =
        switch (op.name()) {
          case "BitwiseXor" -> (a, b) -> emit.builtin("BITWISE_XOR", a, b);
          case "BitwiseAnd" -> (a, b) -> and(a, b, emit);
          default -> (a, b) -> emit.builtin("BITWISE_XOR", xor(a, b, emit), and(a, b, emit));
        };
    boolean bits32 = dtype == DType.INT32 || dtype == DType.UINT32;
    if (!wide && !bits32 && !op.name().equals("BitwiseXor")) {
      return KernelTypes.decline(dtype); // fits int32, as which it is tried next
    }
    if (dtype == DType.INT32 || !(wide || bits32)) {
      return Broadcasts.apply(x, y, emit, function);
    }
    Lowered halves =
        Broadcasts.apply(
            emit.bitcast(x, DType.INT32), emit.bitcast(y, DType.INT32), emit, function);
    return halves instanceof Lowered.To(var results)
        ? Lowered.to(emit.bitcast(results.getFirst(), dtype))
        : halves;
  }

  private static Value xor(Value x, Value y, Emitter emit) {
    return emit.builtin("BITWISE_XOR", x, y);
  }

  private static Value ones(Value like, Emitter emit) {
    Tensor ones = Tensor.zeros(like.type().dtype());
    ones.setLong(0, -1);
    return emit.constant(ones);
  }

  /** {@code value} by {@code function}, as pairs of int32 if it has 64 bits. */
  private static Value onHalves(Value value, Emitter emit, UnaryOperator<Value> function) {
    DType dtype = value.type().dtype();
    return dtype.bytes() == 8
        ? emit.bitcast(function.apply(emit.bitcast(value, DType.INT32)), dtype)
        : function.apply(value);
  }

  /**
   * x &amp; y of int32: half of x + y − (x ^ y), of which 32 bits are known; the highest bit is
   * that of the product of the signs.
   */
  private static Value and(Value x, Value y, Emitter emit) {
    Value twice = emit.builtin("SUB", emit.builtin("ADD", x, y), emit.builtin("BITWISE_XOR", x, y));
    Value one = emit.bitcast(emit.scalar(1), DType.UINT32);
    Value low =
        emit.bitcast(
            emit.builtin("RIGHT_SHIFT", emit.bitcast(twice, DType.UINT32), one), DType.INT32);
    Value signs =
        emit.builtin(
            "MUL",
            emit.builtin("RIGHT_SHIFT", x, emit.scalar(31)),
            emit.builtin("RIGHT_SHIFT", y, emit.scalar(31)));
    Value high = emit.builtin("MUL", signs, emit.scalar(Integer.MIN_VALUE));
    return emit.builtin("BITWISE_XOR", low, high);
  }

  /**
   * A product with a power of two from a table. A count outside the type's bits is moved inside.
   */
  private static Lowered leftShift(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    // Low bits are the same in either sign.
    DType wide = dtype.bytes() == 8 ? DType.INT64 : DType.INT32;
    Lowered shifted =
        Broadcasts.apply(
            widened(op.operand(0), wide, emit),
            widened(op.operand(1), wide, emit),
            emit,
            (x, count) ->
                emit.builtin(
                    "MUL", x, power(distance(count, dtype, emit), dtype.bytes() * 8, emit)));
    if (!(shifted instanceof Lowered.To(var results))) {
      return shifted;
    }
    Value result = results.getFirst();
    return Lowered.to(
        dtype.bytes() == wide.bytes() ? emit.bitcast(result, dtype) : emit.cast(result, dtype));
  }

  /** Of int64, a quotient rounded down; the shift by 63 leaves the sign. */
  private static Lowered rightShift(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.INT64) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value last = emit.wide(62);
    return Broadcasts.apply(
        op.operand(0),
        op.operand(1),
        emit,
        (x, count) -> {
          Value least = emit.builtin("MINIMUM", count, last);
          Value quotient = WideQuotient.floor(x, power(least, 63, emit), emit);
          Value negative = emit.builtin("LESS", x, emit.wide(0));
          Value sign = emit.builtin("NEG", emit.cast(negative, DType.INT64));
          Value far = emit.builtin("GREATER", count, last);
          return emit.builtin("SELECT_V2", far, sign, quotient);
        });
  }

  /** What is too large for a sign is as far as any. */
  private static Value distance(Value count, DType dtype, Emitter emit) {
    if (dtype != DType.UINT64 && dtype != DType.UINT32) {
      return count;
    }
    DType wide = count.type().dtype();
    Value signed = emit.builtin("LESS", count, emit.scalar(wide, 0));
    return emit.builtin("SELECT_V2", signed, emit.scalar(wide, dtype.bytes() * 8 - 1), count);
  }

  private static Value power(Value count, int bits, Emitter emit) {
    DType wide = count.type().dtype();
    Tensor powers = Tensor.zeros(wide, bits);
    for (int i = 0; i < bits; i++) {
      powers.setLong(i, wide == DType.INT32 ? 1 << i : 1L << i);
    }
    Value atLeast = emit.builtin("MAXIMUM", count, emit.scalar(wide, 0));
    Value inside = emit.builtin("MINIMUM", atLeast, emit.scalar(wide, bits - 1));
    return emit.builtin(
        "GATHER",
        Attributes.of("axis", 0, "batch_dims", 0),
        emit.constant(powers),
        emit.cast(inside, DType.INT32));
  }

  private static Value widened(Value value, DType wide, Emitter emit) {
    return value.type().dtype().bytes() == wide.bytes()
        ? emit.bitcast(value, wide)
        : emit.cast(value, wide);
  }
}
