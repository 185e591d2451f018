package org.signet.op;

/**
 * A kernel to interpolate with, as TensorFlow's {@code ScaleAndTranslate} has it: a pixel of the
 * result is the mean of those around its place in the source, weighted by their distance.
 */
public enum ResizingKernel {
  BOX(0.5f),
  LANCZOS1(1),
  LANCZOS3(3),
  LANCZOS5(5),
  GAUSSIAN(1.5f),
  TRIANGLE(1),
  KEYS_CUBIC(2),
  MITCHELL_CUBIC(2);

  private final float radius;

  ResizingKernel(float radius) {
    this.radius = radius;
  }

  /**
   * The kernel that {@code ScaleAndTranslate} calls so, in lower case and without underscores.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ResizingKernel of(String name) {
    for (ResizingKernel kernel : values()) {
      if (kernel.name().replace("_", "").equalsIgnoreCase(name)) {
        return kernel;
      }
    }
    throw new IllegalArgumentException("no kernel is called " + name);
  }

  /** The distance from which on it is 0. */
  public float radius() {
    return radius;
  }

  /** The value at a distance from the centre. */
  float at(float x) {
    if (x >= radius) {
      return this == BOX && x == radius ? 0.5f : 0;
    }
    return switch (this) {
      case BOX -> 1;
      case LANCZOS1, LANCZOS3, LANCZOS5 -> lanczos(x);
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
