package org.signet.lower;

import org.signet.tensor.Tensor;

/**
 * The matrices of Fourier transforms, as weights [outputs, inputs]; complex numbers are pairs
 * (real, imaginary) of neighbours.
 */
final class FourierMatrix {
  private FourierMatrix() {}

  /** n complex numbers to n; the inverse divides by n. */
  static Tensor pairs(int n, boolean inverse) {
    float[] weights = new float[4 * n * n];
    double scale = inverse ? 1.0 / n : 1;
    for (int k = 0; k < n; k++) {
      for (int t = 0; t < n; t++) {
        double angle = angle(k, t, n) * (inverse ? 1 : -1);
        float cos = (float) (scale * Math.cos(angle));
        float sin = (float) (scale * Math.sin(angle));
        weights[2 * k * 2 * n + 2 * t] = cos;
        weights[2 * k * 2 * n + 2 * t + 1] = -sin;
        weights[(2 * k + 1) * 2 * n + 2 * t] = sin;
        weights[(2 * k + 1) * 2 * n + 2 * t + 1] = cos;
      }
    }
    return Tensor.of(weights, 2 * n, 2 * n);
  }

  /** n real numbers to the n / 2 + 1 complex ones that are not conjugates of others. */
  static Tensor realToPairs(int n) {
    int count = n / 2 + 1;
    float[] weights = new float[2 * count * n];
    for (int k = 0; k < count; k++) {
      for (int t = 0; t < n; t++) {
        weights[2 * k * n + t] = (float) Math.cos(angle(k, t, n));
        weights[(2 * k + 1) * n + t] = (float) -Math.sin(angle(k, t, n));
      }
    }
    return Tensor.of(weights, 2 * count, n);
  }

  /** The inverse of {@link #realToPairs}; imaginary parts that can't be are left out. */
  static Tensor pairsToReal(int n) {
    int count = n / 2 + 1;
    float[] weights = new float[n * 2 * count];
    for (int t = 0; t < n; t++) {
      for (int k = 0; k < count; k++) {
        boolean single = k == 0 || 2 * k == n;
        double scale = (single ? 1.0 : 2.0) / n;
        weights[t * 2 * count + 2 * k] = (float) (scale * Math.cos(angle(k, t, n)));
        weights[t * 2 * count + 2 * k + 1] =
            single ? 0 : (float) (-scale * Math.sin(angle(k, t, n)));
      }
    }
    return Tensor.of(weights, n, 2 * count);
  }

  private static double angle(int k, int t, int n) {
    return 2 * Math.PI * ((long) k * t % n) / n;
  }
}
