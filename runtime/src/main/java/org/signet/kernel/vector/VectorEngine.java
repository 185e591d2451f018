package org.signet.kernel.vector;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.signet.kernel.Rates;
import org.signet.kernel.dense.Combination;
import org.signet.kernel.dense.Engine;
import org.signet.kernel.dense.Finish;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.PlainLoops;
import org.signet.kernel.dense.PlainWaves;
import org.signet.kernel.dense.PlainWindows;
import org.signet.kernel.dense.WindowLines;
import org.signet.kernel.dense.Winograd;
import org.signet.op.FusedActivation;

/** The Vector API, once the JIT has compiled what is written in it, and plain loops before. */
final class VectorEngine implements Engine {
  /** Multiply-adds that plain loops do in some ten milliseconds. */
  private static final long PATIENT_PRODUCTS = 20_000_000;

  /** Elements that plain loops do in some milliseconds. */
  private static final long PATIENT_ELEMENTS = 2_000_000;

  /**
   * Rows of a matrix, of which some columns stay in the nearest cache while they are transposed.
   */
  private static final int NEAR_ROWS = 64;

  private final Patience products;
  private final Patience depthwise;
  private final Patience pool;
  private final Patience bound;
  private final Patience leakyRelu;
  private final Patience exp;
  private final Patience logistic;
  private final Patience log;
  private final Patience tanh;
  private final Patience elu;
  private final Patience extremes;
  private final Patience columnExtremes;
  private final Patience lines;
  private final Patience transpose;
  private final Map<Combination, Patience> combinations = new EnumMap<>(Combination.class);

  /** Each piece of vector code is compiled by itself, and so waits by itself. */
  private VectorEngine(long products, long elements) {
    this.products = new Patience(products);
    this.depthwise = new Patience(products);
    this.pool = new Patience(elements);
    this.bound = new Patience(elements);
    this.leakyRelu = new Patience(elements);
    this.exp = new Patience(elements);
    this.logistic = new Patience(elements);
    this.log = new Patience(elements);
    this.tanh = new Patience(elements);
    this.elu = new Patience(elements);
    this.extremes = new Patience(elements);
    this.columnExtremes = new Patience(elements);
    this.lines = new Patience(elements);
    this.transpose = new Patience(elements);
    for (Combination function : Combination.values()) {
      combinations.put(function, new Patience(elements));
    }
  }

  static VectorEngine standard() {
    return new VectorEngine(PATIENT_PRODUCTS, PATIENT_ELEMENTS);
  }

  /** Vectors for everything. */
  static VectorEngine eager() {
    return new VectorEngine(0, 0);
  }

  /** Plain loops for everything that has them. */
  static VectorEngine patient() {
    return new VectorEngine(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int lanes() {
    return Lanes.COUNT;
  }

  @Override
  public Rates rates() {
    return Lanes.RATES;
  }

  @Override
  public int panel() {
    return Lanes.PANEL;
  }

  @Override
  public void product(
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
      int step) {
    new Product(this, products, from, fromAt, left, right, finish, out, step)
        .compute(new Area(row, rows, column, columns), at);
  }

  @Override
  public void winogradIn(
      float[] from,
      int[] starts,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] to,
      int placeStep) {
    Winograd.in(from, starts, first, end, rowStep, channels, to, placeStep);
  }

  @Override
  public void winogradOut(
      float[] from,
      int placeStep,
      int[] places,
      int first,
      int end,
      int rowStep,
      int channels,
      float[] bias,
      FusedActivation activation,
      float[] out) {
    Winograd.out(from, placeStep, places, first, end, rowStep, channels, bias, activation, out);
  }

  @Override
  public void depthwise(
      float[] from,
      WindowLines windows,
      float[] weights,
      float[] start,
      int channels,
      Finish finish,
      float[] out,
      int at) {
    long work = (long) windows.count() * windows.outputWidth() * channels * windows.places();
    if (depthwise.isOver(work)) {
      DepthwiseWindow.sums(from, windows, weights, start, channels, finish.bounds(), out, at);
    } else {
      PlainWindows.depthwise(from, windows, weights, start, channels, finish.bounds(), out, at);
    }
    finish.applyFunction(this, out, at, windows.count() * windows.outputWidth() * channels);
  }

  @Override
  public void pool(
      boolean largest,
      float[] from,
      int step,
      int windows,
      int[] taps,
      int count,
      int channels,
      float[] out,
      int at) {
    for (int i = 0; i < windows; i++) {
      int to = at + i * channels;
      if (pool.isOver((long) channels * count)) {
        PoolWindow.pool(largest, from, i * step, taps, count, out, to, channels);
      } else {
        PlainWindows.pool(largest, from, i * step, taps, count, channels, out, to);
      }
    }
  }

  @Override
  public void bound(float[] from, float[] to, int at, int count, float min, float max) {
    int whole = whole(bound, count);
    VectorLoops.bound(from, to, at, whole, min, max);
    PlainLoops.bound(from, to, at + whole, count - whole, min, max);
  }

  @Override
  public void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    int whole = whole(leakyRelu, count);
    VectorLoops.leakyRelu(from, to, at, whole, slope);
    PlainLoops.leakyRelu(from, to, at + whole, count - whole, slope);
  }

