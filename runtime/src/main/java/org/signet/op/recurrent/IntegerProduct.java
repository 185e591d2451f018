package org.signet.op.recurrent;

import java.util.Optional;
import org.signet.op.quant.QuantizedMultiplier;
import org.signet.tensor.Tensor;

/**
 * {@code factor · (bias + W · (x − zero point))} of int8 weights and inputs.
 *
 * @param weights int8[rows, columns]
 * @param bias int32[rows]
 */
record IntegerProduct(
    Tensor weights, Optional<Tensor> bias, int zeroPoint, QuantizedMultiplier factor) {
  /** A row of the product with the values that begin at {@code from}. */
  int apply(Tensor values, int from, int row) {
    int width = weights.dim(1);
    int sum = bias.isPresent() ? bias.get().ints()[row] : 0;
    for (int i = 0; i < width; i++) {
      sum += weights.bytes()[row * width + i] * (values.bytes()[from + i] - zeroPoint);
    }
    return factor.apply(sum);
  }
}
