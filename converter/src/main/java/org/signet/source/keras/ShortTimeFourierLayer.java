package org.signet.source.keras;

import java.util.List;
import java.util.Set;

/**
 * {@code STFTSpectrogram}: frames of sound times kernels of cosines and sines, which are kept as
 * weights. Data are [batch, time, channels], or [batch, channels, time].
 */
final class ShortTimeFourierLayer implements KerasLayer {
  /** Keras's {@code backend.epsilon()}. */
  private static final double EPSILON = 1e-7;

  @Override
  public Set<String> classNames() {
    return Set.of("STFTSpectrogram");
  }

  private static String mode(LayerSpec layer) {
    return layer.config().getString("mode", "log");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer)
        .trainedIf(!mode(layer).equals("imag"), "real_kernel")
        .trainedIf(!mode(layer).equals("real"), "imag_kernel");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasTensor x = call.input();
    boolean channelsFirst = call.config().channelsFirst();
    KerasTensor lines = channelsFirst ? x : ops.transpose(x, 0, 2, 1);
    int channels = lines.dim(1);
    KerasTensor single = ops.reshape(lines, ops.sizes().plus(-1).plus(1).plus(lines, 2).plus(1));
    KerasTensor y = spectrum(call, single);
    KerasTensor all = ops.reshape(y, ops.sizes().plus(-1).plus(channels).plus(y, 1).plus(y.dim(2)));
    int bins = channels * y.dim(2);
    if (call.config().getBoolean("expand_dims", false)) {
      return List.of(channelsFirst ? all : ops.transpose(all, 0, 2, 3, 1));
    }
    KerasTensor merged =
        ops.reshape(ops.transpose(all, 0, 2, 1, 3), ops.sizes().plus(-1).plus(y, 1).plus(bins));
    return List.of(channelsFirst ? ops.transpose(merged, 0, 2, 1) : merged);
  }

  /** [lines, frames, bins] of sound [lines, 1, samples, 1]. */
  private static KerasTensor spectrum(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    return switch (mode(call.layer())) {
      case "real" -> convolved(call, x, "real_kernel");
      case "imag" -> convolved(call, x, "imag_kernel");
      case "angle" ->
          ops.binary("Atan2", convolved(call, x, "imag_kernel"), convolved(call, x, "real_kernel"));
      case "stft" ->
          ops.concat(
              List.of(convolved(call, x, "real_kernel"), convolved(call, x, "imag_kernel")), 2);
      case "psd" -> {
        KerasTensor power = power(call, x);
        int[][] ends = {{0, 0}, {0, 0}, {1, 1}};
        yield ops.plus(power, ops.pad(ops.slice(power, 2, 1, -1), ends));
      }
      case "magnitude" -> magnitude(call, x);
      case "log" -> ops.unary("Log", ops.binary("Maximum", magnitude(call, x), EPSILON));
      default -> throw call.unsupported("its mode is '" + mode(call.layer()) + "'");
    };
  }

  private static KerasTensor magnitude(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    return ops.unary("Sqrt", ops.binary("Maximum", power(call, x), EPSILON));
  }

  private static KerasTensor power(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    return ops.plus(
        ops.unary("Square", convolved(call, x, "real_kernel")),
        ops.unary("Square", convolved(call, x, "imag_kernel")));
  }

  private static KerasTensor convolved(LayerCall call, KerasTensor x, String kernel) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    int length = config.getInt("frame_length", 256);
    int step = config.has("frame_step") ? config.getInt("frame_step") : length / 2;
    KerasTensor filter = ops.expandDims(call.weight(kernel, length, 1, -1), 0);
    String padding = config.getChoice("padding", "valid", "same");
    return ops.squeeze(
        ops.add(
            "Conv2D",
            ConvolutionLayers.window(new int[] {step}, new int[] {1}, padding),
            x,
            filter),
        1);
  }
}
