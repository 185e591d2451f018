package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * An operand whose elements are met in turn, each by {@code each} elements of the result: element
 * {@code i} meets {@code values[i / each % length]}. That is one as large as the result, one that
 * is the same for all pixels, or one with an element for each pixel.
 *
 * @param values the elements
 * @param length how many there are
 * @param each how often each is met before the next
 * @param room an array for one thread to write elements to, as often as they are met
 */
@SuppressWarnings("ArrayRecordComponent")
record Cycle(float[] values, int length, int each, AtomicReference<float @Nullable []> room) {
  /** Elements that a loop steps through at once, if there are so many. */
  private static final int LEAST = 512;

  private Cycle(float[] values, int length, int each) {
    this(values, length, each, new AtomicReference<>());
  }

  /**
   * The operand as a cycle.
   *
   * @param shape of the result
   * @return empty if the operand is broadcast along a dimension between others, if it does not fit
   *     the shape, or if there are no elements
   */
  static Optional<Cycle> of(Tensor operand, int[] shape) {
    int[] own = operand.shape();
    int missing = shape.length - own.length;
    int first = 0;
    while (first < own.length && own[first] == 1) {
      first++;
    }
    int end = own.length;
    while (end > first && own[end - 1] == 1) {
      end--;
    }
    if (missing < 0
        || !Arrays.equals(own, first, end, shape, missing + first, missing + end)
        || Shapes.product(shape, 0, shape.length) == 0) {
      return Optional.empty();
    }
    int each = Shapes.product(shape, missing + end, shape.length);
    return Optional.of(new Cycle(operand.floats(), operand.size(), each).repeated(shape));
  }

  /** The same, for the result's shape, with a short cycle written out as often as is worth it. */
  private Cycle repeated(int[] shape) {
    int cycle = length * each;
    int size = Shapes.product(shape, 0, shape.length);
    if (cycle >= LEAST || cycle == size) {
      return this;
    }
    float[] repeated = new float[Math.ceilDiv(Math.min(LEAST, size), cycle) * cycle];
    write(0, cycle, repeated);
    for (int done = cycle; done < repeated.length; done += done) {
      System.arraycopy(repeated, 0, repeated, done, Math.min(done, repeated.length - done));
    }
    return new Cycle(repeated, repeated.length, 1);
  }

  /** Writes what {@code count} elements from {@code at} on meet. */
  private void write(int at, int count, float[] to) {
    int element = at / each % length;
    int left = each - at % each;
    for (int i = 0; i < count; ) {
      int run = Math.min(left, count - i);
      Arrays.fill(to, i, i + run, values[element]);
      i += run;
      left = each;
      element = element + 1 < length ? element + 1 : 0;
    }
  }

  /**
   * Computes a function of {@code count} elements of {@code x}, from {@code at} on, and of this.
   *
   * @param isFirst whether those of {@code x} come first
   */
  void run(Combination.Loop loop, boolean isFirst, float[] x, float[] out, int at, int count) {
    run(loop, isFirst, x, at, out, at, count);
  }

  /** The same, but writes the results from {@code to} on. */
  void run(
      Combination.Loop loop, boolean isFirst, float[] x, int at, float[] out, int to, int count) {
    float[] met = each == 1 ? values : takeRoom();
    for (int i = at, run; i < at + count; i += run) {
      int from = each == 1 ? i % length : 0;
      run = Math.min((each == 1 ? length : LEAST) - from, at + count - i);
      if (each > 1) {
        write(i, run, met);
      }
      if (isFirst) {
        loop.run(x, i, met, from, out, i - at + to, run);
      } else {
        loop.run(met, from, x, i, out, i - at + to, run);
      }
    }
    if (each > 1) {
      room.set(met);
    }
  }

  /**
   * The same for rows of {@code out}, which lie {@code step} apart, at once.
   *
   * @return whether that was possible: if each row meets elements that lie one after the other
   */
  boolean runRows(
      Combination.Loop loop, boolean isFirst, float[] out, int at, int step, int rows, int count) {
    int from = at % length;
    boolean same = step % length == 0;
    int own = same ? 0 : step;
    if (each > 1 || from + (long) own * (rows - 1) + count > length) {
      return false;
    }
    ElementRows result = new ElementRows(out, at, step);
    ElementRows met = new ElementRows(values, from, own);
    loop.runRows(isFirst ? result : met, isFirst ? met : result, result, rows, count);
    return true;
  }

  private float[] takeRoom() {
    float[] free = room.getAndSet(null);
    return free == null ? new float[LEAST] : free;
  }
}
