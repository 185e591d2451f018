package org.signet.kernel.dense;

import org.signet.kernel.Rates;
import org.signet.op.FusedActivation;

/**
 * The inner loops of the dense kernels, for one way to compute with vectors. All engines give the
 * same bits: a sum is one chain of multiply-adds, in the order of the elements, from the bias on.
 *
 * <p>Safe to use from many threads.
 */
public interface Engine {
  /** The provider's name: {@code ffm}, {@code vector}. */
  String name();

  /** Floats in a vector. */
  int lanes();

  /** How long it takes. */
  Rates rates();

  /** Columns in a panel of a packed matrix, see {@link Panels}. */
  int panel();

  /**
   * Computes a part of a product: row {@code i}, column {@code j} of the whole goes to {@code at +
   * i · step + j}.
   *
   * @param fromAt where row 0 begins in {@code from}
   * @param left how the rows lie there
   * @param row the first row
   * @param column the first column, where a panel begins
   * @param columns how many: whole panels, or up to the last one
   * @param finish of the sums
   * @param step from one row to the next in {@code out}
   */
  void product(
      float[] from,
      int fromAt,
      Left left,
      PackedMatrix right,
      int row,
      int rows,
      int column,
      int columns,
      Finish finish,
      float[] out,
      int at,
      int step);

  /** Pixels of a window that {@link #depthwise} takes at most. */
  int MOST_PLACES = 1024;

  /**
   * Transforms filters: of the 6 × 6 transformed places only those of a line.
   *
   * @param from taps of 3 × 3, {@code count} elements of each, from {@code at} on
   * @param count a multiple of {@link #lanes}
   * @param to gets {@code count} elements of each of six places, of the first from {@code toAt} on
   * @param placeStep from a place to the next
   */
  default void winogradFilters(
      float[] from, int at, int count, int line, float[] to, int toAt, int placeStep) {
    Winograd.filters(from, at, count, line, to, toAt, placeStep);
  }

