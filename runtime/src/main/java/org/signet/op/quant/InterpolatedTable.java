package org.signet.op.quant;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of 16-bit integers by linear interpolation between 513 samples, each moved to halve
 * the error at the middle between two.
 */
final class InterpolatedTable {
  private static final int STEPS = 512;
  private static final int STEP_BITS = 7;
  private static final int RANGE = 1 << 16;

  private final short[] samples = new short[STEPS + 1];

  /** Samples {@code function}, which maps what {@code from} stands for to what {@code to} does. */
  static InterpolatedTable of(Affine from, Affine to, DoubleUnaryOperator function) {
    InterpolatedTable table = new InterpolatedTable();
    float low = from.scale() * (Short.MIN_VALUE - from.zeroPoint());
    float high = from.scale() * (Short.MAX_VALUE - from.zeroPoint());
    float lowest = to.scale() * (Short.MIN_VALUE - to.zeroPoint());
    float highest = to.scale() * (Short.MAX_VALUE - to.zeroPoint());
    float step = (high - low) / STEPS;
    float half = step / 2;
    float factor = RANGE / (highest - lowest);
    for (int i = 0; i < STEPS; i++) {
      float value = (float) function.applyAsDouble(low + i * step);
      float middle = (float) function.applyAsDouble(low + i * step + half);
      float next = (float) function.applyAsDouble(low + (i + 1) * step);
      float sample = round(value * factor);
      float interpolated = round((next * factor + round(value * factor)) / 2);
      float error = interpolated - round(middle * factor);
      table.samples[i] = clamp(sample - round(error / 2));
    }
    table.samples[STEPS] = clamp(round((float) function.applyAsDouble(high) * factor));
    return table;
  }

  /** The same in double, for a function from {@code [low, high]} to [−1, 1). */
  static InterpolatedTable ofUnit(double low, double high, DoubleUnaryOperator function) {
    InterpolatedTable table = new InterpolatedTable();
    double step = (high - low) / STEPS;
    double factor = RANGE / 2.0;
    for (int i = 0; i < STEPS; i++) {
      double value = function.applyAsDouble(low + i * step);
      double middle = function.applyAsDouble(low + i * step + step / 2);
      double next = function.applyAsDouble(low + (i + 1) * step);
      double sample = round(value * factor);
      double interpolated = round((next * factor + round(value * factor)) / 2);
      double error = interpolated - round(middle * factor);
      table.samples[i] = clamp(sample - round(error / 2));
    }
    table.samples[STEPS] = clamp(round(function.applyAsDouble(high) * factor));
    return table;
  }

  private static float round(float x) {
    return (float) round((double) x);
  }

  private static double round(double x) {
    return Math.signum(x) * Math.floor(Math.abs(x) + 0.5);
  }

  private static short clamp(double x) {
    return (short) Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** The value at {@code x}, from −32768 to 32767. */
  int at(int x) {
    int index = STEPS / 2 + (x >> STEP_BITS);
    int base = samples[index];
    int slope = (short) (samples[index + 1] - base);
    int offset = x & ((1 << STEP_BITS) - 1);
    return (short) (base + ((slope * offset + (1 << (STEP_BITS - 1))) >> STEP_BITS));
  }
}
