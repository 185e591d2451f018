package org.signet.kernel.dense;

import java.util.List;
import java.util.Optional;
import org.signet.kernel.Following;
import org.signet.kernel.Step;
import org.signet.op.FusedActivation;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Steps that the kernels leave to the reference from the start. */
final class Refusals {
  /** Pixels, filter and bias. */
  private static final int CONVOLUTION_OPERANDS = 3;

  /** Elements that the reference compares in less time than a kernel is prepared in. */
  private static final long FEW = 8;

  private Refusals() {}

  /** Why there is no kernel for a step, if there is none. */
  static Optional<String> reason(Step step) {
    return activation(step)
        .or(() ->
            switch (step.op().name()) {
              case "FULLY_CONNECTED" -> weightsFormat(step);
              case "EQUAL", "NOT_EQUAL", "LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL" ->
                  size(step);
              default -> Optional.empty();
            });
  }

  /**
   * Whether a step that follows is a convolution of the previous result, all float32, that there is
   * a kernel for. It has a bias: another step's operand would stand for one that is left out.
   */
  static boolean takesConvolution(String op, Following following) {
    Step step = following.step();
    return step.op().isBuiltin()
        && step.op().name().equals(op)
        && following.isDirect()
        && following.previous().equals(List.of(0))
        && step.operandTypes().size() == CONVOLUTION_OPERANDS
        && step.operandTypes().stream()
            .allMatch(type -> type.isPresent() && type.get().dtype() == DType.FLOAT32)
        && !(op.equals("DEPTHWISE_CONV_2D") && hasMultiplier(step))
        && reason(step).isEmpty();
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

  /** Whether a depthwise convolution is known to have several filters a channel. */
  static boolean hasMultiplier(Step step) {
    int channels = channels(step, 0);
    int outputs = channels(step, 1);
    return channels > 0 && outputs > 0 && channels != outputs;
  }

  /** Conditions of loops are relations of two numbers: a kernel's preparations take longer. */
  private static Optional<String> size(Step step) {
    boolean isSmall =
        step.operandTypes().stream()
            .flatMap(Optional::stream)
            .allMatch(type -> type.shape().isStatic() && type.shape().elements() <= FEW);
    return isSmall ? Optional.of("few elements") : Optional.empty();
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
