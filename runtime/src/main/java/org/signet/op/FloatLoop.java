package org.signet.op;

/** A loop over a run of float32 elements, the quick path of a binary function. */
@FunctionalInterface
public interface FloatLoop {
  /**
   * Computes {@code out[i + k] = f(a[x + k * stepX], b[y + k * stepY])} for {@code k} below {@code
   * count}.
   */
  @SuppressWarnings("TooManyParameters")
  void run(float[] out, int i, float[] a, int x, int stepX, float[] b, int y, int stepY, int count);
}
