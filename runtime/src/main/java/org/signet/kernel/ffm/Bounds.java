package org.signet.kernel.ffm;

import java.util.Objects;
import org.signet.kernel.dense.Engine;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.WindowLines;

/**
 * What Java checks at each access of an array, once for a call of native code.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException}.
 */
final class Bounds {
  private Bounds() {}

  /** The rows of a part of a product, its packed matrix and its results. */
  static void check(
      float[] from,
      int fromAt,
      Left left,
      PackedMatrix right,
      int panel,
      int row,
      int rows,
      int column,
      int columns,
      float[] out,
      int at,
      int step) {
    if (rows <= 0 || columns <= 0) {
      return;
    }
    long lastRow = (long) row + rows - 1;
    int width = left.width();
    long lines = lastRow / width;
    long inLine = Math.min(lastRow, width - 1L);
    long last = lines * left.rowStep() + inLine * left.pixelStep();
    checkPixels(from, fromAt, last, left.taps(), left.taps().length, left.depth());
    long padded = Math.ceilDiv(right.columns(), panel) * (long) panel;
    Objects.checkFromIndexSize(0, padded * left.length(), right.panels().length);
    Objects.checkFromIndexSize(0, padded, right.bias().length);
    Objects.checkFromToIndex(0, row + rows, Integer.MAX_VALUE);
    Objects.checkFromIndexSize(column, columns, right.columns());
    Objects.checkIndex(column % panel, 1);
    Objects.checkIndex(row, Integer.MAX_VALUE);
    long first = at + (long) row * step + column;
    long end = at + lastRow * step + column + columns;
    Objects.checkFromToIndex(first, end, out.length);
  }

  /** Windows of pixels with all their channels, and a result for each channel of each. */
  static void check(
      float[] from,
      int step,
      int windows,
      int[] taps,
      int count,
      int channels,
      float[] out,
      int at) {
    checkPixels(from, 0, (windows - 1L) * step, taps, count, channels);
    Objects.checkFromIndexSize(at, (long) windows * channels, out.length);
  }

  /** Lines of pixels with all their channels, and a weight, a start and a result for each. */
  static void check(
      float[] from,
      WindowLines windows,
      float[] weights,
      float[] start,
      int channels,
      float[] out,
      int at) {
    Objects.checkFromToIndex(1, windows.places(), Engine.MOST_PLACES);
    int lines = Math.multiplyExact(windows.count(), windows.kernelHeight());
    Objects.checkFromIndexSize(0, lines, windows.lines().length);
    for (int i = 0; i < lines; i++) {
      int line = windows.lines()[i];
      if (line != -1) {
        Objects.checkFromIndexSize(line, (long) windows.inputWidth() * channels, from.length);
      }
    }
    Objects.checkFromIndexSize(0, (long) windows.places() * channels, weights.length);
    Objects.checkFromIndexSize(0, channels, start.length);
    long results = (long) windows.count() * windows.outputWidth() * channels;
    Objects.checkFromIndexSize(at, results, out.length);
  }

  /** Rows {@code first} to {@code end} of {@code count} elements each. */
  static void checkRows(float[] rows, int first, int end, int count) {
    Objects.checkFromToIndex((long) first * count, (long) end * count, rows.length);
  }

  /** So many elements of each of {@code rows} rows, which begin {@code step} apart. */
  static void checkRows(float[] data, int at, int step, int rows, int count) {
    Objects.checkFromToIndex(0, rows, Integer.MAX_VALUE);
    Objects.checkFromToIndex(0, count, Integer.MAX_VALUE);
    if (rows > 0) {
      Objects.checkIndex(step, Integer.MAX_VALUE);
      Objects.checkFromIndexSize(at, (rows - 1L) * step + count, data.length);
    }
  }

  /**
   * Elements of an array from {@code at} on, or the first one for all of them if the step is 0.
   *
   * @return where they begin
   */
  static int checkSteps(int length, int step, int at, int count) {
    Objects.checkIndex(step, 2);
    Objects.checkFromIndexSize(at * step, step == 0 ? 1 : count, length);
    return at * step;
  }

  /** A matrix whose columns and their elements lie so far apart. */
  static void checkMatrix(
      float[] matrix, int at, int columns, int depth, int columnStep, int depthStep) {
    if (columns <= 0 || depth <= 0) {
      return;
    }
    Objects.checkIndex(columnStep, Integer.MAX_VALUE);
    Objects.checkIndex(depthStep, Integer.MAX_VALUE);
    long last = (columns - 1L) * columnStep + (depth - 1L) * depthStep;
    Objects.checkFromIndexSize(at, last + 1, matrix.length);
  }

  private static void checkPixels(
      float[] data, int at, long last, int[] taps, int count, int depth) {
    for (int t = 0; t < count; t++) {
      Objects.checkFromIndexSize((long) at + taps[t], depth, data.length);
      Objects.checkFromIndexSize(at + last + taps[t], depth, data.length);
    }
  }
}
