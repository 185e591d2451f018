package org.signet.cli;

import org.signet.op.OpCall;
import org.signet.tensor.Tensor;

/** How many additions and multiplications the products of a call are made of. */
final class Operations {
  private Operations() {}

  /**
   * The operations of a call that has run, by the op's definition: a kernel that needs fewer, as
   * Winograd's, seems faster.
   *
   * @param op a builtin
   * @return 0 for an op without products
   */
  static long of(String op, OpCall call) {
    return switch (op) {
      case "CONV_2D" -> of(call, window(call.operand(1)) * call.operand(1).dim(3));
      case "DEPTHWISE_CONV_2D" -> of(call, window(call.operand(1)));
      case "FULLY_CONNECTED" -> of(call, call.operand(1).dim(-1));
      case "BATCH_MATMUL" ->
          of(call, call.operand(0).dim(call.attributes().getBoolean("adj_x", false) ? -2 : -1));
      default -> 0;
    };
  }

  private static long of(OpCall call, long depth) {
    return 2 * depth * call.currentResult(0).size();
  }

  private static long window(Tensor filter) {
    return (long) filter.dim(1) * filter.dim(2);
  }
}
