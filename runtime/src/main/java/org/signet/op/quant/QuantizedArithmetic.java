package org.signet.op.quant;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.signet.op.BroadcastLoop;
import org.signet.op.OpCall;
import org.signet.op.Relation;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Binary arithmetic and comparisons of quantized tensors, with broadcasting. */
final class QuantizedArithmetic {
  /** Bits that 8-bit summands are scaled up by, so that rescaling keeps them apart. */
  private static final int SUM_BITS = 20;

  /** The same for 16-bit summands. */
  private static final int WIDE_SUM_BITS = 15;

  private static final int DIFFERENCE_BITS = 7;
  private static final int COMPARISON_BITS = 8;

  private QuantizedArithmetic() {}

  /** An integer of the result, without bounds, from those of the operands without zero points. */
  @FunctionalInterface
  private interface Maker {
    IntBinaryOperator of(OpCall call, Affine a, Affine b, Affine result);
  }

  static Map<String, QuantizedReference> references() {
    return Map.of(
        "ADD", (call, _) -> evaluate(call, (c, a, b, r) -> sum(c, a, b, r, 1)),
        "SUB", (call, _) -> evaluate(call, (c, a, b, r) -> sum(c, a, b, r, -1)),
        "MUL", (call, _) -> evaluate(call, (_, a, b, r) -> product(a, b, r)),
        "DIV", (call, _) -> evaluate(call, (_, a, b, r) -> quotient(a, b, r)),
        "SQUARED_DIFFERENCE",
            (call, _) -> evaluate(call, (_, a, b, r) -> squaredDifference(a, b, r)));
  }

  private static void evaluate(OpCall call, Maker maker) {
    Tensor x = call.operand(0);
    Tensor y = call.operand(1);
    Affine a = Affine.operand(call, 0);
    Affine b = Affine.operand(call, 1);
    Affine meaning = Affine.result(call, 0).activated(call.attributes());
    IntBinaryOperator function = maker.of(call, a, b, meaning);
    int[] shape = Shapes.broadcast(x.shape(), y.shape());
    Tensor result = call.result(0, call.resultType(0).dtype(), shape);
    BroadcastLoop.run(
        shape,
        x.shape(),
        y.shape(),
        (i, p, q) -> {
          int left = (int) x.getLong(p) - a.zeroPoint();
          int right = (int) y.getLong(q) - b.zeroPoint();
          long value = (long) function.applyAsInt(left, right) + meaning.zeroPoint();
          result.setLong(i, meaning.clamp(value));
        });
  }

  /** {@code a + sign · b}. */
  private static IntBinaryOperator sum(OpCall call, Affine a, Affine b, Affine result, int sign) {
    boolean wide = call.resultType(0).dtype() == DType.INT16;
    if (wide && call.attributes().getBoolean("pot_scale_int16", true)) {
      Optional<IntBinaryOperator> shifted = shiftedSum(a, b, result, sign);
      if (shifted.isPresent()) {
        return shifted.get();
      }
    }
    int bits = wide ? WIDE_SUM_BITS : SUM_BITS;
    double twice = 2.0 * Math.max(a.scale(), b.scale());
    QuantizedMultiplier first = QuantizedMultiplier.of(a.scale() / twice);
    QuantizedMultiplier second = QuantizedMultiplier.of(b.scale() / twice);
    QuantizedMultiplier last =
        QuantizedMultiplier.of(twice / ((1 << bits) * (double) result.scale()));
    return (x, y) -> last.apply(first.apply(x << bits) + sign * second.apply(y << bits));
  }

