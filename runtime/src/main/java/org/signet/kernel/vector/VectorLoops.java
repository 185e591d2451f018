package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of elements that the JIT does not turn into vectors by itself. The loops are alike, and
 * written out, since a loop that gets its function from outside would allocate every vector.
 */
final class VectorLoops {
  private VectorLoops() {}

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  static void bound(float[] from, float[] to, int at, int count, float min, float max) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.bounded(load(from, i), min, max).intoArray(to, i);
    }
  }

  /** {@code slope · x} unless {@code x} is above 0. */
  static void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    for (int i = at; i < at + count; i += COUNT) {
      FloatVector x = load(from, i);
      x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0)).intoArray(to, i);
    }
  }

  static void exp(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.exp(load(from, i)).intoArray(to, i);
    }
  }

  static void logistic(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.logistic(load(from, i)).intoArray(to, i);
    }
  }

  /** {@code x} times its logistic. */
  static void swish(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      FloatVector x = load(from, i);
      x.mul(VectorMath.logistic(x)).intoArray(to, i);
    }
  }

  static void log(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.log(load(from, i)).intoArray(to, i);
    }
  }

  static void tanh(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.tanh(load(from, i)).intoArray(to, i);
    }
  }

  static void elu(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i += COUNT) {
      VectorMath.elu(load(from, i)).intoArray(to, i);
    }
  }

  /** Pixels of a resized line, of so many channels as whole vectors have. */
  static void resizeLine(
      float[] from, int at, int[] columns, float[] shares, int channels, float[] to, int toAt) {
    int whole = channels - channels % COUNT;
    for (int x = 0; x < columns.length / 2; x++) {
      int a = at + columns[2 * x] * channels;
      int b = at + columns[2 * x + 1] * channels;
      int i = toAt + x * channels;
      float left = shares[2 * x];
      float right = shares[2 * x + 1];
      for (int c = 0; c < whole; c += COUNT) {
        load(from, a + c).mul(left).add(load(from, b + c).mul(right)).intoArray(to, i + c);
      }
      for (int c = whole; c < channels; c++) {
        to[i + c] = from[a + c] * left + from[b + c] * right;
      }
    }
  }

  /** The sum of elements from {@code aAt} and {@code bAt} on, times their shares. */
  static void mixLines(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float first,
      float second,
      float[] to,
      int toAt,
      int count) {
    for (int i = 0; i < count; i += COUNT) {
      load(a, aAt + i).mul(first).add(load(b, bAt + i).mul(second)).intoArray(to, toAt + i);
    }
  }

  private static FloatVector load(float[] from, int i) {
    return FloatVector.fromArray(SPECIES, from, i);
  }
}
