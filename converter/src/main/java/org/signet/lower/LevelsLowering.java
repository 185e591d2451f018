package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * QuantizeAndDequantize V2 to V4 with a constant range: bounded, multiplied by a scale, rounded and
 * divided again, in the order in which TensorFlow does it. QUANTIZE and DEQUANTIZE place the levels
 * elsewhere.
 */
final class LevelsLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("QuantizeAndDequantizeV2", "QuantizeAndDequantizeV3", "QuantizeAndDequantizeV4");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<Tensor> min = emit.valueOf(op.operand(1));
    Optional<Tensor> max = emit.valueOf(op.operand(2));
    boolean given = attributes.getBoolean("range_given", false);
    if (!given
        || min.isEmpty()
        || max.isEmpty()
        || min.get().size() != 1
        || max.get().size() != 1) {
      return Lowered.declined("the range is not one constant");
    }
    Optional<int[]> bits =
        op.operands().size() > 3
            ? emit.intsOf(op.operand(3))
            : Optional.of(new int[] {attributes.getInt("num_bits", 8)});
    if (bits.isEmpty() || bits.get()[0] < 1 || bits.get()[0] > 24) {
      return Lowered.declined("the number of bits is not constant, or above 24");
    }
    Levels levels =
        Levels.of(
            attributes,
            bits.get()[0],
            (float) min.get().getDouble(0),
            (float) max.get().getDouble(0));
    boolean halfUp = attributes.getString("round_mode", "HALF_TO_EVEN").equals("HALF_UP");
    return Lowered.to(
        Elementwise.apply(
            op.operand(0), emit, x -> rounded(x, levels, halfUp, new FloatMath(emit))));
  }

  private static Value rounded(Value x, Levels levels, boolean halfUp, FloatMath m) {
    Value inside = m.atLeast(m.atMost(x, levels.max()), levels.min());
    Value scaled = m.multiply(inside, levels.scale());
    Value level = halfUp ? m.floor(m.add(scaled, 0.5)) : m.round(scaled);
    return m.multiply(level, levels.inverse());
  }

  /**
   * The numbers that the quantized type stands for; arithmetic in float32, as TensorFlow's.
   *
   * @param min the lowest
   * @param max the highest
   * @param scale levels in a distance of 1
   * @param inverse the distance of two levels
   */
  private record Levels(float min, float max, float scale, float inverse) {
    static Levels of(Attributes attributes, int bits, float min, float max) {
      boolean signed = attributes.getBoolean("signed_input", true);
      float most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
      boolean symmetric = attributes.getBoolean("narrow_range", false);
      float least = !signed ? 0 : symmetric ? -most : -most - 1;
      float fromMin = least * min > 0 ? least / min : Float.MAX_VALUE;
      float fromMax = most * max > 0 ? most / max : Float.MAX_VALUE;
      if (fromMin < fromMax) {
        float inverse = min / least;
        return new Levels(min, most * inverse, fromMin, inverse);
      }
      float inverse = max / most;
      return new Levels(least * inverse, max, fromMax, inverse);
    }
  }
}