  @Override
  public void exp(float[] from, float[] to, int at, int count) {
    int whole = whole(exp, count);
    VectorLoops.exp(from, to, at, whole);
    PlainLoops.exp(from, to, at + whole, count - whole);
  }

  @Override
  public void logistic(float[] from, float[] to, int at, int count) {
    int whole = whole(logistic, count);
    VectorLoops.logistic(from, to, at, whole);
    PlainLoops.logistic(from, to, at + whole, count - whole);
  }

  @Override
  public void log(float[] from, float[] to, int at, int count) {
    int whole = whole(log, count);
    VectorLoops.log(from, to, at, whole);
    PlainWaves.log(from, to, at + whole, count - whole);
  }

  @Override
  public void tanh(float[] from, float[] to, int at, int count) {
    int whole = whole(tanh, count);
    VectorLoops.tanh(from, to, at, whole);
    PlainLoops.tanh(from, to, at + whole, count - whole);
  }

  @Override
  public void elu(float[] from, float[] to, int at, int count) {
    int whole = whole(elu, count);
    VectorLoops.elu(from, to, at, whole);
    PlainWaves.elu(from, to, at + whole, count - whole);
  }

  @Override
  public void extremes(float[] from, int first, int end, int count, boolean least, float[] out) {
    int whole = extremes.isOver((long) (end - first) * count) ? count - count % Lanes.COUNT : 0;
    if (whole == 0) {
      PlainLoops.extremes(from, first, end, count, least, out);
      return;
    }
    for (int row = first; row < end; row++) {
      int at = row * count;
      float extreme =
          least ? VectorExtremes.min(from, at, whole) : VectorExtremes.max(from, at, whole);
      for (int i = at + whole; i < at + count; i++) {
        extreme = least ? Math.min(extreme, from[i]) : Math.max(extreme, from[i]);
      }
      out[row] = extreme;
    }
  }

  @Override
  public void columnExtremes(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean least,
      float[] out,
      int to) {
    int count = end - first;
    int whole = columnExtremes.isOver((long) rows * count) ? count - count % Lanes.COUNT : 0;
    if (least) {
      VectorExtremes.min(from, at + first, rows, columns, whole, out, to + first);
    } else {
      VectorExtremes.max(from, at + first, rows, columns, whole, out, to + first);
    }
    PlainLoops.columnExtremes(from, at, rows, columns, first + whole, end, least, out, to);
  }

  @Override
  public void resizeLine(
      float[] from, int at, int[] columns, float[] shares, int channels, float[] to, int toAt) {
    if (channels >= Lanes.COUNT && lines.isOver((long) columns.length * channels)) {
      VectorLoops.resizeLine(from, at, columns, shares, channels, to, toAt);
    } else {
      PlainLoops.resizeLine(from, at, columns, shares, channels, to, toAt);
    }
  }

  @Override
  public void mixLines(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float first,
      float second,
      float[] to,
      int toAt,
      int count) {
    int whole = whole(lines, count);
    VectorLoops.mixLines(a, aAt, b, bAt, first, second, to, toAt, whole);
    PlainLoops.mixLines(
        a, aAt + whole, b, bAt + whole, first, second, to, toAt + whole, count - whole);
  }

  @Override
  public void combine(
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
    Patience patience = Objects.requireNonNull(combinations.get(function), "each has its own");
    int whole = patience.isOver((long) rows * count) ? count - count % Lanes.COUNT : 0;
    Combination.Loop plain = function.plain();
    for (int r = 0; r < rows; r++) {
      int xAt = x + r * xStep;
      int yAt = y + r * yStep;
      int to = i + r * iStep;
      VectorCombinations.run(function, a, xAt, b, yAt, out, to, whole);
      plain.run(a, xAt + whole, b, yAt + whole, out, to + whole, count - whole);
    }
  }

  @Override
  public void swish(float[] from, float[] to, int at, int count) {
    int whole = whole(logistic, count);
    VectorLoops.swish(from, to, at, whole);
    PlainLoops.swish(from, to, at + whole, count - whole);
  }

  @Override
  public void transpose(
      float[] from, int at, int step, int rows, int columns, float[] to, int toAt, int toStep) {
    int edge = TransposedTile.EDGE;
    boolean vectors = edge > 1 && transpose.isOver((long) rows * columns);
    int wholeRows = vectors ? rows - rows % edge : 0;
    int wholeColumns = vectors ? columns - columns % edge : 0;
    for (int row = 0; row < wholeRows; row += NEAR_ROWS) {
      int end = Math.min(row + NEAR_ROWS, wholeRows);
      for (int c = 0; c < wholeColumns; c += edge) {
        for (int r = row; r < end; r += edge) {
          TransposedTile.run(from, at + r * step + c, step, to, toAt + c * toStep + r, toStep);
        }
      }
    }
    int left = columns - wholeColumns;
    int first = at + wholeColumns;
    PlainLoops.transpose(
        from, first, step, wholeRows, left, to, toAt + wholeColumns * toStep, toStep);
    int below = at + wholeRows * step;
    PlainLoops.transpose(
        from, below, step, rows - wholeRows, columns, to, toAt + wholeRows, toStep);
  }

  /** How many of {@code count} elements go by whole vectors. */
  private static int whole(Patience patience, int count) {
    return patience.isOver(count) ? count - count % Lanes.COUNT : 0;
  }
}