  /**
   * Transforms tiles of pixels by {@link Winograd#in}: place {@code p} of tile {@code i}, which
   * begins at {@code starts[i]}, to the elements from {@code p · placeStep + i · channels} on.
   *
   * @param first the first tile, {@code end} being that after the last
   * @param rowStep from a line of pixels to the next
   * @param channels a multiple of {@link #lanes}
   */
  void winogradIn(
      float[] from,
      int[] starts,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] to,
      int placeStep);

  /**
   * Transforms tiles of sums, which lie as those of {@link #winogradIn}, by {@link Winograd#out},
   * and adds the bias.
   *
   * @param places for each tile where it begins in {@code out}, its lines and its columns
   * @param rowStep from a line of results to the next
   */
  void winogradOut(
      float[] from,
      int placeStep,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] bias,
      FusedActivation activation,
      float[] out);

  /**
   * Sums up pixels of windows, each times its weight, a channel by itself.
   *
   * @param windows of at most {@value #MOST_PLACES} pixels; those of {@code out} follow each other
   * @param weights [places, channels]
   * @param start what the sums start from, [channels]
   * @param channels at least {@link #lanes}
   * @param finish of the sums
   */
  void depthwise(
      float[] from,
      WindowLines windows,
      float[] weights,
      float[] start,
      int channels,
      Finish finish,
      float[] out,
      int at);

  /**
   * The largest of the pixels of windows, from the lowest finite number on, or their mean.
   *
   * @param step from one window to the next
   * @param windows how many follow each other, in {@code from} and in {@code out}
   * @param taps positions of the first window's pixels
   * @param count how many of them count
   * @param channels at least {@link #lanes}
   */
  void pool(
      boolean largest,
      float[] from,
      int step,
      int windows,
      int[] taps,
      int count,
      int channels,
      float[] out,
      int at);

  /**
   * The nearest value from {@code min} to {@code max}; NaN stays NaN. {@code to} may be {@code
   * from}, here and below; elements are at {@code at} in both.
   */
  void bound(float[] from, float[] to, int at, int count, float min, float max);

  /** {@code slope · x} unless {@code x} is above 0. */
  void leakyRelu(float[] from, float[] to, int at, int count, float slope);

  /** {@link PlainMath#exp}. */
  void exp(float[] from, float[] to, int at, int count);

  /** {@link PlainMath#log}. */
  default void log(float[] from, float[] to, int at, int count) {
    PlainWaves.log(from, to, at, count);
  }

  /** {@link PlainMath#elu}. */
  default void elu(float[] from, float[] to, int at, int count) {
    PlainWaves.elu(from, to, at, count);
  }

  /** {@link PlainMath#logistic}. */
  void logistic(float[] from, float[] to, int at, int count);

  /** {@code x} times its logistic. */
  void swish(float[] from, float[] to, int at, int count);

  /** {@link PlainMath#tanh}. */
  default void tanh(float[] from, float[] to, int at, int count) {
    PlainLoops.tanh(from, to, at, count);
  }

  /** {@link PlainLoops#gelu}. */
  default void gelu(float[] from, float[] to, int at, int count) {
    PlainLoops.gelu(from, to, at, count);
  }

  /** {@link PlainLoops#geluByTanh}. */
  default void geluByTanh(float[] from, float[] to, int at, int count) {
    PlainLoops.geluByTanh(from, to, at, count);
  }

  /**
   * A function of two elements, as {@link Combination.Loop#runRows}. {@code out} may be one of the
   * operands, if its elements are at the same place in both.
   */
  default void combine(
      Combination function,
      float[] a,
      int x,
      int xStep,
      float[] b,
      int y,
      int yStep,
      float[] out,
      int i,
      int iStep,
      int rows,
      int count) {
    function.plain().runRows(a, x, xStep, b, y, yStep, out, i, iStep, rows, count);
  }

  /** As {@link Combination.Loop#runSpread}. */
  default boolean combineSpread(
      Combination function,
      float[] a,
      int x,
      int xStep,
      float[] b,
      int y,
      int yStep,
      float[] out,
      int i,
      int iStep,
      int rows,
      int count,
      boolean isFirstAlone) {
    return false;
  }

  /** Whether it has loops of its own to {@link #compare}; the reference's are plain ones. */
  default boolean compares() {
    return false;
  }

  /**
   * Whether a relation holds between elements {@code a[at + k]} and {@code b[at + k]}, as 1 or 0 at
   * {@code at + k}.
   *
   * @param aStep 0 if {@code a[0]} stands for all elements, else 1; {@code bStep} likewise
   * @throws UnsupportedOperationException unless it {@link #compares}
   */
  default void compare(
      Comparison relation,
      float[] a,
      int aStep,
      float[] b,
      int bStep,
      byte[] out,
      int at,
      int count) {
    throw new UnsupportedOperationException(name());
  }

  /** The same for integers. */
  default void compare(
      Comparison relation, int[] a, int aStep, int[] b, int bStep, byte[] out, int at, int count) {
    throw new UnsupportedOperationException(name());
  }

  /**
   * Sums of rows of {@code count} elements, or their means, in double precision.
   *
   * @param first the first row, {@code end} being that after the last; also the places of results
   */
  default void sums(float[] from, int first, int end, int count, boolean mean, float[] out) {
    Rows.sums(from, first, end, count, mean, out);
  }

  /**
   * Sums of columns {@code first} to {@code end} of a matrix, or their means, in double precision.
   *
   * @param at where the matrix begins
   * @param to place of the first column's sum
   */
  default void columnSums(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean mean,
      float[] out,
      int to) {
    PlainLoops.columnSums(from, at, rows, columns, first, end, mean, out, to);
  }

  /**
   * The largest or least elements of rows of {@code count}: NaN if there is one, and of zeros the
   * positive or negative one.
   *
   * @param first the first row, {@code end} being that after the last; also the places of results
   * @param count at least 1
   * @param least whether the least ones are wanted
   */
  default void extremes(float[] from, int first, int end, int count, boolean least, float[] out) {
    PlainLoops.extremes(from, first, end, count, least, out);
  }

  /**
   * The same of columns {@code first} to {@code end} of a matrix.
   *
   * @param at where the matrix begins
   * @param rows at least 1
   * @param to place of the first column's result
   */
  default void columnExtremes(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean least,
      float[] out,
      int to) {
    PlainLoops.columnExtremes(from, at, rows, columns, first, end, least, out, to);
  }

  /**
   * Writes the places of the largest or least elements of rows of {@code count} elements each to
   * {@code out}, from row {@code first} to that before {@code end}: that of the first of equal
   * ones. NaN is passed over, and so is what is no larger than the least finite number, or no less
   * than the largest; a row of nothing else gives 0.
   */
  default void argExtremes(float[] from, int first, int end, int count, boolean least, int[] out) {
    PlainLoops.argExtremes(from, first, end, count, least, out);
  }

  /**
   * Element {@code at + k} is that of {@code yes} where {@code held[heldAt + k]} is not 0, else
   * that of {@code no}.
   *
   * @param yesStep 0 if {@code yes[0]} stands for all its elements, else 1; {@code noStep} likewise
   */
  default void select(
      byte[] held,
      int heldAt,
      float[] yes,
      int yesStep,
      float[] no,
      int noStep,
      float[] out,
      int at,
      int count) {
    PlainLoops.select(held, heldAt, yes, yesStep, no, noStep, out, at, count);
  }

  /**
   * The softmax of {@code beta} times rows of {@code count} elements each, from row {@code first}
   * to that before {@code end}.
   */
  default void softmax(float[] from, float[] to, int first, int end, int count, float beta) {
    for (int at = first * count; at < end * count; at += count) {
      PlainLoops.shiftAndScale(from, to, at, count, Rows.max(from, at, count), beta);
      exp(to, to, at, count);
      float scale = (float) (1 / Rows.sum(to, at, count));
      PlainLoops.shiftAndScale(to, to, at, count, 0, scale);
    }
  }

  /**
   * Rows of {@code count} elements, from row {@code first} to that before {@code end}, brought to
   * mean 0 and variance 1, then times {@code scale} and plus {@code shift}: with the roundings of
   * MEAN, SQUARED_DIFFERENCE, MEAN, ADD, RSQRT, SUB, MUL, MUL and ADD.
   *
   * @param epsilon added to the variance
   * @param scale [count]
   * @param shift [count]
   */
  default void normalize(
      float[] from,
      float[] to,
      int first,
      int end,
      int count,
      float epsilon,
      float[] scale,
      float[] shift) {
    PlainLoops.normalize(from, to, first, end, count, epsilon, scale, shift);
  }

  /**
   * Resizes a line of pixels: each of the new ones is the sum of two others times their shares.
   *
   * @param at where the line begins in {@code from}
   * @param columns for each new pixel the numbers of those two
   * @param shares for each new pixel their shares
   */
  default void resizeLine(
      float[] from, int at, int[] columns, float[] shares, int channels, float[] to, int toAt) {
    PlainLoops.resizeLine(from, at, columns, shares, channels, to, toAt);
  }

  /**
   * The sum of elements from {@code aAt} and {@code bAt} on, times {@code first} and {@code
   * second}.
   */
  default void mixLines(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float first,
      float second,
      float[] to,
      int toAt,
      int count) {
    PlainLoops.mixLines(a, aAt, b, bAt, first, second, to, toAt, count);
  }

  /**
   * Transposes a matrix: element {@code c} of row {@code r}, at {@code at + r · step + c}, goes to
   * {@code toAt + c · toStep + r}.
   */
  default void transpose(
      float[] from, int at, int step, int rows, int columns, float[] to, int toAt, int toStep) {
    PlainLoops.transpose(from, at, step, rows, columns, to, toAt, toStep);
  }

  /** Packs a matrix that lies on the heap: {@link Panels} from {@code at} on. */
  default void pack(
      float[] from,
      int first,
      int columns,
      int depth,
      int columnStep,
      int depthStep,
      float[] to,
      int at) {
    Panels.pack(from, first, columns, depth, columnStep, depthStep, panel(), to, at);
  }
}
