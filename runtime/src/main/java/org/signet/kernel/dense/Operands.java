package org.signet.kernel.dense;

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
}
