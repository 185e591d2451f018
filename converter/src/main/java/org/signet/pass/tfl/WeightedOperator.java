package org.signet.pass.tfl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Node;
import org.signet.ir.Value;
import org.signet.pass.rewrite.Match;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * The parts that operators with constant weights have in common.
 *
 * @param node CONV_2D, CONV_3D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV or FULLY_CONNECTED
 * @param weightsAt the operand that holds the weights
 * @param biasAt the operand that holds the bias, which may be absent
 * @param channelAxis the axis of the weights that runs along the output channels
 */
record WeightedOperator(Node node, int weightsAt, int biasAt, int channelAxis) {
  static final String[] NAMES = {
    "CONV_2D", "CONV_3D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED"
  };

  private static final float LEAST_FACTOR = 0x1p-64f;
  private static final float LARGEST_FACTOR = 0x1p64f;

  static WeightedOperator of(Node node) {
    return switch (node.op().name()) {
      case "CONV_2D", "FULLY_CONNECTED" -> new WeightedOperator(node, 1, 2, 0);
      case "CONV_3D" -> new WeightedOperator(node, 1, 2, 4);
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
    return hasConstants() && Pattern.isPlain(node);
  }

  /** Whether weights and bias are float32 constants, so that what comes before may go into them. */
  boolean hasConstants() {
    return weights() instanceof Value.Constant
        && weights().type().dtype() == DType.FLOAT32
        && (bias() instanceof Value.Constant || !bias().isPresent());
  }

  /** {@code factor} as one number per output channel. */
  Optional<float[]> perChannel(Tensor factor) {
    return perChannel(factor, node.result().type().shape(), channels());
  }

  /**
   * {@code factor} as one number per channel: it is a scalar, or its last dimension runs along the
   * channels and all others are 1. Empty if it is neither, would change the result's shape, or is
   * not finite.
   */
  static Optional<float[]> perChannel(Tensor factor, Shape result, int channels) {
    if (factor.dtype() != DType.FLOAT32 || !result.hasRank() || factor.rank() > result.rank()) {
      return Optional.empty();
    }
    int size = factor.size();
    boolean along = factor.rank() > 0 && factor.dim(-1) == size && size == channels;
    if ((size != 1 && !along) || !isFinite(factor)) {
      return Optional.empty();
    }
    float[] values = new float[channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor.floats()[size == 1 ? 0 : i];
    }
    return Optional.of(values);
  }

  /**
   * What MUL or DIV by these constants multiplies by; empty if that is so large or so small that
   * weights times it may run over, or lose bits that the sum of products times it keeps.
   */
  static Optional<float[]> factors(Node node, float[] constants) {
    float[] factors = constants.clone();
    for (int i = 0; i < factors.length && node.is("DIV"); i++) {
      factors[i] = 1 / constants[i];
    }
    return isModerate(factors) ? Optional.of(factors) : Optional.empty();
  }

  /** Whether weights stay normal numbers times these; what is small beside others may vanish. */
  static boolean isModerate(float[] factors) {
    float largest = 0;
    for (float factor : factors) {
      largest = Math.max(largest, Math.abs(factor)); // NaN if one is
    }
    return largest == 0 || (largest >= LEAST_FACTOR && largest <= LARGEST_FACTOR);
  }

  static boolean isFinite(Tensor numbers) {
    for (float number : numbers.floats()) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Puts {@code bias} into its place among the operands. */
  void setBias(List<Value> operands, Value bias) {
    while (operands.size() <= biasAt) {
      operands.add(Value.ABSENT);
    }
    operands.set(biasAt, bias);
  }

  /** The bias values, zeros where there is none. */
  float[] biasValues(Match match) {
    return match
        .valueOf(bias())
        .map(tensor -> Arrays.copyOf(tensor.floats(), channels()))
        .orElseGet(() -> new float[channels()]);
  }
}
