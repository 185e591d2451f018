package org.signet.op;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A table of a session, which a resource tensor refers to: {@link StaticTable}, {@link
 * MutableTable} or {@link DenseTable}. For one thread at a time. An operation that fails leaves the
 * table as it was.
 */
public abstract class LookupTable implements SessionValue {
  private static final String KEYS = "keys";
  private static final String VALUES = "values";

  private final DType keyType;
  private final DType valueType;
  private final int[] keyShape;
  private final int[] valueShape;
  final TableRows rows;

  /**
   * @param keyShape the shape of one key
   * @param valueShape the shape of one value
   */
  LookupTable(DType keyType, int[] keyShape, DType valueType, int[] valueShape) {
    this.keyType = keyType;
    this.valueType = valueType;
    this.keyShape = keyShape.clone();
    this.valueShape = valueShape.clone();
    this.rows =
        new TableRows(
            keyType,
            Math.toIntExact(Shape.elements(keyShape)),
            valueType,
            Math.toIntExact(Shape.elements(valueShape)));
  }

  /**
   * Makes result 0 a handle of the table of that name in the session, which {@code initial} makes
   * if it is new.
   *
   * @param shape the handle's shape, of one element
   * @throws IllegalArgumentException if the table has other types
   */
  public static void setHandle(
      OpCall call, String name, Supplier<? extends LookupTable> initial, int... shape) {
    LookupTable wanted = initial.get();
    LookupTable table = call.state().get("table " + name, LookupTable.class, () -> wanted);
    Shapes.require(
        table.keyType == wanted.keyType && table.valueType == wanted.valueType,
        "table '%s' maps %s to %s, not %s to %s; tables of other types need names of their own",
        name,
        table.keyType,
        table.valueType,
        wanted.keyType,
        wanted.valueType);
    call.result(0, Tensor.wrap(DType.RESOURCE, new Object[] {table}, shape));
  }

  @Override
  public Runnable checkpoint() {
    return rows.checkpoint();
  }

  @Override
  public Map<String, Tensor> contents() {
    Tensor keys = Tensor.zeros(keyType, withRows(size(), keyShape));
    Tensor values = Tensor.zeros(valueType, withRows(size(), valueShape));
    rows.export(keys, values, TableRows.inOrder(size()));
    return Map.of(KEYS, keys, VALUES, values);
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    Tensor keys = contents.get(KEYS);
    Tensor values = contents.get(VALUES);
    rows.clear();
    if (keys == null || values == null) {
      return;
    }
    int count = checkKeys(keys);
    checkValues(keys, values, count);
    for (int i = 0; i < count; i++) {
      rows.put(keys, values, i);
    }
  }

  /**
   * The table that operand {@code i}, a resource tensor of one element, refers to.
   *
   * @throws IllegalArgumentException if it refers to something else
   */
  public static LookupTable operand(OpCall call, int i) {
    Tensor handle = call.operand(i);
    Shapes.require(
        handle.dtype() == DType.RESOURCE && handle.size() == 1, "operand %s is no resource", i);
    if (handle.objects()[0] instanceof LookupTable table) {
      return table;
    }
    throw new IllegalArgumentException("operand " + i + " is a resource, but no table");
  }

  /** The number of entries. */
  public int size() {
    return rows.size();
  }

  /** Whether there is an entry for element {@code i} of {@code keys}. */
  public final boolean contains(Tensor keys, int i) {
    checkKeys(keys);
    return rows.contains(keys, i);
  }

  /**
   * Sets result 0 to the values of the keys in operand 1; those without have the default, operand
   * 2: one value, or one for each key.
   */
  public final void find(OpCall call) {
    Tensor keys = call.operand(1);
    Tensor fallback = call.operand(2);
    int count = checkKeys(keys);
    Shapes.require(
        fallback.dtype() == valueType, "the default is %s, not %s", fallback.type(), valueType);
    int width = valueWidth();
    boolean each = usesEachDefault() && fallback.size() == count * width && fallback.size() > width;
    if (fallback.size() != width && fallback.size() != count * width) {
      throw new IllegalArgumentException(
          "Expected shape %s or %s for default value, got %s"
              .formatted(
                  Shapes.tight(valueShape),
                  Shapes.tight(resultShape(keys)),
                  Shapes.tight(fallback.shape())));
    }
    requireReadable(keys, count);
    Tensor result = call.result(0, valueType, resultShape(keys));
    for (int i = 0; i < count; i++) {
      if (!rows.read(keys, i, result, i)) {
        Elements.copy(fallback, each ? i * width : 0, result, i * width, width);
      }
    }
  }

