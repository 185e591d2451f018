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
        "RESIZE_BILINEAR", (call, _) -> resizeLinearly(call));
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

  private static void resizeLinearly(OpCall call) {
    if (call.operandType(0).dtype() == DType.UINT8) {
      resizeInFloat(call);
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

  /** Two neighbours along a dimension, and how far a position is from the first. */
  private record Neighbours(int lower, int upper, float fraction) {
    static Neighbours of(Grid grid, int input, int output, int i) {
      float position = grid.position(i, grid.scale(input, output));
      int lower = Math.max((int) Math.floor(position), 0);
      int upper = Math.min((int) Math.ceil(position), input - 1);
      return new Neighbours(lower, upper, position - lower);
    }
  }

  /** As the kernel of uint8 does: four products in float. */
  private static void resizeInFloat(OpCall call) {
    Tensor image = call.operand(0);
    Tensor result = call.result(0, image.dtype(), Resizes.resultShape(call));
    Grid grid = Grid.of(call.attributes());
    int at = 0;
    for (int n = 0; n < image.dim(0); n++) {
      for (int i = 0; i < result.dim(1); i++) {
        Neighbours rows = Neighbours.of(grid, image.dim(1), result.dim(1), i);
        for (int j = 0; j < result.dim(2); j++) {
          Neighbours columns = Neighbours.of(grid, image.dim(2), result.dim(2), j);
          for (int c = 0; c < image.dim(3); c++) {
            result.setLong(at++, (long) (sum(image, n, rows, columns, c) + 0.5f));
          }
        }
      }
    }
  }

  private static float sum(Tensor image, int n, Neighbours rows, Neighbours columns, int c) {
    float up = 1 - rows.fraction();
    float down = rows.fraction();
    float left = 1 - columns.fraction();
    float right = columns.fraction();
    return pixel(image, n, rows.lower(), columns.lower(), c) * up * left
        + pixel(image, n, rows.upper(), columns.lower(), c) * down * left
        + pixel(image, n, rows.lower(), columns.upper(), c) * up * right
        + pixel(image, n, rows.upper(), columns.upper(), c) * down * right;
  }

  private static float pixel(Tensor image, int n, int y, int x, int c) {
    return image.getLong(((n * image.dim(1) + y) * image.dim(2) + x) * image.dim(3) + c);
  }
}
