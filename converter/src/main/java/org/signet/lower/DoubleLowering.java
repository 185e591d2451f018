package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Ops of float64 that need no arithmetic: signs, comparisons, and choices by them. No kernel takes
 * float64 there, but the bits, as int64, are in the order of the numbers if those of negative ones
 * are turned round.
 */
final class DoubleLowering implements Lowering {
  private static final long INFINITY = Double.doubleToLongBits(Double.POSITIVE_INFINITY);
  private static final long ONE = Double.doubleToLongBits(1);
  private static final Set<String> OF_ONE =
      Set.of("Abs", "IsFinite", "IsInf", "IsNan", "Neg", "Relu", "Sign");

  @Override
  public Set<String> ops() {
    return Set.of(
        "Abs",
        "Equal",
        "Greater",
        "GreaterEqual",
        "IsFinite",
        "IsInf",
        "IsNan",
        "Less",
        "LessEqual",
        "Maximum",
        "Minimum",
        "Neg",
        "NotEqual",
        "Relu",
        "Sign");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT64) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value first = emit.bitcast(op.operand(0), DType.INT64);
    DType result = op.result().dtype();
    if (OF_ONE.contains(op.name())) {
      Value value = Elementwise.apply(first, emit, bits -> ofOne(op.name(), bits, emit));
      return Lowered.to(emit.bitcast(value, result));
    }
    Value second = emit.bitcast(op.operand(1), DType.INT64);
    Lowered lowered = Broadcasts.apply(first, second, emit, (x, y) -> ofTwo(op.name(), x, y, emit));
    return lowered instanceof Lowered.To(var values)
        ? Lowered.to(emit.bitcast(values.getFirst(), result))
        : lowered;
  }

  private static Value ofOne(String op, Value bits, Emitter emit) {
    Value zero = emit.wide(0);
    Value size = size(bits, emit);
    return switch (op) {
      case "IsNan" -> isNan(bits, emit);
      case "IsInf" -> emit.builtin("EQUAL", size, infinity(emit));
      case "IsFinite" -> emit.builtin("LESS", size, infinity(emit));
      case "Relu" -> {
        Value kept =
            emit.builtin(
                "LOGICAL_OR", emit.builtin("GREATER", order(bits, emit), zero), isNan(bits, emit));
        yield emit.builtin("SELECT_V2", kept, bits, zero);
      }
      case "Sign" -> { // SIGN takes float64, and NaN for 0
        Value one =
            emit.builtin(
                "SELECT_V2",
                emit.builtin("LESS", bits, zero),
                emit.wide(ONE | Long.MIN_VALUE),
                emit.wide(ONE));
        Value isZero = emit.builtin("EQUAL", order(bits, emit), zero);
        Value ofNumber = emit.builtin("SELECT_V2", isZero, zero, one);
        yield emit.builtin("SELECT_V2", isNan(bits, emit), bits, ofNumber);
      }
      default -> {
        Value turned = emit.builtin("ADD", bits, signBit(emit)); // which carries nowhere
        yield op.equals("Neg")
            ? turned
            : emit.builtin("SELECT_V2", emit.builtin("LESS", bits, zero), turned, bits);
      }
    };
  }

  private static Value ofTwo(String op, Value x, Value y, Emitter emit) {
    Value left = order(x, emit);
    Value right = order(y, emit);
    return switch (op) {
      case "Equal" -> numbers(emit.builtin("EQUAL", left, right), x, y, emit);
      case "NotEqual" ->
          emit.builtin("LOGICAL_NOT", numbers(emit.builtin("EQUAL", left, right), x, y, emit));
      case "Less" -> numbers(emit.builtin("LESS", left, right), x, y, emit);
      case "LessEqual" -> numbers(emit.builtin("LESS_EQUAL", left, right), x, y, emit);
      case "Greater" -> numbers(emit.builtin("GREATER", left, right), x, y, emit);
      case "GreaterEqual" -> numbers(emit.builtin("GREATER_EQUAL", left, right), x, y, emit);
      default -> {
        String takesSecond = op.equals("Maximum") ? "LESS" : "GREATER";
        Value extreme = emit.builtin("SELECT_V2", emit.builtin(takesSecond, left, right), y, x);
        Value other = emit.builtin("SELECT_V2", isNan(y, emit), y, extreme);
        yield emit.builtin("SELECT_V2", isNan(x, emit), x, other);
      }
    };
  }

  /** What holds of two numbers; of NaN nothing does. */
  private static Value numbers(Value holds, Value x, Value y, Emitter emit) {
    Value nan = emit.builtin("LOGICAL_OR", isNan(x, emit), isNan(y, emit));
    return emit.builtin("LOGICAL_AND", holds, emit.builtin("LOGICAL_NOT", nan));
  }

  /** A number for the bits, ascending as what they stand for; 0 for both zeros. */
  private static Value order(Value bits, Emitter emit) {
    Value negative = emit.builtin("LESS", bits, emit.wide(0));
    Value turned = emit.builtin("SUB", signBit(emit), bits);
    return emit.builtin("SELECT_V2", negative, turned, bits);
  }

  private static Value isNan(Value bits, Emitter emit) {
    return emit.builtin("GREATER", size(bits, emit), infinity(emit));
  }

  private static Value size(Value bits, Emitter emit) {
    Value order = order(bits, emit);
    return emit.builtin("MAXIMUM", order, emit.builtin("NEG", order));
  }

  private static Value signBit(Emitter emit) {
    return emit.wide(Long.MIN_VALUE);
  }

  private static Value infinity(Emitter emit) {
    return emit.wide(INFINITY);
  }
}
