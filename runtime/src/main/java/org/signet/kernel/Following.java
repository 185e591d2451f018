package org.signet.kernel;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A step that alone needs the result of another one, directly or by steps between.
 *
 * @param step the step
 * @param previous which of its operands come from that result
 * @param form what is between
 */
public record Following(Step step, List<Integer> previous, Form form) {
  public Following {
    previous = List.copyOf(previous);
  }

  /** How a step follows. */
  public sealed interface Form {
    /** It takes the result itself. */
    record Direct() implements Form {}

    /** It multiplies the result by its own LOGISTIC. */
    record Gated() implements Form {}

    /**
     * The result is a mean of {@code x}; the step multiplies {@code x} less its mean by the RSQRT
     * of its variance, which is a mean of SQUARED_DIFFERENCE, and of a small number.
     *
     * @param epsilon this number
     */
    record Normalized(float epsilon) implements Form {}
  }

  /** A step that takes the result as it is. */
  public static Following direct(Step step, List<Integer> previous) {
    return new Following(step, previous, new Form.Direct());
  }

  public boolean isDirect() {
    return form instanceof Form.Direct;
  }

  /** The positions of its other operands. */
  public List<Integer> others() {
    return IntStream.range(0, step.operandTypes().size())
        .filter(i -> !previous.contains(i))
        .boxed()
        .toList();
  }
}
