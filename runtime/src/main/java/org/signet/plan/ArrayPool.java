package org.signet.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

  /** The arrays in use and those free. */
  private final IdentityHashMap<Object, Entry> entries = new IdentityHashMap<>();

  private final List<Entry> all = new ArrayList<>();
  private final Map<Class<?>, Lengths> free = new HashMap<>();
  private int run;

  /** An array and the number of tensors on it. */
  private static final class Entry {
    private final Object array;
    private final int step;
    private int tensors;
    private boolean isFree;

    /** The run that took it last. */
    private int run;

    private Entry(Object array, int step) {
      this.array = array;
      this.step = step;
    }
  }

  /** Free arrays of one kind, by length. */
  private static final class Lengths {
    private final List<ArrayDeque<Entry>> bySteps = new ArrayList<>();

    private @Nullable Entry take(int step) {
      int end = Math.min(step + MOST_STEPS + 1, bySteps.size());
      for (int i = step; i < end; i++) {
        Entry entry = bySteps.get(i).poll();
        if (entry != null) {
          entry.isFree = false;
          return entry;
        }
      }
      return null;
    }

    private void add(Entry entry) {
      while (bySteps.size() <= entry.step) {
        bySteps.add(new ArrayDeque<>());
      }
      bySteps.get(entry.step).push(entry);
      entry.isFree = true;
    }

    private void remove(Entry entry) {
      bySteps.get(entry.step).remove(entry);
    }
  }

  /**
   * An array with room for {@code elements}; its contents are undefined. No tensor is counted on it
   * yet.
   */
  Object take(DType dtype, int elements) {
    int needed = Math.multiplyExact(elements, Tensor.lanes(dtype));
    if (dtype.bytes() == 0 || needed > LONGEST) {
      // Arrays of references would keep alive what they refer to.
      return Tensor.newArray(dtype, elements);
    }
    int step = step(needed);
    Entry entry = lengths(kind(dtype)).take(step);
    if (entry == null) {
      entry = new Entry(Tensor.newArray(dtype, length(step) / Tensor.lanes(dtype)), step);
      entries.put(entry.array, entry);
      all.add(entry);
    }
    entry.tensors = 0;
    entry.run = run;
    return entry.array;
  }

  private Lengths lengths(Class<?> kind) {
    return free.computeIfAbsent(kind, _ -> new Lengths());
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

  private static Class<?> kind(DType dtype) {
    return switch (dtype) {
      case FLOAT32, COMPLEX64 -> float[].class;
      case FLOAT64, COMPLEX128 -> double[].class;
      case INT8, UINT8, BOOL, INT4, QINT8, QUINT8 -> byte[].class;
      case INT16, UINT16, FLOAT16, BFLOAT16, QINT16, QUINT16 -> short[].class;
      case INT32, UINT32, QINT32 -> int[].class;
      case INT64, UINT64 -> long[].class;
      case STRING, RESOURCE, VARIANT -> Object[].class;
    };
  }

  /** Counts one more tensor on this array. */
  void retain(Object array) {
    Entry entry = entries.get(array);
    if (entry != null) {
      entry.tensors++;
    }
  }

  /** Counts one tensor less; an array without tensors is free. */
  void release(Object array) {
    Entry entry = entries.get(array);
    if (entry != null && !entry.isFree && --entry.tensors <= 0) {
      lengths(array.getClass()).add(entry);
    }
  }

  /** Gives an array away: it will not be used again. */
  void giveAway(Object array) {
    Entry entry = entries.remove(array);
    if (entry != null) {
      all.remove(entry);
    }
  }

  /**
   * Ends a run: arrays that it did not need are dropped, those that nobody released are given away.
   */
  void endRun() {
    for (int i = all.size() - 1; i >= 0; i--) {
      Entry entry = all.get(i);
      if (entry.isFree && entry.run == run) {
        continue;
      }
      if (entry.isFree) {
        lengths(entry.array.getClass()).remove(entry);
      }
      entries.remove(entry.array);
      all.remove(i);
    }
    run++;
  }
}
