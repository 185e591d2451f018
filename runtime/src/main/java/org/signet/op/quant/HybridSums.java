package org.signet.op.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.DirectCall;
import org.signet.op.NumberArrays;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Convolutions and matrix products of a float input and quantized weights.
 *
 * <p>TFLite rounds the input to 8 bits first, each row in a scale of its own. The plain definition
 * then runs on what the rounded input and the weights stand for, which equals the kernels' integer
 * sums, scaled, but for the rounding of floats.
 */
final class HybridSums {
  private HybridSums() {}

  /** What part of the input is rounded in one scale. */
  enum Part {
    /** The input stays as it is. */
    NONE,
    /** Each image of a batch. */
    IMAGE,
    /** Each image of a batch, with a zero point whatever the options say. */
    ASYMMETRIC_IMAGE,
    /** Each row that weights are multiplied with. */
    ROW
  }

  static void evaluate(IntegerSums roles, OpCall call, OpDefinition plain) {
    List<Optional<Tensor>> operands = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      operands.add(call.has(i) ? Optional.of(operand(roles, call, i)) : Optional.empty());
    }
    call.result(
        0,
        DirectCall.evaluate(plain, call.attributes(), operands, List.of(call.resultType(0)))
            .getFirst());
  }

  private static Tensor operand(IntegerSums roles, OpCall call, int i) {
    Tensor tensor = call.operand(i);
    if (i == roles.weights()) {
      return Reals.ofWeights(tensor, call.operandType(i));
    }
    if (i == roles.bias()) {
      return Reals.of(tensor, call.operandType(i));
    }
    return i == roles.input() ? rounded(roles, call, tensor) : tensor;
  }

  private static Tensor rounded(IntegerSums roles, OpCall call, Tensor input) {
    boolean perChannel = call.operandType(roles.weights()).quantization().isPerAxis();
    boolean option = call.attributes().getBoolean("asymmetric_quantize_inputs", false);
    int rank = input.rank();
    return switch (roles.part()) {
      case NONE -> input;
      case IMAGE -> rounded(input, input.dim(0), 1, option || perChannel);
      case ASYMMETRIC_IMAGE -> rounded(input, input.dim(0), 1, true);
      case ROW -> {
        // The rows of a matrix that is to be transposed are its columns.
        boolean columns = call.attributes().getBoolean("adj_x", false);
        int inner = columns ? input.dim(rank - 1) : 1;
        int depth = columns ? input.dim(rank - 2) : depth(roles, call);
        yield rounded(input, depth == 0 ? 0 : input.size() / depth / inner, inner, option);
      }
    };
  }

  /** The size of a row: that of the weights, as FULLY_CONNECTED's input may have any shape. */
  private static int depth(IntegerSums roles, OpCall call) {
    Tensor weights = call.operand(roles.weights());
    boolean product = roles.bias() < 0;
    return product ? call.operand(roles.input()).dim(-1) : weights.dim(-1);
  }

  /**
   * {@code input} with each part rounded to 8 bits.
   *
   * @param outer the number of parts before the elements of each
   * @param inner the number of parts that lie between the elements of each
   */
  private static Tensor rounded(Tensor input, int outer, int inner, boolean asymmetric) {
    Tensor result = Tensor.zeros(DType.FLOAT32, input.shape());
    float[] from = NumberArrays.floats(input);
    int count = outer * inner == 0 ? 0 : input.size() / outer / inner;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        RowRounding.of(from, o * count * inner + i, inner, count, asymmetric)
            .apply(from, result.floats());
      }
    }
    return result;
  }
}
