package org.signet.op.flex.quantized;

import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/**
 * A quantized type whose integers stand for numbers from {@code min} to {@code max}. What is
 * rounded to float32 and what is not is as in TensorFlow's {@code quantization_utils.h}, which
 * converts in two ways that differ in the last bits: one number at a time, in float64, and tensors,
 * in float32.
 */
record QuantizedRange(QuantizedType type, float min, float max) {
  /** The range that operands {@code first} and the next give, each a single number. */
  static QuantizedRange of(OpCall call, QuantizedType type, int first) {
    return new QuantizedRange(type, scalar(call.operand(first)), scalar(call.operand(first + 1)));
  }

  /** The first number of a tensor of which TensorFlow reads no more. */
  static float scalar(Tensor tensor) {
    if (tensor.size() == 0) {
      throw new IllegalArgumentException("no number in " + tensor.type());
    }
    return tensor.floats()[0];
  }

  private double adjusted() {
    double steps = type.steps() + 1;
    return (max - min) * (steps / (steps - 1));
  }

  /** The integer of a number, which may lie outside the type; the lowest for an empty range. */
  long unclamped(float x) {
    if (min == max) {
      return type.lowest();
    }
    double scale = (type.steps() + 1) / adjusted();
    return (long) (QuantizedType.round(x * scale) - QuantizedType.round(min * scale))
        + type.lowest();
  }

  /** The nearest integer of the type. */
  long integer(float x) {
    return type.clamp(unclamped(x));
  }

  /** The number that an integer stands for. */
  float real(long integer) {
    if (min == max) {
      return min;
    }
    double scale = adjusted() / (type.steps() + 1);
    double start = (float) QuantizedType.round(min / (float) scale) * (float) scale;
    return (float) (start + (QuantizedType.throughFloat(integer) - (double) type.lowest()) * scale);
  }

  /** How much an integer more stands for. */
  float level() {
    return (max - min) / (float) (type.highest() - type.lowest());
  }

  /** What converts the integers of a tensor to numbers, in float32. */
  Reals reals() {
    float scale = (float) ((max - min) / type.steps());
    float start = max == min ? min : (float) QuantizedType.round(min / scale) * scale;
    return new Reals(scale, start - type.lowest() * scale);
  }

  /** What converts the numbers of a tensor to integers, in float32. */
  Integers integers() {
    float scale = max == min ? 0 : (float) (type.steps() / (max - min));
    float start = (float) QuantizedType.round(min * scale) - type.lowest();
    // The largest float below 2^31: a larger one is no int32.
    return new Integers(
        scale, start, type.lowest(), Math.min((float) type.highest(), 0x1.fffffep30f));
  }

  /** Numbers of integers: {@code zero + integer * scale}. */
  record Reals(float scale, float zero) {
    float of(long integer) {
      return zero + integer * scale;
    }
  }

  /** Integers of numbers. */
  record Integers(float scale, float start, float lowest, float highest) {
    int of(float x) {
      float shifted = (float) QuantizedType.round(x * scale) - start;
      return QuantizedType.truncate(Math.min(Math.max(shifted, lowest), highest));
    }
  }
}
