package org.signet.source.keras;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** {@code MelSpectrogram}: the loudness of the mel bands of sound [..., samples] over time. */
final class MelSpectrogramLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("MelSpectrogram");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    if (call.dtype() == DType.FLOAT64) {
      throw call.unsupported("it computes with float64");
    }
    KerasTensor spectrum = spectrum(call, ops.cast(call.input(), DType.FLOAT32));
    KerasTensor bands = ops.matMul(spectrum, ops.graph().constant(MelBands.of(config).matrix()));
    if (config.getBoolean("power_to_db", true)) {
      bands = decibels(call, bands);
    }
    int[] swap = IntStream.range(0, bands.rank()).toArray();
    swap[bands.rank() - 1] = bands.rank() - 2;
    swap[bands.rank() - 2] = bands.rank() - 1;
    return List.of(ops.cast(ops.transpose(bands, swap), call.dtype()));
  }

  /** |FFT| of overlapping frames to a power: [..., frames, fft_length / 2 + 1]. */
  private static KerasTensor spectrum(LayerCall call, KerasTensor sound) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    int length = config.getInt("fft_length", 2048);
    KerasTensor frames = frames(ops, sound, length, config.getInt("sequence_stride", 512));
    KerasTensor windowed = ops.times(frames, ops.graph().constant(window(call, length)));
    KerasTensor transformed =
        ops.add(
            "RFFT",
            Attributes.of("Treal", DType.FLOAT32, "Tcomplex", DType.COMPLEX64),
            windowed,
            ops.ints(length));
    KerasTensor real = ops.unary("Square", part(ops, "Real", transformed));
    KerasTensor imaginary = ops.unary("Square", part(ops, "Imag", transformed));
    KerasTensor size = ops.unary("Sqrt", ops.plus(real, imaginary));
    double power = config.getDouble("mag_exp", 2);
    return power == 1 ? size : ops.binary("Pow", size, power);
  }

  private static KerasTensor part(GraphOps ops, String op, KerasTensor complex) {
    return ops.add(op, Attributes.of("T", DType.COMPLEX64, "Tout", DType.FLOAT32), complex);
  }

  /** Frames around every {@code stride}-th sample, those beyond the ends mirrored. */
  private static KerasTensor frames(GraphOps ops, KerasTensor sound, int length, int stride) {
    int last = sound.rank() - 1;
    int[] around = new int[2 * sound.rank()];
    around[2 * last] = length / 2;
    around[2 * last + 1] = length / 2;
    KerasTensor x =
        ops.add(
            "MirrorPad",
            Attributes.of("mode", "REFLECT"),
            sound,
            ops.graph().constant(Tensor.of(around, sound.rank(), 2)));
    KerasTensor room = ops.binary("Sub", ops.size(x, last), length);
    KerasTensor count = ops.binary("AddV2", ops.binary("FloorDiv", room, stride), 1);
    KerasTensor starts = ops.binary("Mul", ops.range(count), stride);
    KerasTensor within = ops.ints(IntStream.range(0, length).toArray());
    return ops.gather(x, ops.plus(ops.expandDims(starts, 1), within), last);
  }

  /** The window in the middle of a frame. */
  private static Tensor window(LayerCall call, int length) {
    KerasConfig config = call.config();
    int size = config.has("sequence_length") ? config.getInt("sequence_length") : length;
    String name = config.has("window") ? config.getString("window", "hann") : "";
    double mean =
        switch (name) {
          case "" -> 1;
          case "hann" -> size == 1 ? 1 : 0.5;
          case "hamming" -> size == 1 ? 1 : 0.54;
          default -> throw call.unsupported("its window is '" + name + "'");
        };
    // TensorFlow's periodic windows are symmetric ones where their length is odd.
    double period = size % 2 == 0 ? size : Math.max(1, size - 1);
    float[] values = new float[length];
    for (int i = 0; i < (name.isEmpty() ? length : size); i++) {
      int at = name.isEmpty() ? i : i + (length - size) / 2;
      values[at] = (float) (mean - (1 - mean) * Math.cos(2 * Math.PI * i / period));
    }
    return Tensor.of(values, length);
  }

  /** 10 log₁₀ of the power, no further below the loudest of all than {@code top_db}. */
  private static KerasTensor decibels(LayerCall call, KerasTensor power) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    double least = config.getDouble("min_power", 1e-10);
    KerasTensor log = ops.unary("Log", ops.binary("Maximum", power, least));
    KerasTensor loudness = ops.binary("Mul", log, 10 / Math.log(10));
    double reference = Math.max(Math.abs(config.getDouble("ref_power", 1)), least);
    loudness = ops.binary("Sub", loudness, 10 * Math.log10(reference));
    int[] all = IntStream.range(0, loudness.rank()).toArray();
    KerasTensor floor =
        ops.binary("Sub", ops.reduce("Max", loudness, false, all), config.getDouble("top_db", 80));
    return ops.binary("Maximum", loudness, floor);
  }
}
