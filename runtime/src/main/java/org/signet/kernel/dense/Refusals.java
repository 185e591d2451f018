package org.signet.kernel.dense;

import java.util.List;
import java.util.Optional;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.type.Shape;

/** Steps that the vector kernels leave to the reference from the start. */
final class Refusals {
  private Refusals() {}

  /** Why there is no kernel for a step, if there is none. */
  static Optional<String> reason(Step step) {
    return activation(step)
        .or(() ->
            switch (step.op().name()) {
              case "DEPTHWISE_CONV_2D" -> multiplier(step);
              case "FULLY_CONNECTED" -> weightsFormat(step);
              default -> Optional.empty();
            });
  }

  private static Optional<String> activation(Step step) {
    if (step.op().name().equals("UNIDIRECTIONAL_SEQUENCE_LSTM")) {
      // There it is the cell's.
      return Optional.empty();
    }
    String name = step.attributes().getString(FusedActivation.OPTION, "NONE");
    return List.of("TANH", "SIGN_BIT").contains(name)
        ? Optional.of("fused activation " + name)
        : Optional.empty();
  }

  private static Optional<String> multiplier(Step step) {
    int channels = channels(step, 0);
    int outputs = channels(step, 1);
    boolean several = channels > 0 && outputs > 0 && channels != outputs;
    return several
        ? Optional.of(outputs + " filters for " + channels + " channels")
        : Optional.empty();
  }

  private static Optional<String> weightsFormat(Step step) {
    String format = step.attributes().getString("weights_format", "DEFAULT");
    return format.equals("DEFAULT") ? Optional.empty() : Optional.of("weights in format " + format);
  }

  /** The last dimension of an operand, {@link Shape#UNKNOWN} if it is not known. */
  private static int channels(Step step, int operand) {
    return step.operandTypes()
        .get(operand)
        .filter(type -> type.shape().hasRank() && type.shape().rank() > 0)
        .map(type -> type.shape().dim(-1))
        .orElse(Shape.UNKNOWN);
  }
}
