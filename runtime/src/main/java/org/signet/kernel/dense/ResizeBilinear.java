package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.op.Resampling;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * RESIZE_BILINEAR on NHWC images: lines are resized when the first line of the result needs them,
 * and pairs of them mixed.
 *
 * @param settings of the provider
 */
record ResizeBilinear(Settings settings) implements Attempt {
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
            call,
            images.shape(),
            new int[] {images.dim(0), size[0], size[1], images.dim(3)},
            Resampling.linear(grid, images.dim(1), size[0]),
            Resampling.linear(grid, images.dim(2), size[1])));
  }

  /** The lines of the result; a thread's follow each other. */
  private final class Lines implements Routine {
    private final int[] from;
    private final int[] shape;
    private final int line;

    /** For each line of the result the two lines of the image, and for each column likewise. */
    private final int[] rows;

    private final float[] rowShares;
    private final int[] columns;
    private final float[] columnShares;
    private final Division division;
    private final Band[] bands;
    private float[] images = {};
    private float[] out = {};

    Lines(OpCall call, int[] from, int[] shape, Resampling vertical, Resampling horizontal) {
      this.from = from;
      this.shape = shape;
      line = shape[2] * shape[3];
      rows = vertical.positions().ints();
      rowShares = vertical.shares().floats();
      columns = horizontal.positions().ints();
      columnShares = horizontal.shares().floats();
      int lines = shape[0] * shape[1];
      division = Division.of(call.workers(), (long) lines * line * Parts.ELEMENT, lines, this::run);
      bands = new Band[division.parts()];
      Arrays.setAll(bands, _ -> new Band());
    }

    @Override
    public void run(OpCall call) {
      images = call.operand(0).floats();
      out = call.result(0, DType.FLOAT32, shape).floats();
      division.run(call.workers());
    }

    private void run(int part, int first, int end) {
      bands[part].run(first, end);
    }

    /** Lines that one thread makes. */
    private final class Band {
      /** Two lines that have been resized, and which lines of the images they were. */
      private float[] upper = new float[line];

      private float[] lower = new float[line];
      private int upperRow;
      private int lowerRow;

      private void run(int first, int end) {
        upperRow = -1;
        lowerRow = -1;
        for (int i = first; i < end; i++) {
          int y = i % shape[1];
          bring(i / shape[1] * from[1], rows[2 * y], rows[2 * y + 1]);
          settings
              .engine()
              .mixLines(
                  upper, 0, lower, 0, rowShares[2 * y], rowShares[2 * y + 1], out, i * line, line);
        }
      }

      /** Resizes the two lines that are mixed next, unless they were mixed last. */
      private void bring(int first, int above, int below) {
        if (first + above != upperRow && first + above == lowerRow) {
          float[] last = upper;
          int lastRow = upperRow;
          upper = lower;
          upperRow = lowerRow;
          lower = last;
          lowerRow = lastRow;
        }
        if (first + above != upperRow) {
          upperRow = first + above;
          resize(upperRow, upper);
        }
        if (first + below != lowerRow) {
          lowerRow = first + below;
          resize(lowerRow, lower);
        }
      }

      private void resize(int row, float[] to) {
        int at = row * from[2] * shape[3];
        settings.engine().resizeLine(images, at, columns, columnShares, shape[3], to, 0);
      }
    }
  }
}
