package org.signet.lower;

import java.util.Arrays;
import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.WindowAxis;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Which pixels of an image are under each window that moves over it, as int32 [windows in a column,
 * windows in a row, pixels of each]: a constant where the image's size is known, else computed from
 * it by builtins.
 *
 * @param window height and width
 * @param strides how far it moves
 * @param rates the distance of its pixels
 * @param outside what stands for the pixels outside the image
 */
@SuppressWarnings("ArrayRecordComponent")
record WindowTable(
    int[] window, int[] strides, int[] rates, WindowAxis.Padding padding, Outside outside) {
  /** What stands in the place of a pixel outside the image. */
  enum Outside {
    /** The one behind the last pixel. */
    BEHIND,
    /** The nearest one inside, which a window of neighbours has, too, and in the same order. */
    NEAREST
  }

  /** The table of an NHWC image. */
  Value of(Value image, Emitter emit) {
    Shape shape = image.type().shape();
    return shape.isKnown(1) && shape.isKnown(2)
        ? emit.constant(known(axis(0, shape.dim(1)), axis(1, shape.dim(2))))
        : computed(image, emit);
  }

  private int each() {
    return window[0] * window[1];
  }

  private WindowAxis axis(int i, int size) {
    return WindowAxis.of(size, window[i], strides[i], rates[i], padding, 0, 0);
  }

  private Tensor known(WindowAxis rows, WindowAxis columns) {
    int[] pixels = new int[rows.output() * columns.output() * each()];
    int at = 0;
    for (int y = 0; y < rows.output(); y++) {
      for (int x = 0; x < columns.output(); x++) {
        for (int i = 0; i < each(); i++) {
          int row = place(rows, y, i / columns.kernel());
          int column = place(columns, x, i % columns.kernel());
          boolean isOutside = row == rows.input() || column == columns.input();
          pixels[at++] =
              isOutside ? rows.input() * columns.input() : row * columns.input() + column;
        }
      }
    }
    return Tensor.of(pixels, rows.output(), columns.output(), each());
  }

  /** Which row or column element {@code i} of a window sees; the one behind the last for none. */
  private int place(WindowAxis axis, int at, int i) {
    int place = at * axis.stride() - axis.before() + i * axis.dilation();
    return switch (outside) {
      case BEHIND -> place < 0 || place >= axis.input() ? axis.input() : place;
      case NEAREST -> Math.clamp(place, 0, axis.input() - 1);
    };
  }

  private Value computed(Value image, Emitter emit) {
    Value height = DimSource.of(image, 1).scalar(emit);
    Value width = DimSource.of(image, 2).scalar(emit);
    Value rows = emit.reshape(places(0, height, emit), Shape.of(Shape.UNKNOWN, 1, window[0], 1));
    Value columns = emit.reshape(places(1, width, emit), Shape.of(1, Shape.UNKNOWN, 1, window[1]));
    Value pixels = emit.builtin("ADD", emit.builtin("MUL", rows, width), columns);
    if (outside == Outside.BEHIND) {
      Value inside =
          emit.builtin("LOGICAL_AND", isInside(rows, height, emit), isInside(columns, width, emit));
      pixels = emit.select(inside, pixels, emit.builtin("MUL", height, width));
    }
    return DimSource.reshape(
        pixels,
        List.of(DimSource.of(pixels, 0), DimSource.of(pixels, 1), new DimSource(each(), List.of())),
        emit);
  }

  private static Value isInside(Value places, Value size, Emitter emit) {
    return emit.builtin(
        "LOGICAL_AND",
        emit.builtin("GREATER_EQUAL", places, emit.scalar(0)),
        emit.builtin("LESS", places, size));
  }

  /** The rows or columns that each window sees, [windows, window]. */
  private Value places(int axis, Value size, Emitter emit) {
    int stride = strides[axis];
    int span = (window[axis] - 1) * rates[axis] + 1;
    boolean same = padding == WindowAxis.Padding.SAME;
    Value room = emit.builtin("ADD", size, emit.scalar(same ? stride - 1 : stride - span));
    Value count =
        emit.builtin(
            "MAXIMUM", emit.builtin("FLOOR_DIV", room, emit.scalar(stride)), emit.scalar(0));
    Value end = emit.builtin("MUL", count, emit.scalar(stride));
    Value starts = emit.builtin("RANGE", emit.scalar(0), end, emit.scalar(stride));
    int[] steps = new int[window[axis]];
    Arrays.setAll(steps, i -> i * rates[axis]);
    Value places =
        emit.builtin("ADD", emit.reshape(starts, Shape.of(Shape.UNKNOWN, 1)), emit.ints(steps));
    if (same) {
      Value seen = emit.builtin("ADD", end, emit.scalar(span - stride));
      Value pads = emit.builtin("MAXIMUM", emit.builtin("SUB", seen, size), emit.scalar(0));
      places = emit.builtin("SUB", places, emit.builtin("FLOOR_DIV", pads, emit.scalar(2)));
    }
    if (outside == Outside.NEAREST) {
      Value last = emit.builtin("SUB", size, emit.scalar(1));
      places = emit.builtin("MINIMUM", emit.builtin("MAXIMUM", places, emit.scalar(0)), last);
    }
    return places;
  }

  /** Of pixels [batch, pixels, channels] those under the windows, before their channels. */
  static Value gathered(Value pixels, Value table, Emitter emit) {
    return emit.builtin("GATHER", Attributes.of("axis", 1, "batch_dims", 0), pixels, table);
  }
}
