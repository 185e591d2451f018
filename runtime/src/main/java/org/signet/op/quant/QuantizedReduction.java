package org.signet.op.quant;

import java.util.Arrays;
import java.util.Map;
import org.signet.op.BroadcastLoop;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.ReductionAxes;
import org.signet.tensor.Tensor;

/** SUM, MEAN and REDUCE_PROD of quantized tensors. */
final class QuantizedReduction {
  private QuantizedReduction() {}

  static Map<String, QuantizedReference> references() {
    return Map.of(
        "SUM", (call, _) -> sum(call),
        "MEAN", (call, _) -> mean(call),
        "REDUCE_PROD", (call, _) -> product(call));
  }

  /** Rescales the sums of integers in float; their zero points are taken off there. */
  private static void sum(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    Tensor result = result(call, axes);
    int[] sums = sums(call, axes, result.size());
    float scale = from.scale() / to.scale();
    float bias = -from.zeroPoint() * scale * axes.count();
    for (int i = 0; i < sums.length; i++) {
      float sum = sums[i] * scale + bias;
      result.setLong(i, to.clamp((long) Rounding.awayFromZero(sum) + to.zeroPoint()));
    }
  }

  /** Of no elements the integer 0, whatever it stands for. */
  private static void mean(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    ReductionAxes axes = ReductionAxes.of(call, true);
    Tensor result = result(call, axes);
    if (axes.count() == 0) {
      Elements.clear(result);
      return;
    }
    int[] sums = sums(call, axes, result.size());
    QuantizedMultiplier scale = QuantizedMultiplier.of((double) from.scale() / to.scale());
    QuantizedMultiplier factor = divided(scale, axes.count());
    int offset = from.zeroPoint() * axes.count();
    for (int i = 0; i < sums.length; i++) {
      result.setLong(i, to.clamp((long) factor.apply(sums[i] - offset) + to.zeroPoint()));
    }
  }

  private static int[] sums(OpCall call, ReductionAxes axes, int count) {
    Tensor x = call.operand(0);
    int[] sums = new int[count];
    BroadcastLoop.run(
        x.shape(), x.shape(), axes.kept(), (i, _, at) -> sums[at] += (int) x.getLong(i));
    return sums;
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
