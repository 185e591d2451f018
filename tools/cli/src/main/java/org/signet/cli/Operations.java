package org.signet.cli;

import java.util.Arrays;
import java.util.List;
import org.signet.kernel.Step;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.type.TensorType;

/**
 * How many additions and multiplications products are made of, by the ops' definitions: a kernel
 * that needs fewer, as Winograd's, seems faster.
 */
final class Operations {
  private Operations() {}

  /**
   * The operations of a call that has run.
   *
   * @param op a builtin
   * @return 0 for an op without products
   */
  static long of(String op, OpCall call) {
    if (!hasProducts(op)) {
      return 0;
    }
    int[] left = call.operand(0).shape();
    int[] right = call.operand(1).shape();
    return of(op, call.attributes(), left, right, call.currentResult(0).shape());
  }

  /** The operations of steps by their declared types; 0 if a size is free. */
  static long declared(List<Step> steps) {
    long all = 0;
    for (Step step : steps) {
      if (hasProducts(step.op().name())) {
        int[] left = sizes(step.operandTypes().get(0).orElseThrow());
        int[] right = sizes(step.operandTypes().get(1).orElseThrow());
        int[] result = sizes(step.resultTypes().getFirst());
        if (isFree(left) || isFree(right) || isFree(result)) {
          return 0;
        }
        all += of(step.op().name(), step.attributes(), left, right, result);
      }
    }
    return all;
  }

  private static int[] sizes(TensorType type) {
    return type.shape().hasRank() ? type.shape().dims() : new int[] {-1};
  }

  private static boolean isFree(int[] sizes) {
    return Arrays.stream(sizes).anyMatch(size -> size < 0);
  }

  /** Whether an op is made of products that are counted. */
  static boolean hasProducts(String op) {
    return switch (op) {
      case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "BATCH_MATMUL" -> true;
      default -> false;
    };
  }

  private static long of(String op, Attributes attributes, int[] left, int[] right, int[] result) {
    long depth =
        switch (op) {
          case "CONV_2D" -> (long) right[1] * right[2] * right[3];
          case "DEPTHWISE_CONV_2D" -> (long) right[1] * right[2];
          case "FULLY_CONNECTED" -> right[right.length - 1];
          default -> left[left.length - (attributes.getBoolean("adj_x", false) ? 2 : 1)];
        };
    return 2 * depth * Shapes.product(result, 0, result.length);
  }
}
