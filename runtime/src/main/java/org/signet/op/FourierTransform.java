package org.signet.op;

import java.util.Arrays;

/**
 * The discrete Fourier transform of one length, in double: radix 2 for powers of two, Bluestein's
 * chirp transform for other lengths.
 *
 * <p>Values are pairs (real, imaginary). Not thread-safe.
 */
public final class FourierTransform {
  private final int length;
  private final int padded;
  private final double[] roots;
  private final double[] chirp;
  private final double[] chirpSpectrum;
  private final double[] work;

  /** A transform of {@code length} ≥ 1 values. */
  public FourierTransform(int length) {
    boolean direct = Integer.bitCount(length) == 1;
    this.length = length;
    padded = direct ? length : Integer.highestOneBit(2 * length - 1) * 2;
    roots = roots(padded);
    work = new double[2 * padded];
    chirp = direct ? new double[0] : chirp(length);
    chirpSpectrum = direct ? new double[0] : chirpSpectrum();
  }

  /** {@code e^(−2πik/n)} for {@code k < n}. */
  private static double[] roots(int n) {
    double[] roots = new double[2 * n];
    for (int k = 0; k < n; k++) {
      double angle = -2 * Math.PI * k / n;
      roots[2 * k] = Math.cos(angle);
      roots[2 * k + 1] = Math.sin(angle);
    }
    return roots;
  }

  /**
   * {@code e^(−πik²/n)} for {@code k < n}; k² is taken modulo 2n, where the angle repeats, to keep
   * it exact.
   */
  private static double[] chirp(int n) {
    double[] chirp = new double[2 * n];
    for (int k = 0; k < n; k++) {
      double angle = -Math.PI * ((long) k * k % (2L * n)) / n;
      chirp[2 * k] = Math.cos(angle);
      chirp[2 * k + 1] = Math.sin(angle);
    }
    return chirp;
  }

  /** The spectrum of the conjugated chirp, mirrored around 0. */
  private double[] chirpSpectrum() {
    double[] mirrored = new double[2 * padded];
    for (int k = 0; k < length; k++) {
      int mirror = k == 0 ? 0 : padded - k;
      mirrored[2 * k] = chirp[2 * k];
      mirrored[2 * k + 1] = -chirp[2 * k + 1];
      mirrored[2 * mirror] = chirp[2 * k];
      mirrored[2 * mirror + 1] = -chirp[2 * k + 1];
    }
    radix2(mirrored);
    return mirrored;
  }

  /**
   * Transforms, in place, the values at {@code from + i·step}.
   *
   * @param inverse whether to transform back, with a division by the length
   */
  public void transform(double[] values, int from, int step, boolean inverse) {
    double sign = inverse ? -1 : 1;
    Arrays.fill(work, 0);
    for (int i = 0; i < length; i++) {
      int at = 2 * (from + i * step);
      work[2 * i] = values[at];
      work[2 * i + 1] = sign * values[at + 1];
    }
    if (padded == length) {
      radix2(work);
    } else {
      bluestein();
    }
    double scale = inverse ? 1.0 / length : 1;
    for (int i = 0; i < length; i++) {
      int at = 2 * (from + i * step);
      values[at] = scale * work[2 * i];
      values[at + 1] = sign * scale * work[2 * i + 1];
    }
  }

  /**
   * As kj = (k² + j² − (k−j)²)/2, any length is a convolution with a chirp, done here by powers of
   * two.
   */
  private void bluestein() {
    for (int i = 0; i < length; i++) {
      multiply(work, i, chirp, i);
    }
    radix2(work);
    for (int i = 0; i < padded; i++) {
      multiply(work, i, chirpSpectrum, i);
      work[2 * i + 1] = -work[2 * i + 1];
    }
    radix2(work);
    for (int i = 0; i < length; i++) {
      work[2 * i] /= padded;
      work[2 * i + 1] /= -padded;
      multiply(work, i, chirp, i);
    }
  }

  private static void multiply(double[] a, int i, double[] b, int j) {
    double re = a[2 * i] * b[2 * j] - a[2 * i + 1] * b[2 * j + 1];
    a[2 * i + 1] = a[2 * i] * b[2 * j + 1] + a[2 * i + 1] * b[2 * j];
    a[2 * i] = re;
  }

  private void radix2(double[] values) {
    reverseBits(values);
    for (int half = 1; half < padded; half *= 2) {
      int rootStep = padded / (2 * half);
      for (int block = 0; block < padded; block += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(values, block + k, block + k + half, k * rootStep);
        }
      }
    }
  }

  private void butterfly(double[] values, int i, int j, int root) {
    multiply(values, j, roots, root);
    double re = values[2 * j];
    double im = values[2 * j + 1];
    values[2 * j] = values[2 * i] - re;
    values[2 * j + 1] = values[2 * i + 1] - im;
    values[2 * i] += re;
    values[2 * i + 1] += im;
  }

  private void reverseBits(double[] values) {
    int shift = Integer.numberOfLeadingZeros(padded) + 1;
    for (int i = 1; i < padded; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (i < j) {
        for (int lane = 0; lane < 2; lane++) {
          double value = values[2 * i + lane];
          values[2 * i + lane] = values[2 * j + lane];
          values[2 * j + lane] = value;
        }
      }
    }
  }
}
