package org.signet.source.keras;

import org.signet.tensor.Tensor;

/**
 * Triangular bands, equally wide in mel: mel(f) = 1127 ln(1 + f / 700), as the Hidden Markov Model
 * Toolkit has it.
 *
 * @param bands their number
 * @param bins the number of frequencies from 0 to half the sampling rate
 * @param rate samples a second
 * @param low where the first band begins, in Hertz
 * @param high where the last band ends
 */
record MelBands(int bands, int bins, double rate, double low, double high) {
  private static final double BREAK = 700;

  /** As the settings of a {@code MelSpectrogram} say. */
  static MelBands of(KerasConfig config) {
    int rate = config.getInt("sampling_rate", 16000);
    return new MelBands(
        config.getInt("num_mel_bins", 128),
        config.getInt("fft_length", 2048) / 2 + 1,
        rate,
        config.getDouble("min_freq", 20),
        config.has("max_freq") ? config.getDouble("max_freq") : Math.floorDiv(rate, 2));
  }

  private static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / BREAK);
  }

  /** What each frequency adds to each band, float32 [bins, bands]; frequency 0 to none. */
  Tensor matrix() {
    float[] matrix = new float[bins * bands];
    double first = mel(low);
    double width = (mel(high) - first) / (bands + 1);
    for (int i = 1; i < bins; i++) {
      double at = mel(rate / 2 * i / (bins - 1));
      for (int j = 0; j < bands; j++) {
        double middle = first + (j + 1) * width;
        double height = 1 - Math.abs(at - middle) / width;
        matrix[i * bands + j] = (float) Math.max(0, height);
      }
    }
    return Tensor.of(matrix, bins, bands);
  }
}
