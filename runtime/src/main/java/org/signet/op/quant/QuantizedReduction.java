package org.signet.op.quant;

import java.util.Arrays;
import java.util.Map;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.ReductionAxes;
import org.signet.tensor.Tensor;

/** SUM, MEAN and REDUCE_PROD of quantized tensors. */
final class QuantizedReduction {
  private QuantizedReduction() {}

  static Map<String, QuantizedReference> references() {
    return Map.of(
        "SUM", (call, _) -> sum(call, false),
        "MEAN", (call, _) -> sum(call, true),
        "REDUCE_PROD", (call, _) -> product(call));
  }

  private static void sum(OpCall call, boolean mean) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    QuantizedMultiplier scale = QuantizedMultiplier.of((double) from.scale() / to.scale());
    QuantizedMultiplier factor = mean && axes.count() > 0 ? divided(scale, axes.count()) : scale;
    Tensor x = call.operand(0);
    Tensor result = result(call, axes);
    int[] sums = new int[result.size()];
    BroadcastLoop.run(
        x.shape(),
        x.shape(),
        axes.kept(),
        (i, _, at) -> sums[at] += (int) x.getLong(i) - from.zeroPoint());
    for (int i = 0; i < sums.length; i++) {
      result.setLong(i, to.clamp((long) factor.apply(sums[i]) + to.zeroPoint()));
    }
  }

  private static Tensor result(OpCall call, ReductionAxes axes) {
    boolean keepDims = call.attributes().getBoolean("keep_dims", false);
    return call.result(0, call.operand(0).dtype(), axes.result(keepDims));
  }

  /** The factor over a count, with as many bits of it as fit. */
  private static QuantizedMultiplier divided(QuantizedMultiplier factor, int count) {
    int bits = Math.min(31 - Integer.numberOfLeadingZeros(count), 31 + factor.shift());
    int mantissa = (int) (((long) factor.mantissa() << bits) / count);
    return new QuantizedMultiplier(mantissa, factor.shift() - bits);
  }

  /** Each product is brought to a scale that multiplies up to that of the result. */
  private static void product(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    Tensor x = call.operand(0);
    Tensor result = result(call, axes);
    int count = result.size() == 0 ? 1 : x.size() / result.size();
    QuantizedMultiplier step =
        QuantizedMultiplier.of(from.scale() / Math.pow(to.scale(), 1.0 / count));
    int[] products = new int[result.size()];
    boolean[] begun = new boolean[result.size()];
    Arrays.fill(products, 1);
    BroadcastLoop.run(
        x.shape(),
        x.shape(),
        axes.kept(),
        (i, _, at) -> {
          int value = (int) x.getLong(i) - from.zeroPoint();
          products[at] = begun[at] ? step.applyToLong((long) products[at] * value) : value;
          begun[at] = true;
        });
    for (int i = 0; i < products.length; i++) {
      result.setLong(i, to.clamp((long) step.applyToLong(products[i]) + to.zeroPoint()));
    }
  }
}
