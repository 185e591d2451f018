package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * MaxPoolWithArgmax and ExtractImagePatches of images whose size is known: the pixels of all
 * windows are gathered as [batch, windows, pixels of each, channels] by a constant table.
 */
final class PatchLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ExtractImagePatches", "MaxPoolWithArgmax");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    boolean pool = op.name().equals("MaxPoolWithArgmax");
    Set<DType> types =
        pool ? Set.of(DType.FLOAT32) : KernelTypes.with(KernelTypes.MOVED, DType.BOOL);
    if (!types.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!shape.hasRank() || !shape.isKnown(1) || !shape.isKnown(2) || !shape.isKnown(3)) {
      return Lowered.declined("the image's size is not known");
    }
    int[] window = op.attributes().getInts(pool ? "ksize" : "ksizes");
    int[] strides = op.attributes().getInts("strides");
    int[] rates = pool ? new int[] {1, 1, 1, 1} : op.attributes().getInts("rates");
    if (window[0] * window[3] * strides[0] * strides[3] * rates[0] * rates[3] != 1) {
      return Lowered.declined("a window over batch or channels");
    }
    WindowAxis.Padding padding = WindowAxis.Padding.valueOf(op.attributes().getString("padding"));
    WindowAxis rows = WindowAxis.of(shape.dim(1), window[1], strides[1], rates[1], padding, 0, 0);
    WindowAxis columns =
        WindowAxis.of(shape.dim(2), window[2], strides[2], rates[2], padding, 0, 0);
    Table table = Table.of(rows, columns, shape.dim(1), shape.dim(2), !pool);
    return pool ? pool(op, table, emit) : patches(op, table, emit);
  }

  /**
   * Where the pixels of windows are.
   *
   * @param pixels for each window, row by row, and each of its pixels; outside the image that of
   *     the window's first pixel inside, or the one after the last
   * @param height windows in a column
   * @param width windows in a row
   * @param each pixels in a window
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Table(int[] pixels, int height, int width, int each) {
    static Table of(
        WindowAxis rows, WindowAxis columns, int imageHeight, int imageWidth, boolean zeros) {
      int each = rows.kernel() * columns.kernel();
      int[] pixels = new int[rows.output() * columns.output() * each];
      Arrays.fill(pixels, -1);
      int at = 0;
      for (int y = 0; y < rows.output(); y++) {
        for (int x = 0; x < columns.output(); x++, at += each) {
          fill(pixels, at, rows, y, columns, x, imageHeight, imageWidth);
          int outside = imageHeight * imageWidth;
          for (int i = each - 1; i >= 0 && !zeros; i--) {
            outside = pixels[at + i] < 0 ? outside : pixels[at + i];
          }
          for (int i = 0; i < each; i++) {
            pixels[at + i] = pixels[at + i] < 0 ? outside : pixels[at + i];
          }
        }
      }
      return new Table(pixels, rows.output(), columns.output(), each);
    }

    private static void fill(
        int[] pixels,
        int at,
        WindowAxis rows,
        int y,
        WindowAxis columns,
        int x,
        int imageHeight,
        int imageWidth) {
      for (int i = 0; i < rows.kernel(); i++) {
        for (int j = 0; j < columns.kernel(); j++) {
          int row = y * rows.stride() - rows.before() + i * rows.dilation();
          int column = x * columns.stride() - columns.before() + j * columns.dilation();
          if (row >= 0 && row < imageHeight && column >= 0 && column < imageWidth) {
            pixels[at + i * columns.kernel() + j] = row * imageWidth + column;
          }
        }
      }
    }
  }

  /** [batch, windows, pixels of each, channels]. */
  private static Value gathered(Value flat, Table table, Emitter emit) {
    Value places =
        emit.constant(Tensor.of(table.pixels(), table.height() * table.width(), table.each()));
    return emit.builtin("GATHER", Attributes.of("axis", 1, "batch_dims", 0), flat, places);
  }

  private static Value flat(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    return DimSource.reshape(
        op.operand(0),
        List.of(
            DimSource.of(op.operand(0), 0),
            new DimSource(shape.dim(1) * shape.dim(2), List.of()),
            new DimSource(shape.dim(3), List.of())),
        emit);
  }

  private static Lowered patches(TfOp op, Table table, Emitter emit) {
    Value amounts = emit.constant(Tensor.of(new int[] {0, 0, 0, 1, 0, 0}, 3, 2));
    Value pixels = gathered(emit.builtin("PAD", flat(op, emit), amounts), table, emit);
    return Lowered.to(image(pixels, op, table, table.each() * op.shape(0).dim(3), emit));
  }

  private static Value image(Value value, TfOp op, Table table, int channels, Emitter emit) {
    return DimSource.reshape(
        value,
        List.of(
            DimSource.of(op.operand(0), 0),
            new DimSource(table.height(), List.of()),
            new DimSource(table.width(), List.of()),
            new DimSource(channels, List.of())),
        emit);
  }

  /** The first of the largest pixels of each window, as a number that counts channels, too. */
  private static Lowered pool(TfOp op, Table table, Emitter emit) {
    int channels = op.shape(0).dim(3);
    Value pixels = gathered(flat(op, emit), table, emit);
    Value largest =
        emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", false), pixels, emit.ints(2));
    Value which =
        emit.builtin("ARG_MAX", Attributes.of("output_type", "INT32"), pixels, emit.scalar(2));
    int windows = table.height() * table.width();
    int[] first = new int[windows];
    for (int i = 0; i < windows; i++) {
      first[i] = i * table.each();
    }
    Value at = emit.builtin("ADD", which, emit.constant(Tensor.of(first, windows, 1)));
    Value pixel =
        emit.builtin(
            "GATHER", Attributes.of("axis", 0, "batch_dims", 0), emit.ints(table.pixels()), at);
    Value channel = emit.builtin("RANGE", emit.scalar(0), emit.scalar(channels), emit.scalar(1));
    Value number = emit.builtin("ADD", emit.builtin("MUL", pixel, emit.scalar(channels)), channel);
    if (op.attributes().getBoolean("include_batch_in_index", false)) {
      Value count = DimSource.of(op.operand(0), 0).scalar(emit);
      Value batches = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
      int size = op.shape(0).dim(1) * op.shape(0).dim(2) * channels;
      Value offset = emit.builtin("MUL", batches, emit.scalar(size));
      number = emit.builtin("ADD", number, emit.reshape(offset, Shape.of(Shape.UNKNOWN, 1, 1)));
    }
    return Lowered.to(
        image(largest, op, table, channels, emit),
        emit.cast(image(number, op, table, channels, emit), op.resultTypes().get(1).dtype()));
  }
}
