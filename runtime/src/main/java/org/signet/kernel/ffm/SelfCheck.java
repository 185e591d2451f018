package org.signet.kernel.ffm;

import org.signet.kernel.dense.Area;
import org.signet.kernel.dense.Engine;
import org.signet.kernel.dense.Left;
import org.signet.kernel.dense.PackedMatrix;
import org.signet.op.FusedActivation;

/**
 * Compares native code with Java on a few numbers before it is used: the library holds code for
 * instruction sets that no build machine may have. Takes less than a millisecond.
 */
final class SelfCheck {
  /** More than any tile has, so that whole tiles and a rest occur. */
  private static final int ROWS = 31;

  private static final int DEPTH = 3;
  private static final int TAPS = 2;
  private static final int WINDOWS = 5;

  private SelfCheck() {}

  /** Whether products, windows and functions of elements come out to the bit. */
  static boolean passes(Engine engine) {
    return product(engine) && depthwise(engine) && bound(engine);
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
    Left left = new Left(data, 0, ROWS, 0, 1, taps, DEPTH);
    float[] out = new float[ROWS * columns];
    engine.product(
        left,
        new PackedMatrix(panels, bias, columns),
        new Area(0, ROWS, 0, columns),
        FusedActivation.NONE,
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

  private static boolean depthwise(Engine engine) {
    int channels = 2 * engine.panel() + 1;
    float[] data = numbers((WINDOWS + 1) * channels);
    float[] weights = numbers(TAPS * channels);
    float[] start = numbers(channels);
    int[] taps = {0, channels};
    int[] places = {1, 0};
    float[] out = new float[WINDOWS * channels];
    engine.depthwise(
        data,
        channels,
        WINDOWS,
        taps,
        places,
        TAPS,
        weights,
        start,
        channels,
        FusedActivation.NONE,
        out,
        0);
    for (int i = 0; i < out.length; i++) {
      int c = i % channels;
      float sum = Math.fma(data[i], weights[channels + c], start[c]);
      if (Math.fma(data[i + channels], weights[c], sum) != out[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean bound(Engine engine) {
    float[] data = numbers(3 * engine.panel() + 1);
    float[] out = new float[data.length];
    engine.bound(data, out, 0, data.length, -1, 2);
    for (int i = 0; i < out.length; i++) {
      if (out[i] != Math.clamp(data[i], -1f, 2f)) {
        return false;
      }
    }
    return true;
  }
}
