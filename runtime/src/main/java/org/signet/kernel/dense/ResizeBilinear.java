package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.OpCall;
import org.signet.op.Resampling;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * RESIZE_BILINEAR on NHWC images: lines are resized when the first line of the result needs them,
 * and pairs of them mixed. Loops have one index for all arrays, for the JIT to make vectors of
 * them.
 */
final class ResizeBilinear implements Attempt {
  /** Shorter pixels are copied by a loop. */
  private static final int SHORTEST_BULK = 16;

  ResizeBilinear(Step step, Settings settings) {}

  @Override
  public Optional<Routine> routine(OpCall call) {
    Tensor images = call.operand(0);
    int[] size = call.operand(1).toInts();
    if (images.rank() != 4
        || images.size() == 0
        || size.length != 2
        || size[0] <= 0
        || size[1] <= 0) {
      return Optional.empty();
    }
    Resampling.Grid grid = Resampling.Grid.of(call.attributes());
    return Optional.of(
        new Lines(
            images.shape(),
            new int[] {images.dim(0), size[0], size[1], images.dim(3)},
            Resampling.linear(grid, images.dim(1), size[0]),
            Resampling.linear(grid, images.dim(2), size[1])));
  }

  /** The lines of the result, one after the other. */
  private static final class Lines implements Routine {
    private final int[] from;
    private final int[] shape;

    /** For each line of the result the two lines of the image, and for each column likewise. */
    private final int[] rows;

    private final float[] rowShares;
    private final int[] columns;

    /** For each element of a line the shares of those on the left and on the right. */
    private final float[] leftShares;

    private final float[] rightShares;
    private final float[] left;
    private final float[] right;
    private final float[] mixed;

    /** Two lines that have been resized, and which lines of the image they were. */
    private float[] upper;

    private float[] lower;
    private int upperRow;
    private int lowerRow;

    Lines(int[] from, int[] shape, Resampling vertical, Resampling horizontal) {
      this.from = from;
      this.shape = shape;
      rows = vertical.positions().ints();
      rowShares = vertical.shares().floats();
      columns = horizontal.positions().ints();
      int channels = shape[3];
      int line = shape[2] * channels;
      leftShares = new float[line];
      rightShares = new float[line];
      float[] shares = horizontal.shares().floats();
      for (int i = 0; i < line; i++) {
        leftShares[i] = shares[i / channels * 2];
        rightShares[i] = shares[i / channels * 2 + 1];
      }
      left = new float[line];
      right = new float[line];
      mixed = new float[line];
      upper = new float[line];
      lower = new float[line];
    }

    @Override
    public void run(OpCall call) {
      float[] images = call.operand(0).floats();
      float[] out = call.result(0, DType.FLOAT32, shape).floats();
      int line = mixed.length;
      for (int n = 0; n < shape[0]; n++) {
        upperRow = -1;
        lowerRow = -1;
        for (int y = 0; y < shape[1]; y++) {
          bring(images, n * from[1], rows[2 * y], rows[2 * y + 1]);
          mix(upper, lower, rowShares[2 * y], rowShares[2 * y + 1]);
          System.arraycopy(mixed, 0, out, (n * shape[1] + y) * line, line);
        }
      }
    }

    /** Resizes the two lines that are mixed next, unless they were mixed last. */
    private void bring(float[] images, int first, int above, int below) {
      if (above != upperRow && above == lowerRow) {
        float[] last = upper;
        int lastRow = upperRow;
        upper = lower;
        upperRow = lowerRow;
        lower = last;
        lowerRow = lastRow;
      }
      if (above != upperRow) {
        resize(images, first + above, upper);
        upperRow = above;
      }
      if (below != lowerRow) {
        resize(images, first + below, lower);
        lowerRow = below;
      }
    }

    private void resize(float[] images, int row, float[] to) {
      int channels = shape[3];
      int start = row * from[2] * channels;
      for (int x = 0; x < shape[2]; x++) {
        int a = start + columns[2 * x] * channels;
        int b = start + columns[2 * x + 1] * channels;
        int at = x * channels;
        if (channels >= SHORTEST_BULK) {
          System.arraycopy(images, a, left, at, channels);
          System.arraycopy(images, b, right, at, channels);
        } else {
          for (int c = 0; c < channels; c++) {
            left[at + c] = images[a + c];
            right[at + c] = images[b + c];
          }
        }
      }
      weigh(to);
    }

    private void weigh(float[] to) {
      for (int i = 0; i < to.length; i++) {
        to[i] = left[i] * leftShares[i] + right[i] * rightShares[i];
      }
    }

    private void mix(float[] a, float[] b, float first, float second) {
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] = a[i] * first + b[i] * second;
      }
    }
  }
}
