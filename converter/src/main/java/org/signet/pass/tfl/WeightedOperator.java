package org.signet.pass.tfl;

import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.op.FusedActivation;
import org.signet.pass.rewrite.Match;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The parts that operators with constant weights have in common.
 *
 * @param node CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV or FULLY_CONNECTED
 * @param weightsAt the operand that holds the weights
 * @param biasAt the operand that holds the bias, which may be absent
 * @param channelAxis the axis of the weights that runs along the output channels
 */
record WeightedOperator(Node node, int weightsAt, int biasAt, int channelAxis) {
  static final String[] NAMES = {
    "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED"
  };

  static WeightedOperator of(Node node) {
    return switch (node.op().name()) {
      case "CONV_2D", "FULLY_CONNECTED" -> new WeightedOperator(node, 1, 2, 0);
      case "DEPTHWISE_CONV_2D" -> new WeightedOperator(node, 1, 2, 3);
      case "TRANSPOSE_CONV" -> new WeightedOperator(node, 1, 3, 0);
      default -> throw new IllegalArgumentException(node.op() + " has no weights");
    };
  }

  Value weights() {
    return node.operand(weightsAt);
  }

  /** The weights of an {@linkplain #isOpen open} operator. */
  Value.Constant constantWeights() {
    return (Value.Constant) weights();
  }

  /** The bias, or {@link Value#ABSENT}. */
  Value bias() {
    return biasAt < node.operands().size() ? node.operand(biasAt) : Value.ABSENT;
  }

  int channels() {
    return weights().type().shape().dim(channelAxis);
  }

  /**
   * Whether weights and bias are float32 constants and nothing is applied to the sum yet, so that
   * it may still be scaled or shifted.
   */
  boolean isOpen() {
    return weights() instanceof Value.Constant
        && weights().type().dtype() == DType.FLOAT32
        && (bias() instanceof Value.Constant || !bias().isPresent())
        && node.attributes().getString(FusedActivation.OPTION, "NONE").equals("NONE");
  }

  /**
   * {@code factor} as one number per output channel: it is a scalar, or its last dimension runs
   * along the channels and all others are 1. Empty if it is neither, or would change the result's
   * shape.
   */
  Optional<float[]> perChannel(Tensor factor) {
    Shape result = node.result().type().shape();
    if (factor.dtype() != DType.FLOAT32 || !result.hasRank() || factor.rank() > result.rank()) {
      return Optional.empty();
    }
    int size = factor.size();
    boolean along = factor.rank() > 0 && factor.dim(-1) == size && size == channels();
    if (size != 1 && !along) {
      return Optional.empty();
    }
    float[] values = new float[channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor.floats()[size == 1 ? 0 : i];
    }
    return Optional.of(values);
  }

  /** The bias values, zeros where there is none. */
  float[] biasValues(Match match) {
    return match
        .valueOf(bias())
        .map(tensor -> java.util.Arrays.copyOf(tensor.floats(), channels()))
        .orElseGet(() -> new float[channels()]);
  }
}
