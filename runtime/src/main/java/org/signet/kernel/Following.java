package org.signet.kernel;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A step that alone needs the result of another one.
 *
 * @param step the step
 * @param previous which of its operands that result is
 * @param gated whether the step multiplies that result by its own LOGISTIC; then both are among
 *     {@code previous}
 */
public record Following(Step step, List<Integer> previous, boolean gated) {
  public Following {
    previous = List.copyOf(previous);
  }

  /** The positions of its other operands. */
  public List<Integer> others() {
    return IntStream.range(0, step.operandTypes().size())
        .filter(i -> !previous.contains(i))
        .boxed()
        .toList();
  }
}