  /** Whether a default for each key is taken as such; TensorFlow's static tables take the first. */
  boolean usesEachDefault() {
    return true;
  }

  /** Adds entries, or changes their values: keys in operand 1, values in operand 2. */
  public final void insert(OpCall call) {
    insert(call.operand(1), call.operand(2));
  }

  final void insert(Tensor keys, Tensor values) {
    int count = checkKeys(keys);
    checkValues(keys, values, count);
    requireWritable(keys, values, count);
    for (int i = 0; i < count; i++) {
      rows.put(keys, values, i);
    }
    changed(count);
  }

  /** Replaces all entries: keys in operand 1, values in operand 2. */
  public abstract void importAll(OpCall call);

  /** Removes the keys in operand 1, as far as they are there. */
  public void remove(OpCall call) {
    Tensor keys = call.operand(1);
    int count = checkKeys(keys);
    requireReadable(keys, count);
    for (int i = 0; i < count; i++) {
      rows.remove(keys, i);
    }
  }

  /** Sets result 0 to the keys and result 1 to the values, in the order in which keys came. */
  public void export(OpCall call) {
    Tensor keys = call.result(0, keyType, withRows(size(), keyShape));
    Tensor values = call.result(1, valueType, withRows(size(), valueShape));
    rows.export(keys, values, TableRows.inOrder(size()));
  }

  /**
   * @throws IllegalArgumentException if these keys can't be looked up or removed
   */
  void requireReadable(Tensor keys, int count) {}

  /**
   * @throws IllegalArgumentException if these entries can't be added
   */
  void requireWritable(Tensor keys, Tensor values, int count) {}

  /** Told after {@code count} entries came. */
  void changed(int count) {}

  final DType keyType() {
    return keyType;
  }

  final DType valueType() {
    return valueType;
  }

  final int[] keyShape() {
    return keyShape.clone();
  }

  final int[] valueShape() {
    return valueShape.clone();
  }

  final int keyWidth() {
    return Math.toIntExact(Shape.elements(keyShape));
  }

  final int valueWidth() {
    return Math.toIntExact(Shape.elements(valueShape));
  }

  /** Checks the type of keys, and that their last dimensions are a key's; how many they are. */
  final int checkKeys(Tensor keys) {
    int[] shape = keys.shape();
    int outer = shape.length - keyShape.length;
    boolean fits = keys.dtype() == keyType && outer >= 0;
    for (int d = 0; fits && d < keyShape.length; d++) {
      fits = shape[outer + d] == keyShape[d];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Table key dtype must be %s of shape %s, not %s"
              .formatted(keyType, Shapes.text(keyShape), keys.type()));
    }
    return Shapes.product(shape, 0, outer);
  }

  final void checkValues(Tensor keys, Tensor values, int count) {
    Shapes.require(
        values.dtype() == valueType,
        "Table value dtype must be %s, not %s",
        valueType,
        values.type());
    if (values.size() != count * valueWidth()) {
      throw new IllegalArgumentException(
          "Expected shape %s for value, got %s"
              .formatted(Shapes.tight(resultShape(keys)), Shapes.tight(values.shape())));
    }
  }

  private int[] resultShape(Tensor keys) {
    int[] shape = keys.shape();
    int outer = shape.length - keyShape.length;
    int[] result = Arrays.copyOf(shape, outer + valueShape.length);
    System.arraycopy(valueShape, 0, result, outer, valueShape.length);
    return result;
  }

  static int[] withRows(int count, int... shape) {
    int[] all = new int[shape.length + 1];
    all[0] = count;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return all;
  }
}
