package org.signet.source.keras;

import java.util.Set;

/**
 * A kernel to interpolate with, as TensorFlow's {@code ScaleAndTranslate} has it: a pixel of the
 * result is the mean of those around its place in the source, weighted by their distance.
 */
enum ResizingKernel {
  LANCZOS3(3),
  LANCZOS5(5),
  GAUSSIAN(1.5f),
  TRIANGLE(1),
  KEYS_CUBIC(2),
  MITCHELL_CUBIC(2);

  /** The methods that always use a kernel. */
  static final Set<String> METHODS = Set.of("lanczos3", "lanczos5", "gaussian", "mitchellcubic");

  private static final float LEAST_TOTAL = 1000 * Float.MIN_NORMAL;

  private final float radius;

  ResizingKernel(float radius) {
    this.radius = radius;
  }

  static ResizingKernel of(String method) {
    return switch (method) {
      case "lanczos3" -> LANCZOS3;
      case "lanczos5" -> LANCZOS5;
      case "gaussian" -> GAUSSIAN;
      case "bilinear" -> TRIANGLE;
      case "bicubic" -> KEYS_CUBIC;
      case "mitchellcubic" -> MITCHELL_CUBIC;
      default -> throw new IllegalArgumentException("no kernel is called " + method);
    };
  }

  /** How much each of {@code from} pixels counts for each of {@code to}: [from][to]. */
  float[][] weights(int from, int to, boolean antialias) {
    float[][] weights = new float[from][to];
    float inverse = 1 / ((float) to / from);
    float scale = antialias ? Math.max(inverse, 1) : 1;
    for (int i = 0; i < to; i++) {
      float sample = (i + 0.5f) * inverse;
      int start = (int) Math.ceil(sample - radius * scale - 0.5f);
      int end = (int) Math.floor(sample + radius * scale - 0.5f);
      float total = 0;
      int first = Math.clamp(start, 0, from - 1);
      int last = Math.clamp(end, 0, from - 1);
      for (int j = first; j <= last; j++) {
        weights[j][i] = at(Math.abs((j + 0.5f - sample) / scale));
        total += weights[j][i];
      }
      for (int j = first; j <= last; j++) {
        weights[j][i] = Math.abs(total) >= LEAST_TOTAL ? weights[j][i] / total : 0;
      }
    }
    return weights;
  }

  /** The value at a distance from the centre. */
  private float at(float x) {
    if (x >= radius) {
      return 0;
    }
    return switch (this) {
      case LANCZOS3, LANCZOS5 -> lanczos(x);
      case GAUSSIAN -> (float) Math.exp(-x * x * 2);
      case TRIANGLE -> 1 - x;
      case KEYS_CUBIC ->
          x >= 1 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : ((1.5f * x - 2.5f) * x) * x + 1;
      case MITCHELL_CUBIC ->
          x >= 1
              ? ((-7 / 18f * x + 2) * x - 10 / 3f) * x + 16 / 9f
              : ((7 / 6f * x - 2) * x) * x + 8 / 9f;
    };
  }

  private float lanczos(float x) {
    if (x <= 1e-3f) {
      return 1;
    }
    double angle = Math.PI * x;
    return (float) (radius * Math.sin(angle) * Math.sin(angle / radius) / (angle * angle));
  }
}
