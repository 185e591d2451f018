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

  /** {@code e^(−2πik/n)} for {@code k < n}; what a quarter of the circle tells is not computed. */
  static double[] roots(int n) {
    double[] roots = new double[2 * n];
    int quarter = n / 4;
    for (int k = 0; k < n; k++) {
      int mirrored = n % 4 == 0 ? k % quarter : k;
      if (mirrored == k) {
        double angle = -2 * Math.PI * k / n;
        roots[2 * k] = Math.cos(angle);
        roots[2 * k + 1] = Math.sin(angle);
      } else {
        // A quarter of the circle further is a multiplication by −i.
        roots[2 * k] = roots[2 * (k - quarter) + 1];
        roots[2 * k + 1] = -roots[2 * (k - quarter)];
      }
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
    int half = 1;
    if (padded >= 4) {
      for (int block = 0; block < 2 * padded; block += 8) {
        firstFour(values, block);
      }
      half = 4;
    }
    for (; half < padded; half *= 2) {
      int rootStep = padded / half;
      for (int block = 0; block < 2 * padded; block += 4 * half) {
        butterflies(values, block, half, roots, rootStep);
      }
    }
  }

  /** The first two rounds at once: their roots are 1, −1, i and −i. */
  private static void firstFour(double[] v, int at) {
    double sumRe = v[at] + v[at + 2];
    double sumIm = v[at + 1] + v[at + 3];
    double differenceRe = v[at] - v[at + 2];
    double differenceIm = v[at + 1] - v[at + 3];
    double otherSumRe = v[at + 4] + v[at + 6];
    double otherSumIm = v[at + 5] + v[at + 7];
    double otherDifferenceRe = v[at + 4] - v[at + 6];
    double otherDifferenceIm = v[at + 5] - v[at + 7];
    v[at] = sumRe + otherSumRe;
    v[at + 1] = sumIm + otherSumIm;
    v[at + 2] = differenceRe + otherDifferenceIm;
    v[at + 3] = differenceIm - otherDifferenceRe;
    v[at + 4] = sumRe - otherSumRe;
    v[at + 5] = sumIm - otherSumIm;
    v[at + 6] = differenceRe - otherDifferenceIm;
    v[at + 7] = differenceIm + otherDifferenceRe;
  }

  /** Joins the spectra of {@code half} values that begin at {@code block} and behind them. */
  private static void butterflies(
      double[] values, int block, int half, double[] roots, int rootStep) {
    int root = 0;
    for (int i = block; i < block + 2 * half; i += 2) {
      int j = i + 2 * half;
      double re = values[j] * roots[root] - values[j + 1] * roots[root + 1];
      double im = values[j] * roots[root + 1] + values[j + 1] * roots[root];
      values[j] = values[i] - re;
      values[j + 1] = values[i + 1] - im;
      values[i] += re;
      values[i + 1] += im;
      root += rootStep;
    }
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
