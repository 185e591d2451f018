package org.signet.op.flex.quantized;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Resampling.Grid;
import org.signet.op.Resizes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * QuantizedResizeBilinear. Operands: images [batch, height, width, channels], (height, width), and
 * the ends of their range, which stays. Interpolates integers, with 7 bits behind the point for 8
 * of them and 30 for 32.
 */
final class TfQuantizedResizes {
  private TfQuantizedResizes() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact(
                "QuantizedResizeBilinear", TfQuantizedResizes::infer, TfQuantizedResizes::resize)
            .limited(RegisteredTypes.of("T", DType.QUINT8, DType.QINT32)));
  }

  private static List<TensorType> infer(OpTypes op) {
    DType type = op.attributes().getType("T").carrier();
    return QuantizedResults.of(op, "T", Resizes.shape(op, type).getFirst().shape());
  }

  /** Two positions of the input, and how far the wanted one lies from the first to the second. */
  private record Between(int lower, int upper, long fraction) {
    static Between of(Grid grid, int input, int output, int i, int bits) {
      float scale = grid.scale(input, output);
      float position = grid.position(i, scale);
      float floor = (float) Math.floor(position);
      int upper = Math.min((int) Math.ceil(position), input - 1);
      int lower = Math.min(Math.max((int) floor, 0), upper);
      return new Between(lower, upper, (long) ((position - floor) * (1 << bits)));
    }
  }

  private static void resize(OpCall call) {
    Tensor x = Rules.requireRank(call.operand(0), 4, "the image");
    Tensor result =
        call.result(0, call.attributes().getType("T").carrier(), Resizes.resultShape(call));
    QuantizedResults.range(
        call, 1, QuantizedRange.scalar(call.operand(2)), QuantizedRange.scalar(call.operand(3)));
    if (x.dim(1) == result.dim(1) && x.dim(2) == result.dim(2)) {
      for (int i = 0; i < x.size(); i++) {
        result.setLong(i, x.getLong(i));
      }
      return;
    }
    // TensorFlow's own scale: align_corners counts for it, half_pixel_centers for positions.
    Grid grid = Grid.of(call.attributes());
    int bits = result.dtype() == DType.UINT8 ? 7 : 30;
    for (int row = 0; row < result.dim(1); row++) {
      Between y = Between.of(grid, x.dim(1), result.dim(1), row, bits);
      for (int column = 0; column < result.dim(2); column++) {
        Between position = Between.of(grid, x.dim(2), result.dim(2), column, bits);
        interpolate(x, y, position, bits, result, row, column);
      }
    }
  }

  private static void interpolate(
      Tensor x, Between y, Between column, int bits, Tensor result, int row, int at) {
    long one = 1L << bits;
    int channels = x.dim(3);
    for (int image = 0; image < x.dim(0); image++) {
      int upperLine = (image * x.dim(1) + y.lower()) * x.dim(2);
      int lowerLine = (image * x.dim(1) + y.upper()) * x.dim(2);
      for (int c = 0; c < channels; c++) {
        long top = along(x, upperLine, column, channels, c, one);
        long bottom = along(x, lowerLine, column, channels, c, one);
        long sum = top + (bottom - top) / one * y.fraction();
        int place = ((image * result.dim(1) + row) * result.dim(2) + at) * channels + c;
        result.setLong(place, (sum + one / 2) / one);
      }
    }
  }

  private static long along(Tensor x, int line, Between column, int channels, int c, long one) {
    long left = QuantizedType.throughFloat(x.getLong((line + column.lower()) * channels + c));
    long right = QuantizedType.throughFloat(x.getLong((line + column.upper()) * channels + c));
    return left * one + (right - left) * column.fraction();
  }
}
