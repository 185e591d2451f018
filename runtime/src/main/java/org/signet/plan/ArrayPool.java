package org.signet.plan;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * The arrays of one activation, used again as soon as no tensor is left on them.
 *
 * <p>Several tensors may lie on one array (a reshape copies nothing), so tensors are counted by the
 * identity of their array. Arrays that did not come from here are ignored. Between runs the arrays
 * that the last run used are kept. Not thread-safe.
 */
final class ArrayPool {
  /** Shorter arrays are rounded up to this, longer ones by at most an eighth. */
  private static final int SHORTEST = 64;

  /** A free array is taken if it is at most this many times as long as needed. */
  private static final int MAX_WASTE = 2;

  private static final int LONGEST_ROUNDED = 1 << 30;

  /** How many tensors lie on each array in use. */
  private final IdentityHashMap<Object, Count> used = new IdentityHashMap<>();

  /** Free arrays by kind and length. */
  private final Map<Class<?>, TreeMap<Integer, ArrayDeque<Object>>> free = new HashMap<>();

  private final Set<Object> takenInThisRun = Collections.newSetFromMap(new IdentityHashMap<>());

  /** An array of the pool and the number of tensors on it. */
  private static final class Count {
    private final int length;
    private int tensors;

    private Count(int length) {
      this.length = length;
    }
  }

  /**
   * An array with room for {@code elements}; its contents are undefined. No tensor is counted on it
   * yet.
   */
  Object take(DType dtype, int elements) {
    if (dtype.bytes() == 0) {
      // Arrays of references would keep alive what they refer to.
      return Tensor.newArray(dtype, elements);
    }
    int length = rounded(Math.multiplyExact(elements, Tensor.lanes(dtype)));
    Object array = takeFree(kind(dtype), length);
    if (array == null) {
      array = Tensor.newArray(dtype, length / Tensor.lanes(dtype));
      used.put(array, new Count(length));
    }
    takenInThisRun.add(array);
    return array;
  }

  private @Nullable Object takeFree(Class<?> kind, int length) {
    TreeMap<Integer, ArrayDeque<Object>> lengths = free.get(kind);
    Map.Entry<Integer, ArrayDeque<Object>> fitting =
        lengths == null ? null : lengths.ceilingEntry(length);
    if (lengths == null || fitting == null || fitting.getKey() > (long) length * MAX_WASTE) {
      return null;
    }
    Object array = fitting.getValue().pop();
    if (fitting.getValue().isEmpty()) {
      lengths.remove(fitting.getKey());
    }
    used.put(array, new Count(fitting.getKey()));
    return array;
  }

  /** A multiple of an eighth of the power of two below; always even, so that pairs fit. */
  private static int rounded(int length) {
    if (length <= SHORTEST || length > LONGEST_ROUNDED) {
      return Math.max(length, SHORTEST);
    }
    int unit = Integer.highestOneBit(length) / 8;
    return Math.ceilDiv(length, unit) * unit;
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
    Count count = used.get(array);
    if (count != null) {
      count.tensors++;
    }
  }

  /** Counts one tensor less; an array without tensors is free. */
  void release(Object array) {
    Count count = used.get(array);
    if (count != null && --count.tensors <= 0) {
      used.remove(array);
      free.computeIfAbsent(array.getClass(), _ -> new TreeMap<>())
          .computeIfAbsent(count.length, _ -> new ArrayDeque<>())
          .push(array);
    }
  }

  /** Gives an array away: it will not be used again. */
  void giveAway(Object array) {
    used.remove(array);
    takenInThisRun.remove(array);
  }

  /**
   * Ends a run: arrays that it did not need are dropped, those that nobody released are given away.
   */
  void endRun() {
    used.clear();
    for (TreeMap<Integer, ArrayDeque<Object>> lengths : free.values()) {
      lengths.values().forEach(arrays -> arrays.removeIf(array -> !takenInThisRun.contains(array)));
      lengths.values().removeIf(ArrayDeque::isEmpty);
    }
    takenInThisRun.clear();
  }
}
