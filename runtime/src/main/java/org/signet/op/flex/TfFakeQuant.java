package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** The FakeQuantWithMinMax ops, which round to the numbers that a quantized tensor can hold. */
final class TfFakeQuant {
  private TfFakeQuant() {}

  static List<OpDefinition> definitions() {
    return List.of(
        rounding("FakeQuantWithMinMaxArgs", (call, channel) -> argument(call.attributes())),
        rounding("FakeQuantWithMinMaxVars", (call, channel) -> variable(call, 1, 0)),
        rounding(
            "FakeQuantWithMinMaxVarsPerChannel", (call, channel) -> variable(call, 1, channel)),
        OpDefinition.tf(
            "FakeQuantWithMinMaxArgsGradient",
            Shapes.SAME,
            call -> gradient(call, (c, channel) -> argument(c.attributes()), 0)),
        OpDefinition.tf(
                "FakeQuantWithMinMaxVarsGradient",
                op ->
                    List.of(
                        Shapes.plain(DType.FLOAT32, op.shape(0)),
                        Rules.scalar(DType.FLOAT32),
                        Rules.scalar(DType.FLOAT32)),
                call -> gradient(call, (c, channel) -> variable(c, 2, 0), 1))
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "FakeQuantWithMinMaxVarsPerChannelGradient",
                op -> {
                  Shape channels = op.shape(2).refine(op.shape(3));
                  return List.of(
                      Shapes.plain(DType.FLOAT32, op.shape(0)),
                      Shapes.plain(DType.FLOAT32, channels),
                      Shapes.plain(DType.FLOAT32, channels));
                },
                call ->
                    gradient(call, (c, channel) -> variable(c, 2, channel), call.operand(2).size()))
            .accurate(Accuracy.ACCUMULATED));
  }

  /** The range of a channel. */
  private interface Ranges {
    Range of(OpCall call, int channel);
  }

  /**
   * A range moved so that zero is one of the quantized values.
   *
   * @param zero the quantized value of zero
   */
  private record Range(float min, float max, float scale, float zero) {
    static Range nudged(float min, float max, Attributes attributes) {
      int bits = attributes.getInt("num_bits", 8);
      Shapes.require(bits >= 2 && bits <= 16, "%s bits", bits);
      float low = attributes.getBoolean("narrow_range", false) ? 1 : 0;
      float high = (1 << bits) - 1;
      if (min == 0 && max == 0) {
        return new Range(0, 0, 0, 0);
      }
      float scale = (max - min) / (high - low);
      float exact = low - min / scale;
      float zero = exact < low ? low : exact > high ? high : (float) Math.floor(exact + 0.5);
      float nudgedMin = (low - zero) * scale;
      float quantized = (float) Math.floor(-nudgedMin * (1 / scale) + 0.5f);
      return new Range(nudgedMin, (high - zero) * scale, scale, quantized);
    }

    /** With the limits as attributes TensorFlow multiplies where it else divides. */
    float round(float x, boolean divides) {
      if (scale == 0) {
        return 0;
      }
      float shifted = Math.max(Math.min(x, max), min) - min;
      float steps = divides ? shifted / scale : shifted * (1 / scale);
      return (float) Math.floor(steps - zero + 0.5f) * scale;
    }
  }

  private static Range argument(Attributes attributes) {
    float min = attributes.getFloat("min", -6);
    float max = attributes.getFloat("max", 6);
    Shapes.require(min < max, "min has to be smaller than max, was: %s >= %s", min, max);
    return Range.nudged(min, max, attributes);
  }

  /** Operands {@code first} and the next hold the least and the largest number. */
  private static Range variable(OpCall call, int first, int channel) {
    return Range.nudged(
        call.operand(first).floats()[channel],
        call.operand(first + 1).floats()[channel],
        call.attributes());
  }

  private static int channels(OpCall call) {
    boolean perChannel =
        call.operandCount() > 2 && call.operand(call.operandCount() - 1).rank() == 1;
    int channels = perChannel ? call.operand(call.operandCount() - 1).size() : 1;
    Shapes.require(
        !perChannel || call.operand(0).dim(-1) == channels,
        "%s ranges for %s",
        channels,
        call.operand(0).type());
    return channels;
  }

  private static OpDefinition rounding(String name, Ranges ranges) {
    return OpDefinition.tf(
        name,
        Shapes.SAME,
        call -> {
          Tensor x = call.operand(0);
          float[] result = call.result(0, DType.FLOAT32, x.shape()).floats();
          int channels = channels(call);
          for (int c = 0; c < channels; c++) {
            Range range = ranges.of(call, c);
            for (int i = c; i < x.size(); i += channels) {
              result[i] = range.round(x.floats()[i], call.operandCount() > 1);
            }
          }
        });
  }

  /**
   * Operands: gradients, inputs, perhaps ranges. The gradient goes through inside the range, to its
   * ends outside.
   *
   * @param ends how many gradients there are of either end; 0 if there are no such results
   */
  private static void gradient(OpCall call, Ranges ranges, int ends) {
    Tensor gradients = call.operand(0);
    float[] x = call.operand(1).floats();
    float[] result = call.result(0, DType.FLOAT32, gradients.shape()).floats();
    int channels = channels(call);
    int[] shape = call.operandCount() > 2 ? call.operand(2).shape() : new int[0];
    float[] low = ends > 0 ? call.result(1, DType.FLOAT32, shape).floats() : new float[1];
    float[] high = ends > 0 ? call.result(2, DType.FLOAT32, shape).floats() : new float[1];
    for (int c = 0; c < channels; c++) {
      Range range = ranges.of(call, c);
      double below = 0;
      double above = 0;
      for (int i = c; i < gradients.size(); i += channels) {
        float gradient = gradients.floats()[i];
        boolean inside = range.scale() == 0 || (x[i] >= range.min() && x[i] <= range.max());
        // Products, as in TensorFlow: an infinite gradient leaves NaN.
        result[i] = gradient * (inside ? 1 : 0);
        below += gradient * (!inside && x[i] < range.min() ? 1 : 0);
        above += gradient * (!inside && x[i] > range.max() ? 1 : 0);
      }
      low[c] = (float) below;
      high[c] = (float) above;
    }
  }
}
