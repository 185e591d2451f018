package org.signet.kernel.dense;

import java.util.Optional;
import org.signet.tensor.Tensor;

/**
 * An operand that is the same for all pixels: element {@code i} of the result meets {@code values[i
 * % length]}. A short one is repeated, for loops that step through both operands.
 *
 * @param values the elements
 * @param length how many there are
 */
@SuppressWarnings("ArrayRecordComponent")
record Cycle(float[] values, int length) {
  /** Elements of a cycle at least. */
  private static final int LEAST = 512;

  /**
   * The operand as a cycle.
   *
   * @param shape of the result
   * @return empty if it is neither a single element nor a vector along the last dimension
   */
  static Optional<Cycle> of(Tensor operand, int[] shape) {
    int channels = operand.size() == 1 ? 1 : shape.length == 0 ? 0 : shape[shape.length - 1];
    boolean isVector =
        operand.size() == channels
            && operand.rank() <= shape.length
            && (channels == 1 || operand.dim(-1) == channels);
    if (!isVector) {
      return Optional.empty();
    }
    if (channels >= LEAST) {
      return Optional.of(new Cycle(operand.floats(), channels));
    }
    float[] repeated = new float[Math.ceilDiv(LEAST, channels) * channels];
    for (int i = 0; i < repeated.length; i += channels) {
      System.arraycopy(operand.floats(), 0, repeated, i, channels);
    }
    return Optional.of(new Cycle(repeated, repeated.length));
  }

  /**
   * Computes a function of {@code count} elements of {@code x}, from {@code at} on, and of this.
   *
   * @param isFirst whether those of {@code x} come first
   */
  void run(Binary.Loop loop, boolean isFirst, float[] x, float[] out, int at, int count) {
    for (int i = at; i < at + count; ) {
      int from = i % length;
      int run = Math.min(length - from, at + count - i);
      if (isFirst) {
        loop.run(x, i, values, from, out, i, run);
      } else {
        loop.run(values, from, x, i, out, i, run);
      }
      i += run;
    }
  }
}
