package org.signet.op.quant;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.UnaryFunction;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** QUANTIZE, DEQUANTIZE and FAKE_QUANT. */
public final class Conversions {
  private Conversions() {}

  /** The three definitions; all heed quantization themselves. */
  public static List<OpDefinition> definitions() {
    return List.of(
        // The model file alone tells the type of the result; this is the most common one.
        OpDefinition.builtin(
                "QUANTIZE",
                op -> List.of(Shapes.plain(DType.INT8, op.shape(0))),
                Conversions::quantize)
            .limited(_ -> Shapes.require(false, "the result of QUANTIZE has no scale"))
            .accurate(Accuracy.EXACT)
            .heedingQuantization(),
        OpDefinition.builtin(
                "DEQUANTIZE",
                op -> List.of(Shapes.plain(DType.FLOAT32, op.shape(0))),
                Conversions::dequantize)
            .heedingQuantization(),
        OpDefinition.builtin("FAKE_QUANT", Shapes.SAME, Conversions::fakeQuantize)
            .heedingQuantization());
  }

  /** Floats to integers, or integers to those of another scale. */
  private static void quantize(OpCall call) {
    Tensor x = call.operand(0);
    Tensor result = call.result(0, call.resultType(0).dtype(), x.shape());
    if (x.dtype().isFloating()) {
      Reals.quantize(x, call.resultType(0), result);
    } else {
      requantize(x, Affine.operand(call, 0), Affine.result(call, 0), result);
    }
  }

  /** Writes integers that stand, in another scale, for what those of {@code x} do. */
  static void requantize(Tensor x, Affine from, Affine to, Tensor result) {
    QuantizedMultiplier multiplier = QuantizedMultiplier.of((double) from.scale() / to.scale());
    for (int i = 0; i < x.size(); i++) {
      long scaled = multiplier.apply((int) x.getLong(i) - from.zeroPoint());
      result.setLong(i, to.clamp(scaled + to.zeroPoint()));
    }
  }

  /** float16 widened, or what the integers stand for. */
  private static void dequantize(OpCall call) {
    Tensor x = call.operand(0);
    Reals.store(x, call.operandType(0), call.result(0, DType.FLOAT32, x.shape()));
  }

  /**
   * Rounds floats to the numbers that integers of {@code num_bits} would stand for between {@code
   * min} and {@code max}, which are moved so that zero is one of them.
   */
  private static void fakeQuantize(OpCall call) {
    Shapes.require(
        call.operand(0).dtype() == DType.FLOAT32,
        "FAKE_QUANT of %s; its kernel reads float32",
        call.operand(0).dtype());
    float min = call.attributes().getFloat("min", 0);
    float max = call.attributes().getFloat("max", 0);
    int least = call.attributes().getBoolean("narrow_range", false) ? 1 : 0;
    int greatest = (1 << call.attributes().getInt("num_bits", 0)) - 1;
    Shapes.require(
        min <= 0 && max >= 0 && max > min && greatest > least,
        "numbers from %s to %s can't be rounded to %s steps",
        min,
        max,
        greatest - least);
    float scale = (max - min) / (greatest - least);
    float zero = least - min / scale;
    int zeroPoint = zero < least ? least : zero > greatest ? greatest : Rounding.awayFromZero(zero);
    float low = (least - zeroPoint) * scale;
    float high = (greatest - zeroPoint) * scale;
    UnaryFunction.ofReals(x -> nearest((float) x, low, high, scale)).evaluate(call);
  }

  private static double nearest(float x, float low, float high, float scale) {
    float shifted = Math.min(Math.max(x, low), high) - low;
    return Rounding.awayFromZero(shifted * (1 / scale)) * scale + low;
  }
}
