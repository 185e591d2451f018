package org.signet.kernel.ffm;

import java.util.Arrays;
import org.signet.kernel.dense.Combination;
import org.signet.kernel.dense.Comparison;
import org.signet.kernel.dense.Engine;
import org.signet.kernel.dense.Finish;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.kernel.dense.PlainLoops;
import org.signet.kernel.dense.PlainWaves;
import org.signet.kernel.dense.WindowLines;
import org.signet.kernel.dense.Winograd;
import org.signet.op.FusedActivation;
import org.signet.op.WindowAxis;

/**
 * Compares native code with Java on a few numbers before it is used: the library holds code for
 * instruction sets that no build machine may have. Takes a tenth of a second in a JVM that has just
 * begun.
 */
final class SelfCheck {
  /** More than any tile has, so that whole tiles and a rest occur. */
  private static final int ROWS = 31;

  private static final int DEPTH = 3;
  private static final int TAPS = 2;
  private static final int WIDTH = 9;
  private static final float TINY = 1e-5f;

  private SelfCheck() {}

  /** Whether products, windows and functions of elements come out to the bit. */
  static boolean passes(Engine engine) {
    return product(engine)
        && winograd(engine)
        && depthwise(engine)
        && functions(engine)
        && choices(engine)
        && moves(engine)
        && normalize(engine)
        && pack(engine);
  }

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 37 % 101 - 50) / 7f;
    }
    return numbers;
  }

  private static boolean product(Engine engine) {
    int panel = engine.panel();
    int columns = panel + 3;
    float[] data = numbers(ROWS + TAPS * DEPTH);
    float[] panels = numbers(2 * panel * TAPS * DEPTH);
    float[] bias = numbers(2 * panel);
    int[] taps = {0, DEPTH};
    Left left = new Left(ROWS, 0, 1, taps, DEPTH);
    float[] out = new float[ROWS * columns];
    engine.product(
        data,
        0,
        left,
        new PackedMatrix(panels, bias, columns),
        0,
        ROWS,
        0,
        columns,
        Finish.NONE,
        out,
        0,
        columns);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = bias[j];
        for (int k = 0; k < TAPS * DEPTH; k++) {
          float weight = panels[(j / panel * TAPS * DEPTH + k) * panel + j % panel];
          sum = Math.fma(data[i + k], weight, sum);
        }
        if (sum != out[i * columns + j]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Windows of three lines, and of two at an edge. */
  private static boolean depthwise(Engine engine) {
    int channels = 2 * engine.panel() + 1;
    int line = WIDTH * channels;
    int[] lines = {0, line, 2 * line, -1, 0, line};
    boolean right = true;
    for (int stride = 1; stride <= 2; stride++) {
      int outputs = (WIDTH - 1) / stride + 1;
      WindowAxis height = new WindowAxis(3, 3, 1, 1, 1, 2);
      WindowAxis width = new WindowAxis(WIDTH, 3, stride, 1, 1, outputs);
      WindowLines windows = new WindowLines(height, width, lines, 2);
      right &= depthwise(engine, windows, channels);
    }
    return right;
  }

  private static boolean depthwise(Engine engine, WindowLines windows, int channels) {
    float[] data = numbers(3 * WIDTH * channels);
    float[] weights = numbers(windows.places() * channels);
    float[] start = numbers(channels);
    float[] out = new float[windows.count() * windows.outputWidth() * channels];
    engine.depthwise(data, windows, weights, start, channels, Finish.NONE, out, 0);
    boolean[] wrong = new boolean[1];
    windows.forEach(
        channels,
        (window, count, taps, places, inside) -> {
          for (int i = 0; i < count * channels; i++) {
            int c = i % channels;
            int shift = i / channels * windows.stride() * channels + c;
            float sum = start[c];
            for (int t = 0; t < inside; t++) {
              sum = Math.fma(data[taps[t] + shift], weights[places[t] * channels + c], sum);
            }
            wrong[0] |= sum != out[window * channels + i];
          }
        });
    return !wrong[0];
  }

  private static boolean winograd(Engine engine) {
    int channels = engine.panel();
    int line = Winograd.PIXELS * channels;
    float[] data = numbers(Winograd.PLACES * channels);
    int[] starts = {0};
    int[] places = {0, Winograd.RESULTS, Winograd.RESULTS};
    int resultLine = Winograd.RESULTS * channels;
    float[] in = new float[data.length];
    float[] expectedIn = new float[data.length];
    float[] out = new float[Winograd.RESULTS * resultLine];
    float[] expected = new float[out.length];
    engine.winogradIn(data, starts, 0, 1, line, channels, in, channels);
    Winograd.in(data, starts, 0, 1, line, channels, expectedIn, channels);
    engine.winogradOut(
        data, channels, places, 0, 1, resultLine, channels, data, FusedActivation.NONE, out);
    Winograd.out(
        data, channels, places, 0, 1, resultLine, channels, data, FusedActivation.NONE, expected);
    float[] filters = new float[Winograd.PLACES * channels];
    float[] expectedFilters = new float[filters.length];
    for (int y = 0; y < Winograd.PIXELS; y++) {
      engine.winogradFilters(data, 0, channels, y, filters, y * line, channels);
      Winograd.filters(data, 0, channels, y, expectedFilters, y * line, channels);
    }
    return Arrays.equals(in, expectedIn)
        && Arrays.equals(out, expected)
        && Arrays.equals(filters, expectedFilters);
  }

  private static boolean normalize(Engine engine) {
    int count = 3 * engine.panel() + 1;
    float[] data = numbers(2 * count);
    float[] out = new float[data.length];
    float[] expected = new float[data.length];
    engine.normalize(data, out, 0, 2, count, TINY, data, data);
    PlainLoops.normalize(data, expected, 0, 2, count, TINY, data, data);
    return Arrays.equals(out, expected);
  }

  /** A whole panel and a part of one, of columns that lie one after the other or side by side. */
  private static boolean pack(Engine engine) {
    int panel = engine.panel();
    int columns = panel + 3;
    float[] data = numbers(columns * ROWS);
    float[] out = new float[2 * panel * ROWS];
    boolean right = true;
    for (int columnStep : new int[] {1, ROWS}) {
      int depthStep = columnStep == 1 ? columns : 1;
      engine.pack(data, 0, columns, ROWS, columnStep, depthStep, out, 0);
      for (int i = 0; i < out.length; i++) {
        int column = i / (panel * ROWS) * panel + i % panel;
        int k = i / panel % ROWS;
        float expected = column < columns ? data[column * columnStep + k * depthStep] : 0;
        right &= out[i] == expected;
      }
    }
    return right;
  }

  /** Logarithms, extremes, conditions and what is chosen by them. */
  private static boolean choices(Engine engine) {
    float[] data = numbers(3 * engine.panel() + 1);
    int count = data.length;
    float[] out = new float[count];
    float[] expected = new float[count];
    engine.log(data, out, 0, count);
    PlainWaves.log(data, expected, 0, count);
    boolean right = Arrays.equals(out, expected);
    engine.elu(data, out, 0, count);
    PlainWaves.elu(data, expected, 0, count);
    right &= Arrays.equals(out, expected);
    byte[] held = new byte[count];
    byte[] expectedHeld = new byte[count];
    engine.compare(Comparison.LESS, data, 1, out, 1, held, 0, count);
    for (int i = 0; i < count; i++) {
      expectedHeld[i] = (byte) (data[i] < out[i] ? 1 : 0);
    }
    right &= Arrays.equals(held, expectedHeld);
    engine.select(held, 0, data, 1, data, 0, out, 0, count);
    PlainLoops.select(expectedHeld, 0, data, 1, data, 0, expected, 0, count);
    right &= Arrays.equals(out, expected);
    int[] places = new int[engine.lanes() + 1];
    int[] expectedPlaces = new int[places.length];
    engine.argExtremes(data, 0, places.length, 3, true, places);
    PlainLoops.argExtremes(data, 0, places.length, 3, true, expectedPlaces);
    right &= Arrays.equals(places, expectedPlaces);
    engine.extremes(data, 0, 1, count, false, out);
    PlainLoops.extremes(data, 0, 1, count, false, expected);
    engine.columnExtremes(data, 0, 2, count / 2, 0, count / 2, true, out, 1);
    PlainLoops.columnExtremes(data, 0, 2, count / 2, 0, count / 2, true, expected, 1);
    return right && Arrays.equals(out, expected);
  }

  /** What is transposed, resized, and met by single elements. */
  private static boolean moves(Engine engine) {
    int columns = 2 * engine.panel() + 1;
    float[] data = numbers(columns * columns);
    float[] out = new float[data.length];
    float[] expected = new float[data.length];
    engine.transpose(data, 0, columns, columns, columns, out, 0, columns);
    PlainLoops.transpose(data, 0, columns, columns, columns, expected, 0, columns);
    boolean right = Arrays.equals(out, expected);
    int[] pixels = {1, 0, 0, 1};
    engine.resizeLine(data, 1, pixels, data, columns, out, 0);
    PlainLoops.resizeLine(data, 1, pixels, data, columns, expected, 0);
    right &= Arrays.equals(out, expected);
    engine.mixLines(data, 0, data, 2, TINY, 1, out, 1, columns);
    PlainLoops.mixLines(data, 0, data, 2, TINY, 1, expected, 1, columns);
    right &= Arrays.equals(out, expected);
    Combination sub = Combination.SUB;
    for (boolean first : new boolean[] {false, true}) {
      engine.combineSpread(sub, data, 1, 1, data, 3, 1, out, 0, columns, 1, columns, first);
      for (int i = 0; i < columns; i++) {
        expected[i] = data[first ? 1 : 1 + i] - data[first ? 3 + i : 3];
      }
      right &= Arrays.equals(out, expected);
    }
    return right;
  }

  private static boolean functions(Engine engine) {
    float[] data = numbers(3 * engine.panel() + 1);
    int count = data.length;
    float[] out = new float[count];
    float[] expected = new float[count];
    engine.bound(data, out, 0, count, -1, 2);
    PlainLoops.bound(data, expected, 0, count, -1, 2);
    boolean right = Arrays.equals(out, expected);
    engine.gelu(data, out, 0, count);
    PlainLoops.gelu(data, expected, 0, count);
    right &= Arrays.equals(out, expected);
    engine.softmax(data, out, 0, 1, count, 1);
    engine.sums(out, 0, 1, count, false, expected);
    right &= Math.abs(expected[0] - 1) < TINY;
    PlainLoops.gelu(data, out, 0, count);
    PlainLoops.gelu(data, expected, 0, count);
    int columns = count / 2;
    engine.columnSums(data, 0, 2, columns, 0, columns, true, out, 0);
    PlainLoops.columnSums(data, 0, 2, columns, 0, columns, true, expected, 0);
    right &= Arrays.equals(out, expected);
    for (Combination function : Combination.values()) {
      engine.combine(function, data, 0, 0, out, 0, 0, out, 0, 0, 1, count);
      function.plain().run(data, 0, expected, 0, expected, 0, count);
      right &= Arrays.equals(out, expected);
    }
    return right;
  }
}
