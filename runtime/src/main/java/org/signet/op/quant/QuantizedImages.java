package org.signet.op.quant;

import java.util.Map;
import org.signet.op.DirectCall;
import org.signet.op.FusedActivation;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Resampling.Grid;
import org.signet.op.Resizes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** Pooling and resizing of quantized images. */
final class QuantizedImages {
  private static final int FRACTION_BITS = 10;
  private static final int ONE = 1 << FRACTION_BITS;

  private QuantizedImages() {}

  static Map<String, QuantizedReference> references() {
    return Map.of(
        "AVERAGE_POOL_2D", QuantizedImages::pool,
        "MAX_POOL_2D", QuantizedImages::pool,
        "RESIZE_BILINEAR", QuantizedImages::resizeLinearly);
  }

  /** Pools the integers, which all have one scale, and bounds them by the activation. */
  private static void pool(OpCall call, OpDefinition plain) {
    Tensor pooled =
        DirectCall.evaluate(
            plain, call.attributes().without(FusedActivation.OPTION), call.operand(0));
    Affine meaning = Affine.result(call, 0).activated(call.attributes());
    Tensor result = call.result(0, pooled.dtype(), pooled.shape());
    for (int i = 0; i < pooled.size(); i++) {
      result.setLong(i, meaning.clamp(pooled.getLong(i)));
    }
  }

  /** One dimension, in fractions of ten bits. */
  private record Axis(int scale, boolean centers, int input) {
    static Axis of(Grid grid, int input, int output) {
      boolean corners = grid == Grid.ALIGN_CORNERS && output > 1;
      int from = corners ? input - 1 : input;
      int to = corners ? output - 1 : output;
      return new Axis((ONE * from + to / 2) / to, grid == Grid.HALF_PIXEL_CENTERS, input);
    }

    int position(int output) {
      return centers ? output * scale + scale / 2 - ONE / 2 : output * scale;
    }

    int lower(int position) {
      return Math.max(position / ONE, 0);
    }

    int upper(int position) {
      return Math.min((position + ONE - 1) / ONE, input - 1);
    }
  }

  private static void resizeLinearly(OpCall call, OpDefinition plain) {
    if (call.operandType(0).dtype() == DType.UINT8) {
      resizeInFloat(call, plain);
      return;
    }
    Tensor image = call.operand(0);
    Tensor result = call.result(0, image.dtype(), Resizes.resultShape(call));
    Grid grid = Grid.of(call.attributes());
    Axis rows = Axis.of(grid, image.dim(1), result.dim(1));
    Axis columns = Axis.of(grid, image.dim(2), result.dim(2));
    int channels = image.dim(3);
    int at = 0;
    for (int n = 0; n < image.dim(0); n++) {
      for (int i = 0; i < result.dim(1); i++) {
        int y = rows.position(i);
        int top = n * rows.input + rows.lower(y);
        int bottom = n * rows.input + rows.upper(y);
        int down = y - ONE * rows.lower(y);
        for (int j = 0; j < result.dim(2); j++) {
          int x = columns.position(j);
          int left = columns.lower(x);
          int right = columns.upper(x);
          int across = x - ONE * left;
          for (int c = 0; c < channels; c++) {
            long upper = mix(image, top * columns.input, left, right, across, c);
            long lower = mix(image, bottom * columns.input, left, right, across, c);
            result.setLong(at++, rounded(upper * (ONE - down) + lower * down));
          }
        }
      }
    }
  }

  private static long mix(Tensor image, int row, int left, int right, int across, int channel) {
    int channels = image.dim(3);
    long a = image.getLong((row + left) * channels + channel);
    long b = image.getLong((row + right) * channels + channel);
    return a * (ONE - across) + b * across;
  }

  private static long rounded(long sum) {
    long half = 1L << (2 * FRACTION_BITS - 1);
    return (sum + (sum > 0 ? half : -half)) / (2 * half);
  }

  /** As the kernels of uint8 do. */
  private static void resizeInFloat(OpCall call, OpDefinition plain) {
    Tensor image = call.operand(0);
    Tensor reals = Tensor.zeros(DType.FLOAT32, image.shape());
    for (int i = 0; i < image.size(); i++) {
      reals.floats()[i] = image.getLong(i);
    }
    Tensor resized = DirectCall.evaluate(plain, call.attributes(), reals, call.operand(1));
    Tensor result = call.result(0, image.dtype(), resized.shape());
    for (int i = 0; i < result.size(); i++) {
      result.setLong(i, (long) (resized.floats()[i] + 0.5f));
    }
  }
}
