package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Normalization of images of 8 bits [batch, height, width, channels], by batch or by image. */
final class TfQuantizedNormalizations {
  /** The range of a result of batch normalization, whatever its numbers. */
  private static final QuantizedRange MILLION =
      new QuantizedRange(QuantizedType.of(DType.QINT32), -(1 << 20), 1 << 20);

  private TfQuantizedNormalizations() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
                "QuantizedBatchNormWithGlobalNormalization",
                QuantizedResults.like0("out_type"),
                TfQuantizedNormalizations::batch)
            .limited(RegisteredTypes.of("Tinput", DType.QUINT8))
            .limited(RegisteredTypes.of("out_type", DType.QINT32)),
        OpDefinition.tf(
                "QuantizedInstanceNorm",
                QuantizedResults.like0("T"),
                TfQuantizedNormalizations::instances)
            .accurate(Accuracy.ACCUMULATED)
            .limited(RegisteredTypes.of("T", DType.QUINT8)));
  }

  /**
   * Operands, each followed by the ends of its range: image, mean, variance, what is added, what is
   * multiplied.
   */
  private static void batch(OpCall call) {
    Tensor x = Rules.requireRank(call.operand(0), 4, "the image");
    int channels = call.operand(3).size();
    for (int i = 3; i <= 12; i += 3) {
      Shapes.require(
          call.operand(i).rank() == 1 && call.operand(i).size() == x.dim(3),
          "%s for %s",
          call.operand(i).type(),
          x.type());
    }
    int[] scales = new int[channels];
    int[] offsets = new int[channels];
    float epsilon = call.attributes().getFloat("variance_epsilon");
    boolean scaled = call.attributes().getBoolean("scale_after_normalization");
    for (int c = 0; c < channels; c++) {
      float deviation = (float) Math.sqrt(real(call, 6, c) + epsilon);
      float scale = scaled ? 1 / deviation * real(call, 12, c) : 1 / deviation;
      scales[c] = (int) MILLION.integer(scale);
      offsets[c] = (int) MILLION.integer(-real(call, 3, c) * scale + real(call, 9, c));
    }
    int one = (int) MILLION.integer(1);
    QuantizedRange range = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), 1);
    int[] result = call.result(0, DType.INT32, x.shape()).ints();
    for (int i = 0; i < result.length; i++) {
      int integer = (int) MILLION.integer(range.real(x.getLong(i)));
      result[i] = integer * scales[i % channels] / one + offsets[i % channels];
    }
    QuantizedResults.range(call, 1, MILLION.min(), MILLION.max());
  }

  private static float real(OpCall call, int operand, int channel) {
    QuantizedType type = QuantizedType.of(DType.QUINT8);
    return QuantizedRange.of(call, type, operand + 1).real(call.operand(operand).getLong(channel));
  }

  /** Operands: an image, and the ends of its range. */
  private static void instances(OpCall call) {
    Tensor x = Rules.requireRank(call.operand(0), 4, "the image");
    QuantizedRange given = QuantizedRange.of(call, QuantizedType.of(DType.QUINT8), 1);
    Shapes.require(given.min() < given.max(), "the range %s to %s", given.min(), given.max());
    float[] normal = normalized(call, x, (given.max() - given.min()) / 255f);
    float min = call.attributes().getFloat("given_y_min", 0);
    float max = call.attributes().getFloat("given_y_max", 0);
    if (call.attributes().getBoolean("output_range_given", false)) {
      Shapes.require(min < max, "the range %s to %s", min, max);
    } else {
      min = Float.POSITIVE_INFINITY;
      max = Float.NEGATIVE_INFINITY;
      for (float value : normal) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    float apart = call.attributes().getFloat("min_separation", 0.001f);
    if (max - min < apart) {
      max = min + apart;
    }
    QuantizedRange.Integers integers =
        new QuantizedRange(QuantizedType.of(DType.QUINT8), min, max).integers();
    Tensor result = call.result(0, DType.UINT8, x.shape());
    for (int i = 0; i < normal.length; i++) {
      result.setLong(i, integers.of(normal[i]));
    }
    QuantizedResults.range(call, 1, min, max);
  }

  /** Each image's channel less its mean, over its deviation. */
  private static float[] normalized(OpCall call, Tensor x, float scale) {
    float epsilon = call.attributes().getFloat("variance_epsilon", 1e-5f);
    float[] normal = new float[x.size()];
    int channels = x.dim(3);
    int pixels = x.dim(1) * x.dim(2);
    for (int image = 0; image < x.dim(0); image++) {
      for (int c = 0; c < channels; c++) {
        int first = image * pixels * channels + c;
        double sum = 0;
        for (int p = 0; p < pixels; p++) {
          sum += x.getLong(first + p * channels);
        }
        float mean = (float) sum / pixels;
        double squares = 0;
        for (int p = 0; p < pixels; p++) {
          float apart = scale * (x.getLong(first + p * channels) - mean);
          squares += apart * apart;
        }
        float inverse = 1 / (float) Math.sqrt((float) squares / pixels + epsilon);
        for (int p = 0; p < pixels; p++) {
          int at = first + p * channels;
          normal[at] = scale * (x.getLong(at) - mean) * inverse;
        }
      }
    }
    return normal;
  }
}
