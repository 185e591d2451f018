package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/** What kernels ask of their operands. */
final class Operands {
  private Operands() {}

  static Optional<Tensor> optional(OpCall call, int i) {
    return call.has(i) ? Optional.of(call.operand(i)) : Optional.empty();
  }

  /** Whether {@code bias} is absent or has a value for each channel. */
  static boolean isBias(Optional<Tensor> bias, int channels) {
    return bias.isEmpty() || bias.get().size() == channels;
  }

  /** Sets each pixel of {@code channels} elements to {@code bias}, or to zeros if there is none. */
  static void fill(float[] pixels, int size, Optional<Tensor> bias, int channels) {
    if (bias.isEmpty()) {
      Arrays.fill(pixels, 0, size, 0);
      return;
    }
    float[] values = bias.get().floats();
    for (int at = 0; at < size; at += channels) {
      System.arraycopy(values, 0, pixels, at, channels);
    }
  }
}
