package org.signet.op.flex.audio;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.FourierTransform;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** AudioSpectrogram and Mfcc: features of speech. */
final class TfSpectra {
  private static final double LEAST = 1e-12;

  private TfSpectra() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf("AudioSpectrogram", TfSpectra::inferSpectrogram, TfSpectra::spectrogram)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf("Mfcc", TfSpectra::inferMfcc, TfSpectra::mfcc)
            .accurate(Accuracy.ACCUMULATED));
  }

  private static int window(Attributes attributes) {
    int window = attributes.getInt("window_size");
    Shapes.require(window >= 2, "a window of %s samples", window);
    return window;
  }

  private static int frames(Attributes attributes, int samples) {
    int stride = attributes.getInt("stride");
    Shapes.require(stride > 0, "a stride of %s samples", stride);
    int window = window(attributes);
    return samples < window ? 0 : 1 + (samples - window) / stride;
  }

  /** The length of the transform: the window's, up to a power of two. */
  private static int padded(int window) {
    int highest = Integer.highestOneBit(window);
    return highest == window ? window : 2 * highest;
  }

  private static List<TensorType> inferSpectrogram(OpTypes op) {
    int samples = Rules.dim(op, 0, 0);
    int frames = samples == Shape.UNKNOWN ? samples : frames(op.attributes(), samples);
    int bins = padded(window(op.attributes())) / 2 + 1;
    return List.of(TensorType.of(DType.FLOAT32, Rules.dim(op, 0, 1), frames, bins));
  }

  /** Of audio [samples, channels], seen through Hann windows: [channels, frames, bins]. */
  private static void spectrogram(OpCall call) {
    Tensor audio = Rules.requireRank(call.operand(0), 2, "audio");
    int channels = audio.dim(1);
    int window = window(call.attributes());
    int stride = call.attributes().getInt("stride");
    int frames = frames(call.attributes(), audio.dim(0));
    int length = padded(window);
    int bins = length / 2 + 1;
    boolean squared = call.attributes().getBoolean("magnitude_squared", false);
    FourierTransform transform = new FourierTransform(length);
    float[] result = call.result(0, DType.FLOAT32, channels, frames, bins).floats();
    for (int frame = 0; frame < channels * frames; frame++) {
      double[] values = new double[2 * length];
      int from = frame % frames * stride;
      for (int i = 0; i < window; i++) {
        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
        values[2 * i] = hann * audio.floats()[(from + i) * channels + frame / frames];
      }
      transform.transform(values, 0, 1, false);
      for (int k = 0; k < bins; k++) {
        double re = values[2 * k];
        double im = values[2 * k + 1];
        float power = (float) (re * re + im * im);
        result[frame * bins + k] = squared ? power : (float) Math.sqrt(power);
      }
    }
  }

  private static List<TensorType> inferMfcc(OpTypes op) {
    int count = op.attributes().getInt("dct_coefficient_count", 13);
    return List.of(TensorType.of(DType.FLOAT32, Rules.dim(op, 0, 0), Rules.dim(op, 0, 1), count));
  }

  /**
   * Of a spectrogram [channels, frames, bins] of squared magnitudes: the cosine transform of the
   * logarithms of what {@link MelBands} lets through.
   */
  private static void mfcc(OpCall call) {
    Tensor spectrogram = Rules.requireRank(call.operand(0), 3, "spectrogram");
    int count = call.attributes().getInt("dct_coefficient_count", 13);
    int bands = call.attributes().getInt("filterbank_channel_count", 40);
    Shapes.require(count >= 1 && bands >= 1, "%s coefficients of %s bands", count, bands);
    int bins = spectrogram.dim(2);
    MelBands filter =
        MelBands.of(
            bins,
            call.operand(1).getDouble(0),
            bands,
            call.attributes().getFloat("lower_frequency_limit", 20),
            call.attributes().getFloat("upper_frequency_limit", 4000));
    int frames = spectrogram.dim(0) * spectrogram.dim(1);
    Tensor result = call.result(0, DType.FLOAT32, spectrogram.dim(0), spectrogram.dim(1), count);
    double norm = Math.sqrt(2.0 / bands);
    for (int frame = 0; frame < frames; frame++) {
      double[] energies = filter.of(spectrogram.floats(), frame * bins);
      for (int k = 0; k < count; k++) {
        double sum = 0;
        for (int j = 0; j < bands; j++) {
          double cosine = norm * Math.cos(k * Math.PI / bands * (j + 0.5));
          sum += cosine * Math.log(Math.max(energies[j], LEAST));
        }
        result.floats()[frame * count + k] = (float) sum;
      }
    }
  }
}
