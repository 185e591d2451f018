package org.signet.op;

/**
 * The discrete Fourier transform of real numbers, of which half the spectrum tells all. An even
 * length is done as a complex transform of half of it, whose values are pairs of numbers that
 * follow each other (Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987).
 *
 * <p>Spectra are pairs (real, imaginary), {@code length / 2 + 1} of them. Not thread-safe.
 */
final class RealFourierTransform {
  private final int length;
  private final int half;
  private final boolean even;
  private final FourierTransform complex;
  private final double[] roots;
  private final double[] work;

  /** A transform of {@code length} ≥ 1 numbers. */
  RealFourierTransform(int length) {
    this.length = length;
    half = length / 2;
    even = length % 2 == 0;
    complex = new FourierTransform(even ? half : length);
    roots = even ? FourierTransform.roots(length) : new double[0];
    work = new double[even ? length : 2 * length];
  }

  /** Transforms {@code numbers[0 .. length)} into the spectrum that begins at {@code at}. */
  void forward(double[] numbers, double[] spectrum, int at) {
    if (!even) {
      for (int i = 0; i < length; i++) {
        work[2 * i] = numbers[i];
        work[2 * i + 1] = 0;
      }
      complex.transform(work, 0, 1, false);
      System.arraycopy(work, 0, spectrum, at, 2 * (half + 1));
      return;
    }
    System.arraycopy(numbers, 0, work, 0, length);
    complex.transform(work, 0, 1, false);
    for (int k = 0; k <= half; k++) {
      int i = 2 * (k % half);
      int j = 2 * ((half - k) % half);
      // The spectra of the even numbers and of the odd ones.
      double evenRe = (work[i] + work[j]) / 2;
      double evenIm = (work[i + 1] - work[j + 1]) / 2;
      double oddRe = (work[i + 1] + work[j + 1]) / 2;
      double oddIm = (work[j] - work[i]) / 2;
      double re = k == half ? -1 : roots[2 * k];
      double im = k == half ? 0 : roots[2 * k + 1];
      spectrum[at + 2 * k] = evenRe + oddRe * re - oddIm * im;
      spectrum[at + 2 * k + 1] = evenIm + oddRe * im + oddIm * re;
    }
  }

  /**
   * Transforms the spectrum that begins at {@code at} back into {@code numbers[0 .. length)}; the
   * imaginary parts of its first value and, if the length is even, of its last one don't count.
   */
  void inverse(double[] spectrum, int at, double[] numbers) {
    if (!even) {
      work[0] = spectrum[at];
      work[1] = 0;
      for (int k = 1; k <= half; k++) {
        work[2 * k] = spectrum[at + 2 * k];
        work[2 * k + 1] = spectrum[at + 2 * k + 1];
        work[2 * (length - k)] = spectrum[at + 2 * k];
        work[2 * (length - k) + 1] = -spectrum[at + 2 * k + 1];
      }
      complex.transform(work, 0, 1, true);
      for (int i = 0; i < length; i++) {
        numbers[i] = work[2 * i];
      }
      return;
    }
    for (int k = 0; k < half; k++) {
      int i = at + 2 * k;
      int j = at + 2 * (half - k);
      double thisIm = k == 0 ? 0 : spectrum[i + 1];
      double mirrorIm = k == 0 ? 0 : spectrum[j + 1];
      double evenRe = (spectrum[i] + spectrum[j]) / 2;
      double evenIm = (thisIm - mirrorIm) / 2;
      double re = (spectrum[i] - spectrum[j]) / 2;
      double im = (thisIm + mirrorIm) / 2;
      double oddRe = re * roots[2 * k] + im * roots[2 * k + 1];
      double oddIm = im * roots[2 * k] - re * roots[2 * k + 1];
      work[2 * k] = evenRe - oddIm;
      work[2 * k + 1] = evenIm + oddRe;
    }
    complex.transform(work, 0, 1, true);
    System.arraycopy(work, 0, numbers, 0, length);
  }
}
