package org.signet.op;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * Keys and their values, each a run of elements of a fixed length, in the order in which the keys
 * came. Element types are those of the table; for one thread at a time.
 */
final class TableRows {
  private final int keyWidth;
  private final int valueWidth;
  private Map<Object, Integer> rowOf = new LinkedHashMap<>();
  private Deque<Integer> free = new ArrayDeque<>();
  private Tensor keys;
  private Tensor values;
  private int capacity;

  /** Whether a checkpoint holds on to what is there. */
  private boolean shared;

  /**
   * @param keyWidth elements of a key
   * @param valueWidth elements of a value
   */
  TableRows(DType key, int keyWidth, DType value, int valueWidth) {
    this.keyWidth = keyWidth;
    this.valueWidth = valueWidth;
    this.keys = Tensor.zeros(key, 0);
    this.values = Tensor.zeros(value, 0);
  }

  /** What brings back the rows of now; they are copied before the next change. */
  Runnable checkpoint() {
    Map<Object, Integer> oldRowOf = rowOf;
    Deque<Integer> oldFree = free;
    Tensor oldKeys = keys;
    Tensor oldValues = values;
    int oldCapacity = capacity;
    shared = true;
    return () -> {
      rowOf = oldRowOf;
      free = oldFree;
      keys = oldKeys;
      values = oldValues;
      capacity = oldCapacity;
    };
  }

  /** Called before every change. */
  private void own() {
    if (shared) {
      rowOf = new LinkedHashMap<>(rowOf);
      free = new ArrayDeque<>(free);
      keys = keys.copy();
      values = values.copy();
      shared = false;
    }
  }

  int size() {
    return rowOf.size();
  }

  void clear() {
    own();
    rowOf.clear();
    free.clear();
    capacity = 0;
    keys = Tensor.zeros(keys.dtype(), 0);
    values = Tensor.zeros(values.dtype(), 0);
  }

  /** What stands for key {@code i} of a tensor in maps: equal for equal keys only. */
  static Object key(Tensor keys, int i, int width) {
    if (width == 1) {
      return element(keys, i);
    }
    List<Object> elements = new ArrayList<>(width);
    for (int k = 0; k < width; k++) {
      elements.add(element(keys, i * width + k));
    }
    return elements;
  }

  private static Object element(Tensor keys, int i) {
    return switch (keys.dtype()) {
      case STRING -> ByteBuffer.wrap(keys.strings()[i]);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> keys.getDouble(i);
      default -> keys.getLong(i);
    };
  }

  boolean contains(Tensor someKeys, int i) {
    return rowOf.containsKey(key(someKeys, i, keyWidth));
  }

  /** Copies the value of key {@code i} to value {@code at} of a tensor; whether there is one. */
  boolean read(Tensor someKeys, int i, Tensor target, int at) {
    Integer row = rowOf.get(key(someKeys, i, keyWidth));
    if (row == null) {
      return false;
    }
    Elements.copy(values, row * valueWidth, target, at * valueWidth, valueWidth);
    return true;
  }

  /** Whether key {@code i} has a value that differs from value {@code i} of {@code someValues}. */
  boolean contradicts(Tensor someKeys, Tensor someValues, int i) {
    Integer row = rowOf.get(key(someKeys, i, keyWidth));
    return row != null && !key(values, row, valueWidth).equals(key(someValues, i, valueWidth));
  }

  /** Key {@code i}, for people. */
  String keyText(Tensor someKeys, int i) {
    return text(someKeys, i, keyWidth);
  }

  /** Value {@code i}, for people. */
  String valueText(Tensor someValues, int i) {
    return text(someValues, i, valueWidth);
  }

  /** The value that key {@code i} has, for people. */
  String foundText(Tensor someKeys, int i) {
    Integer row = rowOf.get(key(someKeys, i, keyWidth));
    return row == null ? "none" : text(values, row, valueWidth);
  }

  private static String text(Tensor tensor, int i, int width) {
    if (width != 1) {
      return "of row " + i;
    }
    return tensor.dtype() == DType.STRING
        ? new String(tensor.strings()[i], StandardCharsets.UTF_8)
        : element(tensor, i).toString();
  }

  /** Gives key {@code i} value {@code i} in place of any that it has. */
  void put(Tensor someKeys, Tensor someValues, int i) {
    own();
    Object key = key(someKeys, i, keyWidth);
    Integer row = rowOf.get(key);
    if (row == null) {
      row = free.isEmpty() ? rowOf.size() : free.remove();
      grow(row + 1);
      Elements.copy(someKeys, i * keyWidth, keys, row * keyWidth, keyWidth);
      rowOf.put(key(keys, row, keyWidth), row); // on an array of its own
    }
    Elements.copy(someValues, i * valueWidth, values, row * valueWidth, valueWidth);
  }

  private void grow(int rows) {
    if (rows > capacity) {
      capacity = Math.max(rows, Math.max(8, Math.multiplyExact(capacity, 2)));
      keys = longer(keys, capacity * keyWidth);
      values = longer(values, Math.multiplyExact(capacity, valueWidth));
    }
  }

  private static Tensor longer(Tensor tensor, int size) {
    Tensor longer = Tensor.zeros(tensor.dtype(), size);
    Elements.copy(tensor, 0, longer, 0, tensor.size());
    return longer;
  }

  void remove(Tensor someKeys, int i) {
    own();
    Integer row = rowOf.remove(key(someKeys, i, keyWidth));
    if (row != null) {
      free.add(row);
    }
  }

  /** Copies all keys and values, in order, to the rows of the targets that {@code at} names. */
  void export(Tensor targetKeys, Tensor targetValues, int... at) {
    int next = 0;
    for (int row : rowOf.values()) {
      Elements.copy(keys, row * keyWidth, targetKeys, at[next] * keyWidth, keyWidth);
      Elements.copy(values, row * valueWidth, targetValues, at[next] * valueWidth, valueWidth);
      next++;
    }
  }

  /** The keys in order, as a tensor of {@code size() * keyWidth} elements. */
  Tensor keysInOrder() {
    Tensor all = Tensor.zeros(keys.dtype(), size() * keyWidth);
    int next = 0;
    for (int row : rowOf.values()) {
      Elements.copy(keys, row * keyWidth, all, next++ * keyWidth, keyWidth);
    }
    return all;
  }

  /** 0, 1, 2 and so on. */
  static int[] inOrder(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }
}
