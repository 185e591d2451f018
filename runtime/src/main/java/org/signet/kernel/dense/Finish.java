package org.signet.kernel.dense;

import org.signet.op.FusedActivation;

/**
 * What an engine makes of sums before it is done with them.
 *
 * @param bounds come first
 * @param function is applied to what they leave
 */
public record Finish(FusedActivation bounds, Function function) {
  /** Sums as they are. */
  public static final Finish NONE = of(FusedActivation.NONE);

  /** Functions of elements, by their numbers in {@code kernels.c}. */
  public enum Function {
    NONE(0),
    SWISH(1),
    GELU(2),
    GELU_BY_TANH(3);

    private final int number;

    Function(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    /** Applies the function to {@code count} elements in place. */
    void apply(Engine engine, float[] sums, int at, int count) {
      switch (this) {
        case NONE -> {}
        case SWISH -> engine.swish(sums, sums, at, count);
        case GELU -> engine.gelu(sums, sums, at, count);
        case GELU_BY_TANH -> engine.geluByTanh(sums, sums, at, count);
      }
    }
  }

  /** Bounds alone. */
  static Finish of(FusedActivation bounds) {
    return new Finish(bounds, Function.NONE);
  }

  /** Applies the function, but not the bounds, to {@code count} elements in place. */
  public void applyFunction(Engine engine, float[] sums, int at, int count) {
    function.apply(engine, sums, at, count);
  }
}
