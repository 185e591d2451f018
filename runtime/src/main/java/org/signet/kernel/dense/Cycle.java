package org.signet.kernel.dense;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;

/**
 * An operand whose elements are met in turn, each by {@code each} elements of the result: element
 * {@code i} meets {@code values[i / each % length]}. That is one as large as the result, one that
 * is the same for all pixels, or one with an element for each pixel.
 */
final class Cycle {
  /** Elements that a loop steps through at once, if there are so many. */
  private static final int LEAST = 512;

  /** Elements that one has to meet to be worth a loop of its own. */
  private static final int LEAST_SPREAD = 8;

  /** Threads that find room for their own: more must make it each time. */
  private static final int ROOMS = 16;

  /** The operand's elements, and how often each is met before the next. */
  private final int ownLength;

  private final int ownEach;

  /** A short cycle, written out as often as is worth it; else empty. */
  private final float[] repeated;

  /** What elements meet: the operand's elements, or {@link #repeated}. */
  private float[] values = new float[0];

  private final int length;
  private final int each;

  /** Arrays for one thread each to write elements to, as often as they are met. */
  private final AtomicReferenceArray<float @Nullable []> rooms = new AtomicReferenceArray<>(ROOMS);

  private Cycle(int length, int each, int[] shape) {
    ownLength = length;
    ownEach = each;
    int cycle = length * each;
    int size = Shapes.product(shape, 0, shape.length);
    boolean isShort = cycle < LEAST && cycle != size;
    repeated = new float[isShort ? Math.ceilDiv(Math.min(LEAST, size), cycle) * cycle : 0];
    this.length = isShort ? repeated.length : length;
    this.each = isShort ? 1 : each;
  }

  /**
   * An operand of this shape as a cycle, to {@link #begin} with its values.
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
    return Optional.of(new Cycle(operand.size(), each, shape));
  }

  /** Takes the operand of a call. */
  void begin(Tensor operand) {
    values = operand.floats();
    if (repeated.length > 0) {
      int cycle = ownLength * ownEach;
      write(0, cycle, repeated);
      for (int done = cycle; done < repeated.length; done += done) {
        System.arraycopy(repeated, 0, repeated, done, Math.min(done, repeated.length - done));
      }
      values = repeated;
    }
  }

  /** Writes what {@code count} elements from {@code at} on meet. */
  private void write(int at, int count, float[] to) {
    int element = at / ownEach % ownLength;
    int left = ownEach - at % ownEach;
    for (int i = 0; i < count; ) {
      int run = Math.min(left, count - i);
      Arrays.fill(to, i, i + run, values[element]);
      i += run;
      left = ownEach;
      element = element + 1 < ownLength ? element + 1 : 0;
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
    if (each >= LEAST_SPREAD && spread(loop, isFirst, x, at, out, to, count)) {
      return;
    }
    float[] met = each == 1 ? values : takeRoom();
    for (int i = at, run; i < at + count; i += run) {
      int from = each == 1 ? i % length : 0;
      run = Math.min((each == 1 ? length : LEAST) - from, at + count - i);
      if (each > 1) {
        write(i, run, met);
      }
      int rows = (at + count - i) / length;
      if (each == 1 && from == 0 && rows > 1) {
        run = rows * length;
        if (isFirst) {
          loop.runRows(x, i, length, met, 0, 0, out, i - at + to, length, rows, length);
        } else {
          loop.runRows(met, 0, 0, x, i, length, out, i - at + to, length, rows, length);
        }
      } else if (isFirst) {
        loop.run(x, i, met, from, out, i - at + to, run);
      } else {
        loop.run(met, from, x, i, out, i - at + to, run);
      }
    }
    if (each > 1) {
      giveRoom(met);
    }
  }

  /** By a loop that lets one element meet many, if there is one. */
  private boolean spread(
      Combination.Loop loop, boolean isFirst, float[] x, int at, float[] out, int to, int count) {
    int end = at + count;
    for (int i = at, rows, run; i < end; i += rows * run) {
      int element = i / each % length;
      boolean isWhole = i % each == 0 && end - i >= each;
      run = isWhole ? each : Math.min(each - i % each, end - i);
      rows = isWhole ? Math.min((end - i) / each, length - element) : 1;
      boolean done =
          isFirst
              ? loop.runSpread(
                  x, i, each, values, element, 1, out, i - at + to, each, rows, run, false)
              : loop.runSpread(
                  values, element, 1, x, i, each, out, i - at + to, each, rows, run, true);
      if (!done) {
        return false;
      }
    }
    return true;
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
    if (isFirst) {
      loop.runRows(out, at, step, values, from, own, out, at, step, rows, count);
    } else {
      loop.runRows(values, from, own, out, at, step, out, at, step, rows, count);
    }
    return true;
  }

  private float[] takeRoom() {
    for (int i = 0; i < ROOMS; i++) {
      float[] free = rooms.getAndSet(i, null);
      if (free != null) {
        return free;
      }
    }
    return new float[LEAST];
  }

  private void giveRoom(float[] room) {
    for (int i = 0; i < ROOMS; i++) {
      if (rooms.compareAndSet(i, null, room)) {
        return;
      }
    }
  }
}
