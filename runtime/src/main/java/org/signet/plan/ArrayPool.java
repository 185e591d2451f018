package org.signet.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The arrays of one activation, used again as soon as no tensor is left on them.
 *
 * <p>Several tensors may lie on one array (a reshape copies nothing), so tensors are counted by the
 * identity of their array. Arrays that did not come from here are ignored. Between runs the arrays
 * that the last run used are kept, so that one like it allocates none. Not thread-safe.
 */
final class ArrayPool {
  /** Shorter arrays are rounded up to this, longer ones by at most an eighth. */
  private static final int SHORTEST = 64;

  /** Lengths from a power of two to below the next. */
  private static final int STEPS = 8;

  /**
   * A free array is taken if it is at most so many lengths longer than needed, that is twice as
   * long.
   */
  private static final int MOST_STEPS = STEPS;

  /** Longer arrays are not kept. */
  private static final int LONGEST = 1 << 30;

  /** Kinds of arrays: floats, doubles, bytes, shorts, ints, longs. */
  private static final int KINDS = 6;

  /** The arrays in use and those free. */
  private final IdentityHashMap<Object, PooledArray> arrays = new IdentityHashMap<>();

  private final List<PooledArray> all = new ArrayList<>();
  private final List<Lengths> free = Stream.generate(Lengths::new).limit(KINDS).toList();
  private int run;

  /** Free arrays of one kind, by length. */
  private static final class Lengths {
    private final List<ArrayDeque<PooledArray>> bySteps = new ArrayList<>();

    private @Nullable PooledArray take(int step) {
      int end = Math.min(step + MOST_STEPS + 1, bySteps.size());
      for (int i = step; i < end; i++) {
        PooledArray found = bySteps.get(i).poll();
        if (found != null) {
          found.isFree = false;
          return found;
        }
      }
      return null;
    }

    private void add(PooledArray array) {
      while (bySteps.size() <= array.step()) {
        bySteps.add(new ArrayDeque<>());
      }
      bySteps.get(array.step()).push(array);
      array.isFree = true;
    }

    private void remove(PooledArray array) {
      bySteps.get(array.step()).remove(array);
    }
  }

  /**
   * An array with room for {@code elements}; its contents are undefined. No tensor is counted on it
   * yet.
   */
  PooledArray take(DType dtype, int elements) {
    int needed = Math.multiplyExact(elements, Tensor.lanes(dtype));
    if (dtype.bytes() == 0 || needed > LONGEST) {
      // Arrays of references would keep alive what they refer to.
      return new PooledArray(Tensor.newArray(dtype, elements), 0, PooledArray.UNKEPT);
    }
    int step = step(needed);
    int kind = kind(dtype);
    PooledArray taken = free.get(kind).take(step);
    if (taken == null) {
      Object array = Tensor.newArray(dtype, length(step) / Tensor.lanes(dtype));
      taken = new PooledArray(array, kind, step);
      arrays.put(array, taken);
      all.add(taken);
    }
    taken.tensors = 0;
    taken.run = run;
    return taken;
  }

  /** The array that a tensor made elsewhere lies on, if it came from here. */
  @Nullable PooledArray find(Object array) {
    return arrays.get(array);
  }

  /** The number of the shortest length that suffices. */
  private static int step(int needed) {
    if (needed <= SHORTEST) {
      return 0;
    }
    int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(needed);
    int eighth = (1 << exponent) / STEPS;
    int above = Math.ceilDiv(needed - (1 << exponent), eighth);
    int shortest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(SHORTEST);
    return (exponent - shortest) * STEPS + above;
  }

  /** A multiple of an eighth of the power of two below; always even, so that pairs fit. */
  private static int length(int step) {
    int power = SHORTEST << (step / STEPS);
    return power + step % STEPS * (power / STEPS);
  }

  private static int kind(DType dtype) {
    return switch (dtype) {
      case FLOAT32, COMPLEX64 -> 0;
      case FLOAT64, COMPLEX128 -> 1;
      case INT8, UINT8, BOOL, INT4, QINT8, QUINT8 -> 2;
      case INT16, UINT16, FLOAT16, BFLOAT16, QINT16, QUINT16 -> 3;
      case INT32, UINT32, QINT32 -> 4;
      case INT64, UINT64 -> 5;
      case STRING, RESOURCE, VARIANT -> throw new IllegalArgumentException(dtype + " is not kept");
    };
  }

  /** Counts one more tensor on this array. */
  void retain(@Nullable PooledArray array) {
    if (array != null) {
      array.tensors++;
    }
  }

  /** Counts one tensor less; an array without tensors is free. */
  void release(@Nullable PooledArray array) {
    if (array != null && !array.isFree && --array.tensors <= 0 && array.isKept()) {
      free.get(array.kind()).add(array);
    }
  }

  /** Gives an array away: it will not be used again. */
  void giveAway(@Nullable PooledArray array) {
    if (array != null && array.isKept()) {
      arrays.remove(array.array());
      all.remove(array);
      array.giveAway();
    }
  }

  /**
   * Ends a run: arrays that it did not need are dropped, those that nobody released are given away.
   */
  void endRun() {
    for (int i = all.size() - 1; i >= 0; i--) {
      PooledArray array = all.get(i);
      if (array.isFree && array.run == run) {
        continue;
      }
      if (array.isFree) {
        free.get(array.kind()).remove(array);
      }
      arrays.remove(array.array());
      all.remove(i);
      array.giveAway();
    }
    run++;
  }
}
