package org.signet.lower;

import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Expressions of float32 builtins whose results are rounded to float16 or bfloat16, and are float32
 * again: an infinity that ADD, SUB, MUL and DIV turn into the largest float is one again then.
 */
final class RoundedMath {
  private final Emitter emit;
  private final DType dtype;
  private final FloatMath floats;

  RoundedMath(Emitter emit, DType dtype) {
    this.emit = emit;
    this.dtype = dtype;
    this.floats = new FloatMath(emit);
  }

  /** A number of the type as float32. */
  Value number(Value x) {
    return emit.cast(x, DType.FLOAT32);
  }

  /** The number of the type that is nearest to {@code value}. */
  Value number(double value) {
    Tensor rounded = Tensor.zeros(dtype);
    rounded.setDouble(0, value);
    return floats.number(rounded.getDouble(0));
  }

  /** What {@code x} is in the type itself. */
  Value result(Value x) {
    return emit.cast(x, dtype);
  }

  Value add(Value x, Value y) {
    return rounded(floats.add(x, y));
  }

  Value subtract(Value x, Value y) {
    return rounded(floats.subtract(x, y));
  }

  Value multiply(Value x, Value y) {
    return rounded(floats.multiply(x, y));
  }

  Value divide(Value x, Value y) {
    return rounded(floats.divide(x, y));
  }

  Value exp(Value x) {
    return rounded(floats.exp(x));
  }

  Value log(Value x) {
    return rounded(floats.log(x));
  }

  Value logOfOnePlus(Value x) {
    return rounded(floats.logOfOnePlus(x));
  }

  /** The largest numbers along an axis, which stays with size 1. */
  Value largest(Value x, int axis) {
    return emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", true), x, emit.ints(axis));
  }

  /** {@code x} as often as {@code like} has elements. */
  Value filled(double x, Value like) {
    return floats.filled(x, like);
  }

  Value abs(Value x) {
    return floats.abs(x);
  }

  Value less(Value x, double y) {
    return floats.less(x, y);
  }

  Value greater(Value x, double y) {
    return floats.greater(x, y);
  }

  Value select(Value condition, Value whenTrue, Value whenFalse) {
    return floats.select(condition, whenTrue, whenFalse);
  }

  /** At most the largest number of the type; NaN where x is. */
  Value finite(Value x) {
    return floats.atMost(x, dtype == DType.FLOAT16 ? 65504 : 0x1.fep127f);
  }

  /**
   * log(epsilon) + 2, rounded at each step, by which Eigen's Softplus divides: its epsilon is 2⁻¹³
   * for float16, 2⁻⁷ for bfloat16.
   */
  double softplusBound() {
    return dtype == DType.FLOAT16 ? -7.0078125 : -2.84375;
  }

  private Value rounded(Value value) {
    return emit.cast(emit.cast(value, dtype), DType.FLOAT32);
  }
}
