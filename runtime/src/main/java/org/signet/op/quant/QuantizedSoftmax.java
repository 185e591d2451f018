package org.signet.op.quant;

import java.util.Map;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** SOFTMAX, LOG_SOFTMAX and L2_NORMALIZATION of quantized rows. */
final class QuantizedSoftmax {
  /** The differences that 16-bit softmax looks up: from −10 to 0. */
  private static final double LOWEST = -10;

  private static final double DIFFERENCES = 65535;
  private static final int UNIT_BITS = 7;

  private QuantizedSoftmax() {}

  static Map<String, QuantizedReference> references() {
    return Map.of(
        "SOFTMAX", (call, _) -> softmax(call),
        "LOG_SOFTMAX", (call, _) -> logSoftmax(call),
        "L2_NORMALIZATION", (call, _) -> euclidean(call));
  }

  /** Turns one row of integers into one of the result. */
  @FunctionalInterface
  private interface Body {
    void normalize(int[] row, int highest);
  }

  private static void eachRow(OpCall call, Body body) {
    Tensor x = call.operand(0);
    Shapes.require(x.rank() > 0, "a scalar has no rows");
    Tensor result = call.result(0, call.resultType(0).dtype(), x.shape());
    int[] row = new int[x.dim(-1)];
    for (int at = 0; at < x.size(); at += row.length) {
      int highest = Integer.MIN_VALUE;
      for (int i = 0; i < row.length; i++) {
        row[i] = (int) x.getLong(at + i);
        highest = Math.max(highest, row[i]);
      }
      body.normalize(row, highest);
      for (int i = 0; i < row.length; i++) {
        result.setLong(at + i, row[i]);
      }
    }
  }

  private static void softmax(OpCall call) {
    float beta = call.attributes().getFloat("beta", 1);
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    if (call.operandType(0).dtype() == DType.INT16) {
      wideSoftmax(call, from, beta);
      return;
    }
    float scale = -from.scale() * beta;
    eachRow(
        call,
        (row, highest) -> {
          float sum = 0;
          for (int x : row) {
            sum += exp(scale, highest - x);
          }
          float factor = 1 / (sum * to.scale());
          for (int i = 0; i < row.length; i++) {
            float share = exp(scale, highest - row[i]) * factor;
            row[i] = to.clamp(Rounding.awayFromZero((double) share) + to.zeroPoint());
          }
        });
  }

  private static float exp(float scale, int difference) {
    return (float) Math.exp(scale * difference);
  }

  /** By two tables: of exp, and of the reciprocal of the sum. */
  private static void wideSoftmax(OpCall call, Affine from, float beta) {
    InterpolatedTable exp = InterpolatedTable.ofUnit(LOWEST, 0, Math::exp);
    InterpolatedTable inverse = InterpolatedTable.ofUnit(0, 1, x -> 1 / (1 + x));
    QuantizedMultiplier steps =
        QuantizedMultiplier.of(from.scale() * beta / (-LOWEST / DIFFERENCES));
    eachRow(
        call,
        (row, highest) -> {
          int sum = 0;
          for (int i = 0; i < row.length; i++) {
            row[i] = exp.at(toShort(steps.apply(row[i] - highest) + Short.MAX_VALUE));
            sum += row[i];
          }
          // sum = (1 + fraction) · 2^(31 − zeros), with 15 bits below the point
          int zeros = Integer.numberOfLeadingZeros(sum);
          int fraction = (int) ((((long) sum << (zeros - 1)) + (1 << 13)) >> 14);
          int factor = inverse.at(toShort(fraction - (1 << 15) - (1 << 16)));
          int shift = 31 - zeros;
          for (int i = 0; i < row.length; i++) {
            long share = ((long) row[i] * factor + (1L << (shift - 1))) >> shift;
            row[i] = Math.clamp(share, 0, Short.MAX_VALUE);
          }
        });
  }

  private static int toShort(int x) {
    return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  /** In float; kernels that use fixed-point numbers differ by one at times. */
  private static void logSoftmax(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    eachRow(
        call,
        (row, highest) -> {
          double sum = 0;
          for (int x : row) {
            sum += Math.exp(from.scale() * (x - highest));
          }
          double log = Math.log(sum);
          for (int i = 0; i < row.length; i++) {
            double value = from.scale() * (row[i] - highest) - log;
            row[i] = to.clamp(Rounding.awayFromZero(value / to.scale()) + to.zeroPoint());
          }
        });
  }

  /** The result's integers stand for multiples of 1/128. */
  private static void euclidean(OpCall call) {
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    Shapes.require(
        to.scale() == 1f / (1 << UNIT_BITS), "a normalized result in a scale of %s", to.scale());
    boolean unsigned = call.operandType(0).dtype().isUnsigned();
    eachRow(
        call,
        (row, _) -> {
          int sum = 0;
          for (int x : row) {
            sum += (x - from.zeroPoint()) * (x - from.zeroPoint());
          }
          QuantizedMultiplier inverse = FixedPoint.inverseRoot(sum);
          QuantizedMultiplier factor =
              unsigned
                  ? inverse
                  : new QuantizedMultiplier(inverse.mantissa(), inverse.shift() + UNIT_BITS);
          for (int i = 0; i < row.length; i++) {
            int x = row[i] - from.zeroPoint();
            long value = factor.apply(unsigned ? x << UNIT_BITS : x);
            row[i] = to.clamp(value + to.zeroPoint());
          }
        });
  }
}
