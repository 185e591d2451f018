package org.signet.kernel;

import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.Shapes;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * How many additions and multiplications products are made of, by the ops' definitions: a kernel
 * that needs fewer, as Winograd's, seems faster.
 */
public final class Operations {
  /** Dimensions of images and filters. */
  private static final int IMAGES = 4;

  private Operations() {}

  /**
   * The operations of a call that has run.
   *
   * @param op a builtin
   * @return 0 for an op without products
   */
  public static long of(String op, OpCall call) {
    if (!hasProducts(op)) {
      return 0;
    }
    int[] left = call.operand(0).shape();
    int[] right = call.operand(1).shape();
    return of(op, call.attributes(), left, right, call.currentResult(0).shape());
  }

  /**
   * The operations of steps by their declared types; 0 if a size is free, or if operands do not fit
   * the op.
   */
  public static long declared(List<Step> steps) {
    long all = 0;
    for (Step step : steps) {
      if (hasProducts(step.op().name())) {
        int[] left = operandSizes(step, 0);
        int[] right = operandSizes(step, 1);
        int[] result = sizes(step.resultTypes().getFirst());
        if (isFree(left) || isFree(right) || isFree(result) || !fits(step, left, right)) {
          return 0;
        }
        all += of(step.op().name(), step.attributes(), left, right, result);
      }
    }
    return all;
  }

  /** A free size stands for an operand that is left out. */
  private static int[] operandSizes(Step step, int i) {
    List<Optional<TensorType>> types = step.operandTypes();
    return i < types.size() && types.get(i).isPresent()
        ? sizes(types.get(i).get())
        : new int[] {Shape.UNKNOWN};
  }

  /** A free size stands for an unknown rank. */
  private static int[] sizes(TensorType type) {
    return type.shape().hasRank() ? type.shape().dims() : new int[] {Shape.UNKNOWN};
  }

  private static boolean fits(Step step, int[] left, int[] right) {
    return switch (step.op().name()) {
      case "CONV_2D", "DEPTHWISE_CONV_2D" -> right.length == IMAGES;
      case "FULLY_CONNECTED" -> right.length > 0;
      default -> left.length > 1;
    };
  }

  private static boolean isFree(int[] sizes) {
    for (int size : sizes) {
      if (size < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether an op is made of products that are counted. */
  public static boolean hasProducts(String op) {
    return switch (op) {
      case "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "BATCH_MATMUL" -> true;
      default -> false;
    };
  }

  /** Operations by the sizes of the two factors and of the result, which are all known. */
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
