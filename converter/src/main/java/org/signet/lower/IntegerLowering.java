package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Remainders, and sums and elementwise functions of integers whose builtin has a kernel for floats
 * only.
 */
final class IntegerLowering implements Lowering {
  private static final Set<DType> COMPARED = Set.of(DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of(
        "Abs",
        "AccumulateNV2",
        "AddN",
        "Mod",
        "Relu",
        "Relu6",
        "Sign",
        "Square",
        "TruncateDiv",
        "TruncateMod");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (op.name().equals("Mod") || op.name().equals("TruncateMod")) {
      return remainder(op, emit);
    }
    if (op.name().equals("TruncateDiv")) {
      return dtype == DType.FLOAT32
          ? Broadcasts.apply(op.operand(0), op.operand(1), emit, (x, y) -> quotient(x, y, emit))
          : KernelTypes.decline(dtype);
    }
    if (!COMPARED.contains(dtype)) {
      return KernelTypes.decline(dtype);
    }
    if (op.name().equals("AddN") || op.name().equals("AccumulateNV2")) {
      return Lowered.to(
          op.operands().stream().reduce((a, b) -> emit.builtin("ADD", a, b)).orElseThrow());
    }
    return Lowered.to(Elementwise.apply(op.operand(0), emit, x -> function(op.name(), x, emit)));
  }

  private static Value function(String name, Value x, Emitter emit) {
    DType dtype = x.type().dtype();
    Value zero = emit.scalar(dtype, 0);
    return switch (name) {
      case "Abs" -> emit.builtin("MAXIMUM", x, emit.builtin("NEG", x));
      case "Relu" -> emit.builtin("MAXIMUM", x, zero);
      case "Relu6" ->
          emit.builtin("MINIMUM", emit.builtin("MAXIMUM", x, zero), emit.scalar(dtype, 6));
      case "Sign" ->
          emit.builtin(
              "MINIMUM", emit.builtin("MAXIMUM", x, emit.scalar(dtype, -1)), emit.scalar(dtype, 1));
      default -> emit.builtin("MUL", x, x);
    };
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

  /** The quotient without its fraction. */
  private static Value quotient(Value x, Value y, Emitter emit) {
    Value quotient = emit.builtin("DIV", x, y);
    Value negative = emit.builtin("LESS", quotient, emit.scalar(0f));
    return emit.select(negative, emit.builtin("CEIL", quotient), emit.builtin("FLOOR", quotient));
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
