package org.signet.op.quant;

import java.util.function.IntUnaryOperator;
import org.signet.op.Shapes;

/**
 * HARD_SWISH in 16-bit fixed point: {@code x · relu6(x + 3) / 6}.
 *
 * @param output the factor from an input, scaled up, to the result
 * @param gate the factor to the gate, whose integers stand for multiples of 3/32768
 */
record HardSwish(QuantizedMultiplier output, QuantizedMultiplier gate) {
  private static final int INPUT_BITS = 7;
  private static final float GATE_SCALE = 3f / 32768;

  static IntUnaryOperator of(Affine from, Affine to) {
    float scale = (1f / (1 << INPUT_BITS)) * from.scale();
    HardSwish function =
        new HardSwish(
            QuantizedMultiplier.of(scale / to.scale()), QuantizedMultiplier.of(scale / GATE_SCALE));
    Shapes.require(
        function.output.shift() <= 0,
        "the scale %s is too small for inputs of %s",
        to.scale(),
        from.scale());
    return function::apply;
  }

  private int apply(int x) {
    short raised = (short) (x << INPUT_BITS);
    int linear = ShortFixedPoint.product(raised, upperHalf(output));
    // The gate is −32768 … 32767 for −3 … 3, then 0 … 32767 for the same.
    int opening = raised;
    if (gate.shift() > 0) {
      opening = saturate((long) opening << (gate.shift() - 1));
    }
    opening = ShortFixedPoint.product(opening, upperHalf(gate));
    if (gate.shift() > 0) {
      opening = saturate((long) opening << 1);
    } else {
      opening = Rounding.shiftRight(opening, -gate.shift());
    }
    opening = (opening + (1 << 15)) >> 1;
    // Rounds towards zero, which cancels the bias of the roundings before.
    int product = opening * linear / (1 << 15);
    return Rounding.shiftRight(product, -output.shift());
  }

  private static int upperHalf(QuantizedMultiplier multiplier) {
    int mantissa = multiplier.mantissa();
    return mantissa >= Integer.MAX_VALUE - (1 << 15)
        ? Short.MAX_VALUE
        : (mantissa + (1 << 15)) >> 16;
  }

  private static int saturate(long x) {
    return Math.clamp(x, Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
