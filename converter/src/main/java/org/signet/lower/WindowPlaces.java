package org.signet.lower;

import java.util.List;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/** Moves NHWC tensors between the places of an image and those of a window that moves over it. */
final class WindowPlaces {
  private final WindowAxis rows;
  private final WindowAxis columns;
  private final Emitter emit;

  WindowPlaces(WindowAxis rows, WindowAxis columns, Emitter emit) {
    this.rows = rows;
    this.columns = columns;
    this.emit = emit;
  }

  /** The image with as much padding as the windows see, and without what none of them does. */
  Value padded(Value image, float with) {
    return fitted(
        image,
        with,
        new int[] {rows.before(), columns.before()},
        new int[] {
          rows.seen() - rows.size() - rows.before(),
          columns.seen() - columns.size() - columns.before()
        },
        new int[] {rows.seen(), columns.seen()});
  }

  /** What is under element (i, j) of each window: one value for each place of the window. */
  Value under(Value padded, int i, int j) {
    int y = i * rows.dilation();
    int x = j * columns.dilation();
    Attributes options =
        Attributes.of("begin_mask", 0b1001, "end_mask", 0b1001).with("shrink_axis_mask", 0);
    int[] end = {
      0,
      y + (rows.count() - 1) * rows.stride() + 1,
      x + (columns.count() - 1) * columns.stride() + 1,
      0
    };
    return emit.builtin(
        "STRIDED_SLICE",
        options,
        padded,
        emit.ints(0, y, x, 0),
        emit.ints(end),
        emit.ints(1, rows.stride(), columns.stride(), 1));
  }

  /**
   * What each window has, at the window's place, with zeros between and around: a window that moves
   * over it by one sees, for each element of the image, what the windows over that element have,
   * turned by 180 degrees.
   */
  Value underFullWindows(Value windows) {
    int[] before = {rows.span() - 1 - rows.before(), columns.span() - 1 - columns.before()};
    int[] sizes = {rows.size() + rows.span() - 1, columns.size() + columns.span() - 1};
    int[] after = {
      sizes[0] - before[0] - (rows.count() - 1) * rows.stride() - 1,
      sizes[1] - before[1] - (columns.count() - 1) * columns.stride() - 1
    };
    return fitted(dilated(windows), 0, before, after, sizes);
  }

  /**
   * The image of what each window gives its elements, summed up.
   *
   * @param parts for each element of the window, row by row, a value for each place of the window
   */
  Value spread(List<Value> parts) {
    boolean tiles =
        rows.stride() == rows.window()
            && columns.stride() == columns.window()
            && rows.dilation() * columns.dilation() == 1;
    Value seen = tiles ? tiled(parts) : summed(parts);
    return fitted(
        seen,
        0,
        new int[] {-rows.before(), -columns.before()},
        new int[] {
          rows.size() + rows.before() - rows.seen(),
          columns.size() + columns.before() - columns.seen()
        },
        new int[] {rows.size(), columns.size()});
  }

  /** Windows side by side: their elements, one after the other. */
  private Value tiled(List<Value> parts) {
    int channels = parts.getFirst().type().shape().dim(3);
    if (channels == Shape.UNKNOWN) {
      return summed(parts);
    }
    Value[] lines = new Value[rows.window()];
    for (int i = 0; i < lines.length; i++) {
      List<Value> line = parts.subList(i * columns.window(), (i + 1) * columns.window());
      lines[i] =
          emit.reshape(
              emit.concat(3, line.toArray(Value[]::new)),
              Shape.of(Shape.UNKNOWN, rows.count(), columns.seen(), channels));
    }
    return emit.reshape(
        emit.concat(2, lines), Shape.of(Shape.UNKNOWN, rows.seen(), columns.seen(), channels));
  }

  private Value summed(List<Value> parts) {
    int[] sizes = {rows.seen(), columns.seen()};
    Value[] placed = new Value[parts.size()];
    for (int k = 0; k < placed.length; k++) {
      int y = k / columns.window() * rows.dilation();
      int x = k % columns.window() * columns.dilation();
      int[] after = {rows.span() - 1 - y, columns.span() - 1 - x};
      placed[k] = fitted(dilated(parts.get(k)), 0, new int[] {y, x}, after, sizes);
    }
    return emit.builtin("ADD_N", placed);
  }

  /** With zeros between what windows have, as many as they move over. */
  private Value dilated(Value windows) {
    return rows.stride() * columns.stride() == 1
        ? windows
        : emit.builtin(
            "DILATE", windows, emit.ints(1, rows.stride(), columns.stride(), 1), emit.scalar(0f));
  }

  /**
   * Adds padding before and after rows and columns, or takes some away where its amount is
   * negative.
   */
  private Value fitted(Value image, float with, int[] before, int[] after, int[] sizes) {
    int[] pads = new int[8];
    int[] from = new int[4];
    boolean grows = false;
    boolean shrinks = false;
    for (int i = 0; i < 2; i++) {
      pads[2 * i + 2] = Math.max(before[i], 0);
      pads[2 * i + 3] = Math.max(after[i], 0);
      from[i + 1] = Math.max(-before[i], 0);
      grows |= before[i] > 0 || after[i] > 0;
      shrinks |= before[i] < 0 || after[i] < 0;
    }
    Value fitted = image;
    if (grows) {
      Value amounts = emit.constant(Tensor.of(pads, 4, 2));
      fitted =
          with == 0
              ? emit.builtin("PAD", fitted, amounts)
              : emit.builtin("PADV2", fitted, amounts, emit.scalar(with));
    }
    return shrinks
        ? emit.builtin("SLICE", fitted, emit.ints(from), emit.ints(-1, sizes[0], sizes[1], -1))
        : fitted;
  }
}