  /** 16-bit sums where all scales are powers of two and one operand has the result's. */
  private static Optional<IntBinaryOperator> shiftedSum(
      Affine a, Affine b, Affine result, int sign) {
    Optional<Integer> shiftA = powerOfTwo(a.scale() / result.scale());
    Optional<Integer> shiftB = powerOfTwo(b.scale() / result.scale());
    if (shiftA.isEmpty() || shiftB.isEmpty() || powerOfTwo(result.scale()).isEmpty()) {
      return Optional.empty();
    }
    int first = -shiftA.get();
    int second = -shiftB.get();
    Shapes.require(
        first >= 0 && second >= 0 && (first == 0 || second == 0),
        "scales %s and %s can't be added to %s",
        a.scale(),
        b.scale(),
        result.scale());
    return Optional.of(
        (x, y) -> Rounding.shiftRight(x, first) + sign * Rounding.shiftRight(y, second));
  }

  private static Optional<Integer> powerOfTwo(float scale) {
    int exponent = Math.getExponent(scale);
    return scale == Math.scalb(1f, exponent) ? Optional.of(exponent) : Optional.empty();
  }

  private static IntBinaryOperator product(Affine a, Affine b, Affine result) {
    QuantizedMultiplier factor = QuantizedMultiplier.of(a.scale() * b.scale() / result.scale());
    return (x, y) -> factor.apply(x * y);
  }

  private static IntBinaryOperator quotient(Affine a, Affine b, Affine result) {
    QuantizedMultiplier factor = QuantizedMultiplier.of(a.scale() / (b.scale() * result.scale()));
    return (x, y) -> {
      Shapes.require(y != 0, "a quantized number divided by zero");
      int dividend = y < 0 ? -x : x;
      QuantizedMultiplier inverse = FixedPoint.reciprocal(Math.abs(y));
      // Zeros above the dividend keep its bits when it is shifted up.
      int headroom = Integer.numberOfLeadingZeros(dividend < 0 ? ~dividend : dividend) - 1;
      int quotient = new QuantizedMultiplier(inverse.mantissa(), headroom).apply(dividend);
      int shift = factor.shift() + inverse.shift() - headroom;
      return new QuantizedMultiplier(factor.mantissa(), shift).apply(quotient);
    };
  }

  private static IntBinaryOperator squaredDifference(Affine a, Affine b, Affine result) {
    double twice = 2.0 * Math.max(a.scale(), b.scale());
    QuantizedMultiplier first = QuantizedMultiplier.of(a.scale() / twice);
    QuantizedMultiplier second = QuantizedMultiplier.of(b.scale() / twice);
    QuantizedMultiplier last =
        QuantizedMultiplier.of(twice * twice / ((1 << (2 * DIFFERENCE_BITS)) * result.scale()));
    return (x, y) -> {
      int difference = first.apply(x << DIFFERENCE_BITS) - second.apply(y << DIFFERENCE_BITS);
      return last.apply(difference * difference);
    };
  }

  /** Compares what 8-bit integers stand for, and wider ones as they are. */
  static QuantizedReference comparison(Relation relation) {
    return (call, plain) -> {
      DType dtype = call.operandType(0).dtype();
      if (dtype.bytes() > 1) {
        plain.reference().evaluate(call);
        return;
      }
      Tensor x = call.operand(0);
      Tensor y = call.operand(1);
      int[] shape = Shapes.broadcast(x.shape(), y.shape());
      Tensor result = call.result(0, DType.BOOL, shape);
      int[] left = comparable(x, Affine.operand(call, 0));
      int[] right = comparable(y, Affine.operand(call, 1));
      BroadcastLoop.run(
          shape,
          x.shape(),
          y.shape(),
          (i, p, q) ->
              result.setLong(i, relation.holds(Integer.compare(left[p], right[q])) ? 1 : 0));
    };
  }

  private static int[] comparable(Tensor tensor, Affine meaning) {
    QuantizedMultiplier scale = QuantizedMultiplier.of(meaning.scale());
    int[] values = new int[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      int value = (int) tensor.getLong(i) - meaning.zeroPoint();
      values[i] = scale.apply(value << COMPARISON_BITS);
    }
    return values;
  }
}
