package org.signet.op.quant;

import java.util.List;
import java.util.Set;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.type.DType;

/**
 * Which element types meet in convolutions and products of quantized tensors. TFLite's kernels do
 * not check all of them, and read or write memory of another type where they do not fit.
 */
final class SumTypes {
  private static final Set<DType> KERNELS = Set.of(DType.INT8, DType.UINT8, DType.INT16);

  private SumTypes() {}

  /**
   * Checks the types of a use.
   *
   * @throws IllegalArgumentException if no kernel is made for them
   */
  static void check(String op, IntegerSums roles, OpTypes use, DType result) {
    DType input = use.dtype(roles.input());
    DType weights = use.dtype(roles.weights());
    Shapes.require(
        (input.isFloating() || KERNELS.contains(input))
            && weights(op, input).contains(weights)
            && results(op, input).contains(result),
        "no kernel multiplies %s by weights of %s to %s; use %s and %s",
        input,
        weights,
        result,
        weights(op, input),
        results(op, input));
    if (roles.bias() >= 0 && use.has(roles.bias())) {
      DType bias = use.dtype(roles.bias());
      DType usual = input.isFloating() ? DType.FLOAT32 : DType.INT32;
      Shapes.require(
          bias == usual || (bias == DType.INT64 && input == DType.INT16),
          "a bias of %s for an input of %s; use %s",
          bias,
          input,
          usual);
    }
  }

  private static List<DType> weights(String op, DType input) {
    boolean product = op.equals("BATCH_MATMUL");
    boolean unpacks = op.equals("CONV_2D") || op.equals("FULLY_CONNECTED");
    return switch (input) {
      case UINT8 -> List.of(DType.UINT8);
      case INT16 ->
          product
              ? List.of(DType.INT16)
              : unpacks ? List.of(DType.INT8, DType.INT4) : List.of(DType.INT8);
      case INT8 ->
          unpacks || op.equals("DEPTHWISE_CONV_2D")
              ? List.of(DType.INT8, DType.INT4)
              : List.of(DType.INT8);
      default -> unpacks ? List.of(DType.INT8, DType.INT4, DType.UINT8) : List.of(DType.INT8);
    };
  }

  private static List<DType> results(String op, DType input) {
    return op.equals("FULLY_CONNECTED") && input == DType.UINT8
        ? List.of(DType.UINT8, DType.INT16)
        : List.of(input);
  }
}
