package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Remainders and truncated quotients, and elementwise functions of integers whose builtin has a
 * kernel for floats only.
 */
final class IntegerLowering implements Lowering {
  private static final Set<DType> COMPARED = Set.of(DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("Abs", "Mod", "Relu", "Relu6", "Sign", "Square", "TruncateMod");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value x = op.operand(0);
    DType dtype = op.dtype(0);
    if (op.name().equals("Mod") || op.name().equals("TruncateMod")) {
      return remainder(op, emit);
    }
    if (!COMPARED.contains(dtype)) {
      return KernelTypes.decline(dtype);
    }
    if (op.name().equals("AddN") || op.name().equals("AccumulateNV2")) {
      return Lowered.to(
          op.operands().stream().reduce((a, b) -> emit.builtin("ADD", a, b)).orElseThrow());
    }
    Value zero = emit.scalar(dtype, 0);
    return Lowered.to(
        switch (op.name()) {
          case "Abs" -> emit.builtin("MAXIMUM", x, emit.builtin("NEG", x));
          case "Relu" -> emit.builtin("MAXIMUM", x, zero);
          case "Relu6" ->
              emit.builtin("MINIMUM", emit.builtin("MAXIMUM", x, zero), emit.scalar(dtype, 6));
          case "Sign" ->
              emit.builtin(
                  "MINIMUM",
                  emit.builtin("MAXIMUM", x, emit.scalar(dtype, -1)),
                  emit.scalar(dtype, 1));
          default -> emit.builtin("MUL", x, x);
        });
  }

  /**
   * The remainder that has the dividend's sign. FLOOR_MOD's has the divisor's: where the signs
   * differ, it is one divisor too far; on floats it is exact for operands of one sign.
   */
  private static Lowered remainder(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype == DType.FLOAT32) {
      return Broadcasts.apply(
          op.operand(0), op.operand(1), emit, (x, y) -> floatRemainder(x, y, emit));
    }
    return COMPARED.contains(dtype)
        ? Broadcasts.apply(
            op.operand(0), op.operand(1), emit, (x, y) -> integerRemainder(x, y, emit))
        : KernelTypes.decline(dtype);
  }

  private static Value floatRemainder(Value x, Value y, Emitter emit) {
    Value part = emit.builtin("FLOOR_MOD", emit.builtin("ABS", x), emit.builtin("ABS", y));
    Value negative = emit.builtin("LESS", x, emit.scalar(0f));
    return emit.select(negative, emit.builtin("NEG", part), part);
  }

  private static Value integerRemainder(Value x, Value y, Emitter emit) {
    Value zero = emit.scalar(x.type().dtype(), 0);
    Value part = emit.builtin("FLOOR_MOD", x, y);
    Value otherSign =
        emit.builtin("NOT_EQUAL", emit.builtin("LESS", x, zero), emit.builtin("LESS", part, zero));
    Value tooFar = emit.builtin("LOGICAL_AND", emit.builtin("NOT_EQUAL", part, zero), otherSign);
    return emit.select(tooFar, emit.builtin("SUB", part, y), part);
  }
}
