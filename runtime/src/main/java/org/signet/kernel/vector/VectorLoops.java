package org.signet.kernel.vector;

import static org.signet.kernel.vector.Lanes.COUNT;
import static org.signet.kernel.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of the first {@code count} elements of an array, whole vectors of them, written to
 * another array or the same; {@link #run} takes any number. The loops are alike, and written out,
 * since a loop that gets its function from outside would allocate every vector.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // constants as they are published
final class VectorLoops {
  private static final float SQRT_HALF = 0.70710678f;
  private static final float SQRT_2_BY_PI = 0.79788456f;
  private static final float GELU_CUBIC = 0.044715f;

  private VectorLoops() {}

  /** Computes a function of the first {@code count} elements. */
  @FunctionalInterface
  interface Loop {
    /**
     * @param from has the elements
     * @param to gets the results; may be {@code from}
     * @param count a multiple of {@link Lanes#COUNT}
     */
    void run(float[] from, float[] to, int count);
  }

  /** Runs a loop over any number of elements; what makes no whole vector is copied. */
  static void run(Loop loop, float[] from, float[] to, int count) {
    int rest = count % COUNT;
    loop.run(from, to, count - rest);
    if (rest > 0) {
      float[] tail = new float[COUNT];
      System.arraycopy(from, count - rest, tail, 0, rest);
      loop.run(tail, tail, COUNT);
      System.arraycopy(tail, 0, to, count - rest, rest);
    }
  }

  /** Bounds the first {@code count} elements, any number of them, in place. */
  static void bound(float[] elements, int count, float min, float max) {
    run((from, to, whole) -> bound(from, to, whole, min, max), elements, elements, count);
  }

  /** The nearest value from {@code min} to {@code max}; NaN stays NaN. */
  static void bound(float[] from, float[] to, int count, float min, float max) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMath.bounded(load(from, i), min, max).intoArray(to, i);
    }
  }

  /** {@code slope · x} unless {@code x} is above 0. */
  static void leakyRelu(float[] from, float[] to, int count, float slope) {
    for (int i = 0; i < count; i += COUNT) {
      leakyRelu(load(from, i), slope).intoArray(to, i);
    }
  }

  private static FloatVector leakyRelu(FloatVector x, float slope) {
    return x.mul(slope).blend(x, x.compare(VectorOperators.GT, 0));
  }

  static void exp(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMath.exp(load(from, i)).intoArray(to, i);
    }
  }

  static void logistic(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMath.logistic(load(from, i)).intoArray(to, i);
    }
  }

  static void tanh(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i += COUNT) {
      VectorMath.tanh(load(from, i)).intoArray(to, i);
    }
  }

  /** {@code x / 2 · (1 + erf(x / √2))}. */
  static void gelu(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i += COUNT) {
      gelu(load(from, i)).intoArray(to, i);
    }
  }

  private static FloatVector gelu(FloatVector x) {
    return x.mul(0.5f).mul(VectorMath.erf(x.mul(SQRT_HALF)).add(1));
  }

  /** {@code x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))}. */
  static void geluByTanh(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i += COUNT) {
      geluByTanh(load(from, i)).intoArray(to, i);
    }
  }

  private static FloatVector geluByTanh(FloatVector x) {
    FloatVector cubic = x.mul(x).mul(x).mul(GELU_CUBIC).add(x);
    return x.mul(0.5f).mul(VectorMath.tanh(cubic.mul(SQRT_2_BY_PI)).add(1));
  }

  private static FloatVector load(float[] from, int i) {
    return FloatVector.fromArray(SPECIES, from, i);
  }
}
