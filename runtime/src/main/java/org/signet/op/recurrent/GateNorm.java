package org.signet.op.recurrent;

import org.signet.op.quant.FixedPoint;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.tensor.Tensor;

/**
 * Normalizes a gate's 16-bit integers to mean 0 and variance 1, then scales and shifts each.
 *
 * @param weights int16
 * @param bias int32, in a 1024th of the weights' scale
 * @param factor the weights' scale
 * @param leastVariance what a variance of 0 counts as
 */
record GateNorm(Tensor weights, Tensor bias, QuantizedMultiplier factor, int leastVariance) {
  /** Bits below the point of means and of normalized numbers. */
  private static final int BITS = 10;

  private static final int ONE = 1 << BITS;

  /** Bits below the point of a gate. */
  private static final int GATE_BITS = 12;

  void apply(int[] values) {
    long sum = 0;
    long squares = 0;
    for (int value : values) {
      sum += value;
      squares += (long) value * value;
    }
    int mean = (int) (sum * ONE / values.length);
    int share = ONE * ONE / values.length;
    int variance = (int) ((squares * share - (long) mean * mean) / (ONE * ONE));
    QuantizedMultiplier inverse = FixedPoint.inverseRoot(variance < 1 ? leastVariance : variance);
    QuantizedMultiplier toGate =
        new QuantizedMultiplier(factor.mantissa(), factor.shift() + GATE_BITS);
    for (int c = 0; c < values.length; c++) {
      long scaled =
          (long) inverse.apply(ONE * values[c] - mean) * weights.shorts()[c] + bias.ints()[c];
      long rounded = (scaled > 0 ? scaled + ONE / 2 : scaled - ONE / 2) / ONE;
      values[c] = Math.clamp(toGate.apply((int) rounded), Short.MIN_VALUE, Short.MAX_VALUE);
    }
  }
}
