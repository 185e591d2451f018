package org.signet.op.recurrent;

import org.signet.op.quant.Rounding;
import org.signet.tensor.Tensor;

/**
 * Normalizes a gate's 16-bit integers to mean 0 and variance 1 in floats, then scales and shifts
 * each; the results have 12 bits below the point.
 *
 * @param weights int16
 * @param bias int32, in a 1024th of the weights' scale
 */
record FloatGateNorm(Tensor weights, Tensor bias, float scale) {
  private static final float LEAST_VARIANCE = 1e-8f;

  void apply(int[] values) {
    float sum = 0;
    float squares = 0;
    for (int value : values) {
      sum += value;
      squares += (float) value * value;
    }
    float mean = sum / values.length;
    float variance = squares / values.length - mean * mean;
    float inverse = 1 / (float) Math.sqrt(variance == 0 ? LEAST_VARIANCE : variance);
    for (int c = 0; c < values.length; c++) {
      float weighted = (values[c] - mean) * inverse * weights.shorts()[c] * scale;
      float shifted = weighted + bias.ints()[c] * (scale * 0x1p-10f);
      values[c] = IntegerLstm.toShort(Rounding.awayFromZero(shifted * 0x1p12f));
    }
  }
}
