package org.signet.lower;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Elementary functions of float32 that have no builtin, put together of some that do. They are
 * within a few units in the last place of TensorFlow's, also near zeros, for infinities and NaN.
 */
final class FunctionLowering implements Lowering {
  private static final float MAX = Float.MAX_VALUE;

  private final Map<String, BiFunction<Value, FloatMath, Value>> functions =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("Acos", (x, m) -> m.arc(m.legOf(x), x)),
              Map.entry("Acosh", FunctionLowering::acosh),
              Map.entry("Asin", (x, m) -> m.arc(x, m.legOf(x))),
              Map.entry("Asinh", FunctionLowering::asinh),
              Map.entry("Atan", (x, m) -> m.arc(x, m.filled(1, x))),
              Map.entry("Atanh", FunctionLowering::atanh),
              Map.entry("Cosh", FunctionLowering::cosh),
              Map.entry("Expm1", (x, m) -> m.expMinusOne(x)),
              Map.entry("IsFinite", (x, m) -> m.less(m.abs(x), Double.POSITIVE_INFINITY)),
              Map.entry("IsInf", (x, m) -> m.equal(m.abs(x), Double.POSITIVE_INFINITY)),
              Map.entry("Log1p", (x, m) -> m.logOfOnePlus(x)),
              Map.entry("Sign", FunctionLowering::sign),
              Map.entry("Sinh", FunctionLowering::sinh),
              Map.entry("Softplus", FunctionLowering::softplus),
              Map.entry("Softsign", FunctionLowering::softsign),
              Map.entry("Tan", (x, m) -> m.divide(m.sin(x), m.cos(x)))));

  @Override
  public Set<String> ops() {
    return functions.keySet();
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    var function = functions.get(op.name());
    if (function == null || op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return Lowered.to(
        Elementwise.apply(op.operand(0), emit, x -> function.apply(x, new FloatMath(emit))));
  }

  /** The builtin makes a NaN 0, and takes numbers below the smallest normal one for no zeros. */
  private static Value sign(Value x, FloatMath m) {
    Value ofNumber = m.select(m.less(m.abs(x), Float.MIN_NORMAL), m.number(0), m.sign(x));
    return m.select(m.isNan(x), x, ofNumber);
  }

  /** x / (1 + |x|), which is NaN at infinity. */
  private static Value softsign(Value x, FloatMath m) {
    Value size = m.abs(x);
    return m.divide(x, m.larger(m.add(size, 1), size));
  }

  /** max(x, 0) + log(1 + exp(−|x|)); from 20 on that is x. */
  private static Value softplus(Value x, FloatMath m) {
    Value small = m.logOfOnePlusSmall(m.exp(m.negate(m.abs(x))));
    return m.select(m.greater(x, 20), x, m.add(m.atLeast(x, 0), small));
  }

  /** With u = exp(|x|) − 1: (u + u / (u + 1)) / 2, and the sign of x. */
  private static Value sinh(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value u = m.expMinusOne(size);
    Value near = m.multiply(m.add(u, m.divide(u, m.add(u, 1))), 0.5);
    return signed(m.select(m.greater(size, 20), halfPower(size, m), near), x, m);
  }

  private static Value cosh(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value power = m.exp(size);
    Value near = m.multiply(m.add(power, m.divide(1, power)), 0.5);
    return m.select(m.greater(size, 20), halfPower(size, m), near);
  }

  /** exp(x) / 2 by way of exp(x / 2)², which stays finite longer; infinity beyond. */
  private static Value halfPower(Value x, FloatMath m) {
    Value root = m.exp(m.multiply(x, 0.5));
    Value half = m.multiply(m.multiply(root, 0.5), root);
    return m.select(m.greater(x, 89.415985), m.number(Double.POSITIVE_INFINITY), half);
  }

  /** log(1 + s + s² / (1 + sqrt(1 + s²))) of s = |x|, and the sign of x. */
  private static Value asinh(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value s = m.atMost(size, 1e9);
    Value square = m.multiply(s, s);
    Value part = m.divide(square, m.add(m.sqrt(m.add(square, 1)), 1));
    Value near = m.logOfOnePlus(m.add(s, part));
    Value far = m.add(m.log(size), Math.log(2));
    return signed(m.select(m.greater(size, 1e6), orInfinite(far, size, m), near), x, m);
  }

  /** log(1 + t + sqrt(2 t + t²)) of t = x − 1. */
  private static Value acosh(Value x, FloatMath m) {
    Value t = m.add(m.atMost(x, 1e9), -1);
    Value root = m.sqrt(m.multiply(t, m.add(t, 2)));
    // Its square root would be of a positive number from −3 on downwards.
    Value near = m.logOfOnePlus(m.add(t, m.select(m.less(t, 0), m.sqrt(t), root)));
    Value far = m.add(m.log(x), Math.log(2));
    return m.select(m.greater(x, 1e6), orInfinite(far, x, m), near);
  }

  private static Value orInfinite(Value sum, Value x, FloatMath m) {
    return m.select(m.greater(x, MAX), x, sum);
  }

  /** log(1 + 2 s / (1 − s)) / 2 of s = |x|, and the sign of x. */
  private static Value atanh(Value x, FloatMath m) {
    Value size = m.abs(x);
    Value ratio = m.divide(m.multiply(size, 2), m.subtract(1, size));
    Value near = m.multiply(m.logOfOnePlus(ratio), 0.5);
    Value infinity = m.number(Double.POSITIVE_INFINITY);
    return signed(m.select(m.equal(size, 1), infinity, near), x, m);
  }

  /** {@code size} with the sign of {@code x}. */
  private static Value signed(Value size, Value x, FloatMath m) {
    return m.select(m.less(x, 0), m.negate(size), size);
  }
}
