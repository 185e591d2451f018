package org.signet.kernel.dense;

/**
 * Loops over float arrays. The JIT turns most into vectors by itself; the others stand in for
 * {@link VectorLoops} while those are cold. Those of two operands compute {@code out[i + k] = f(a[x
 * + k], b[y + k])} for {@code k < count}.
 */
public final class PlainLoops {
  /** Rows and columns of a tile that is transposed. */
  private static final int TILE = 8;

  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float SQRT_2_BY_PI = (float) Math.sqrt(2 / Math.PI);
  private static final float GELU_CUBIC = 0.044715f;

  private PlainLoops() {}

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  public static void bound(float[] from, float[] to, int at, int count, float min, float max) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      to[i] = x < min ? min : x > max ? max : x;
    }
  }

  /** {@code slope · x} unless {@code x} is above 0. */
  public static void leakyRelu(float[] from, float[] to, int at, int count, float slope) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      to[i] = x > 0 ? x : slope * x;
    }
  }

  public static void exp(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = PlainMath.exp(from[i]);
    }
  }

  public static void logistic(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = PlainMath.logistic(from[i]);
    }
  }

  /** {@code x} times its logistic. */
  public static void swish(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = from[i] * PlainMath.logistic(from[i]);
    }
  }

  public static void negate(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = -from[i];
    }
  }

  public static void abs(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = Math.abs(from[i]);
    }
  }

  public static void square(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = from[i] * from[i];
    }
  }

  public static void sqrt(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = (float) Math.sqrt(from[i]);
    }
  }

  public static void rsqrt(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = 1 / (float) Math.sqrt(from[i]);
    }
  }

  public static void tanh(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] = PlainMath.tanh(from[i]);
    }
  }

  /** {@link Engine#transpose}, by tiles whose lines are in the nearest cache together. */
  public static void transpose(
      float[] from, int at, int step, int rows, int columns, float[] to, int toAt, int toStep) {
    for (int row = 0; row < rows; row += TILE) {
      int rowEnd = Math.min(row + TILE, rows);
      for (int column = 0; column < columns; column += TILE) {
        for (int c = column; c < Math.min(column + TILE, columns); c++) {
          for (int r = row; r < rowEnd; r++) {
            to[toAt + c * toStep + r] = from[at + r * step + c];
          }
        }
      }
    }
  }

  /** {@code x / 2 · (1 + erf(x / √2))}. */
  public static void gelu(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      to[i] = x * 0.5f * (PlainMath.erf(x * SQRT_HALF) + 1);
    }
  }

  /** {@code x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))}. */
  public static void geluByTanh(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      float cubic = x * x * x * GELU_CUBIC + x;
      to[i] = x * 0.5f * (PlainMath.tanh(cubic * SQRT_2_BY_PI) + 1);
    }
  }

  /** {@code x} times the part of (0, 6) that {@code x + 3} takes. */
  public static void hardSwish(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      float x = from[i];
      to[i] = x * (Math.min(Math.max(x + 3, 0), 6) / 6);
    }
  }

  public static void add(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] + b[y + k];
    }
  }

  public static void subtract(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] - b[y + k];
    }
  }

  public static void multiply(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] * b[y + k];
    }
  }

  public static void divide(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = a[x + k] / b[y + k];
    }
  }

  /** NaN if either is NaN. */
  public static void max(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = Math.max(a[x + k], b[y + k]);
    }
  }

  /** NaN if either is NaN. */
  public static void min(float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      out[i + k] = Math.min(a[x + k], b[y + k]);
    }
  }

  public static void squaredDifference(
      float[] a, int x, float[] b, int y, float[] out, int i, int count) {
    for (int k = 0; k < count; k++) {
      float difference = a[x + k] - b[y + k];
      out[i + k] = difference * difference;
    }
  }

  /** {@code to[i] = (from[at + i] − shift) · factor}, the result at {@code at} too. */
  public static void shiftAndScale(
      float[] from, float[] to, int at, int count, float shift, float factor) {
    for (int i = at; i < at + count; i++) {
      to[i] = (from[i] - shift) * factor;
    }
  }

  /** Sums of columns, as {@link Engine#columnSums}. */
  public static void columnSums(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean mean,
      float[] out,
      int to) {
    double[] sums = new double[end - first];
    for (int k = 0; k < rows; k++) {
      addTo(sums, from, at + k * columns + first, sums.length);
    }
    for (int c = 0; c < sums.length; c++) {
      out[to + first + c] = (float) (mean ? sums[c] / rows : sums[c]);
    }
  }

  /** Adds {@code count} elements from {@code at} on to {@code sums}. */
  public static void addTo(double[] sums, float[] from, int at, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += from[at + i];
    }
  }

  /** As {@link Engine#extremes}. */
  public static void extremes(
      float[] from, int first, int end, int count, boolean least, float[] out) {
    for (int row = first; row < end; row++) {
      int at = row * count;
      float extreme = from[at];
      for (int i = at + 1; i < at + count; i++) {
        extreme = least ? Math.min(extreme, from[i]) : Math.max(extreme, from[i]);
      }
      out[row] = extreme;
    }
  }

  /** As {@link Engine#argExtremes}. */
  public static void argExtremes(
      float[] from, int first, int end, int count, boolean least, int[] out) {
    for (int row = first; row < end; row++) {
      int at = row * count;
      int place = 0;
      float extreme = least ? Float.MAX_VALUE : -Float.MAX_VALUE;
      for (int k = 0; k < count; k++) {
        if (least ? from[at + k] < extreme : from[at + k] > extreme) {
          place = k;
          extreme = from[at + k];
        }
      }
      out[row] = place;
    }
  }

  /** As {@link Engine#columnExtremes}. */
  public static void columnExtremes(
      float[] from,
      int at,
      int rows,
      int columns,
      int first,
      int end,
      boolean least,
      float[] out,
      int to) {
    System.arraycopy(from, at + first, out, to + first, end - first);
    for (int k = 1; k < rows; k++) {
      int row = at + k * columns;
      for (int c = first; c < end; c++) {
        float x = from[row + c];
        out[to + c] = least ? Math.min(out[to + c], x) : Math.max(out[to + c], x);
      }
    }
  }

  /** As {@link Engine#select}. */
  public static void select(
      byte[] held,
      int heldAt,
      float[] yes,
      int yesStep,
      float[] no,
      int noStep,
      float[] out,
      int at,
      int count) {
    for (int i = at; i < at + count; i++) {
      out[i] = held[heldAt + i - at] != 0 ? yes[i * yesStep] : no[i * noStep];
    }
  }

  /** As {@link Engine#resizeLine}. */
  public static void resizeLine(
      float[] from, int at, int[] columns, float[] shares, int channels, float[] to, int toAt) {
    for (int x = 0; x < columns.length / 2; x++) {
      int a = at + columns[2 * x] * channels;
      int b = at + columns[2 * x + 1] * channels;
      float left = shares[2 * x];
      float right = shares[2 * x + 1];
      int i = toAt + x * channels;
      for (int c = 0; c < channels; c++) {
        to[i + c] = from[a + c] * left + from[b + c] * right;
      }
    }
  }

  /** As {@link Engine#mixLines}. */
  public static void mixLines(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float first,
      float second,
      float[] to,
      int toAt,
      int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = a[aAt + i] * first + b[bAt + i] * second;
    }
  }

  /** As {@link Engine#normalize}. */
  public static void normalize(
      float[] from,
      float[] to,
      int first,
      int end,
      int count,
      float epsilon,
      float[] scale,
      float[] shift) {
    for (int at = first * count; at < end * count; at += count) {
      float mean = (float) (Rows.sum(from, at, count) / count);
      for (int i = 0; i < count; i++) {
        float deviation = from[at + i] - mean;
        to[at + i] = deviation * deviation;
      }
      float variance = (float) (Rows.sum(to, at, count) / count);
      float factor = 1 / (float) Math.sqrt(variance + epsilon);
      for (int i = 0; i < count; i++) {
        to[at + i] = (from[at + i] - mean) * factor * scale[i] + shift[i];
      }
    }
  }
}
