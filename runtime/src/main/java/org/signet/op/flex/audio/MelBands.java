package org.signet.op.flex.audio;

import org.signet.op.Shapes;

/**
 * Triangular filters whose centers are evenly spaced on the mel scale. A bin of the spectrum lies
 * between two centers: it counts for the lower one's band by its weight, for the upper one's by the
 * rest.
 *
 * @param first the first bin that counts
 * @param last the last one
 * @param lower of each bin, the band below it; −1 if there is none
 * @param weights of each bin, its weight for that band
 * @param bands how many there are
 */
@SuppressWarnings("ArrayRecordComponent")
record MelBands(int first, int last, int[] lower, double[] weights, int bands) {

  /**
   * The bands between two frequencies.
   *
   * @param bins of a spectrum that ends at half the rate
   * @param rate in Hz
   */
  static MelBands of(int bins, double rate, int bands, double from, double to) {
    Shapes.require(
        bins > 1 && rate > 0 && from >= 0 && to > from,
        "mel bands from %s to %s Hz, of %s bins at %s Hz",
        from,
        to,
        bins,
        rate);
    double lowest = mel(from);
    double spacing = (mel(to) - lowest) / (bands + 1);
    double width = 0.5 * rate / (bins - 1);
    int first = (int) (1.5 + from / width);
    int last = (int) (to / width);
    Shapes.require(last < bins, "the spectrum ends below %s Hz", to);
    int[] lower = new int[bins];
    double[] weights = new double[bins];
    int band = 0;
    for (int i = first; i <= last; i++) {
      double mel = mel(i * width);
      while (band < bands && lowest + spacing * (band + 1) < mel) {
        band++;
      }
      lower[i] = band - 1;
      weights[i] = (lowest + spacing * (band + 1) - mel) / spacing;
    }
    return new MelBands(first, last, lower, weights, bands);
  }

  private static double mel(double frequency) {
    return 1127 * Math.log1p(frequency / 700);
  }

  /** What each band lets through of a spectrum of squared magnitudes. */
  double[] of(float[] spectrum, int from) {
    double[] energies = new double[bands];
    for (int i = first; i <= last; i++) {
      double magnitude = Math.sqrt(spectrum[from + i]);
      double below = magnitude * weights[i];
      if (lower[i] >= 0) {
        energies[lower[i]] += below;
      }
      if (lower[i] + 1 < bands) {
        energies[lower[i] + 1] += magnitude - below;
      }
    }
    return energies;
  }
}
