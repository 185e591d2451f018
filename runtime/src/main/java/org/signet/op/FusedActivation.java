package org.signet.op;

import org.signet.tensor.Tensor;

/**
 * The activation that a builtin applies to its own result, option {@code
 * fused_activation_function}.
 *
 * @param min the lower bound, −∞ if none
 * @param max the upper bound, +∞ if none
 */
public record FusedActivation(float min, float max) {
  public static final FusedActivation NONE =
      new FusedActivation(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  private static final FusedActivation RELU = new FusedActivation(0, Float.POSITIVE_INFINITY);
  private static final FusedActivation RELU_N1_TO_1 = new FusedActivation(-1, 1);
  private static final FusedActivation RELU6 = new FusedActivation(0, 6);

  /** The name of the option in the schema. */
  public static final String OPTION = "fused_activation_function";

  /**
   * The activation that these options ask for; {@code NONE} if they name none.
   *
   * @throws IllegalArgumentException for TANH and SIGN_BIT, which no builtin kernel fuses
   */
  public static FusedActivation of(Attributes options) {
    String name = options.getString(OPTION, "NONE");
    return switch (name) {
      case "NONE" -> NONE;
      case "RELU" -> RELU;
      case "RELU_N1_TO_1" -> RELU_N1_TO_1;
      case "RELU6" -> RELU6;
      default -> throw new IllegalArgumentException("no fused activation " + name);
    };
  }

  public boolean isNone() {
    return min == Float.NEGATIVE_INFINITY && max == Float.POSITIVE_INFINITY;
  }

  /** The bounded value; NaN stays NaN. */
  public float apply(float value) {
    return value < min ? min : value > max ? max : value;
  }

  /** Bounds result 0, a fresh real tensor that the call has just set, in place. */
  void clamp(OpCall call) {
    if (isNone()) {
      return;
    }
    bound(call.currentResult(0));
  }

  /** Bounds every element of a real tensor in place. */
  void bound(Tensor tensor) {
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        float[] floats = tensor.floats();
        for (int i = 0; i < tensor.size(); i++) {
          floats[i] = apply(floats[i]);
        }
      }
      case INT32 -> {
        int[] ints = tensor.ints();
        for (int i = 0; i < tensor.size(); i++) {
          ints[i] = (int) bound((long) ints[i]);
        }
      }
      default -> UnaryFunction.of(this::bound, this::bound).applyInPlace(tensor);
    }
  }

  private double bound(double value) {
    return value < min ? min : value > max ? max : value;
  }

  private long bound(long value) {
    return value < min ? (long) min : value > max ? (long) max : value;
  }
}
