package org.signet.op;

import java.util.Map;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/** A table that is filled once and only read afterwards. */
public final class StaticTable extends LookupTable {
  private boolean initialized;

  public StaticTable(DType keyType, DType valueType) {
    super(keyType, new int[0], valueType, new int[0]);
  }

  @Override
  public Runnable checkpoint() {
    boolean before = initialized;
    Runnable earlierRows = super.checkpoint();
    return () -> {
      initialized = before;
      earlierRows.run();
    };
  }

  @Override
  public Map<String, Tensor> contents() {
    return initialized ? super.contents() : Map.of();
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    super.restore(contents);
    initialized = !contents.isEmpty();
  }

  /**
   * Fills the table. Once it is filled, only what it holds may come again.
   *
   * @throws IllegalArgumentException if a key would have two values, or the table holds other
   *     entries
   */
  @Override
  public void importAll(OpCall call) {
    Tensor keys = call.operand(1);
    Tensor values = call.operand(2);
    int count = checkKeys(keys);
    Shapes.require(
        values.dtype() != valueType() || values.size() == count,
        "Keys and values must have the same size %s vs %s",
        count,
        values.size());
    checkValues(keys, values, count);
    if (initialized) {
      boolean same = true;
      for (int i = 0; i < count; i++) {
        same &= rows.contains(keys, i) && !rows.contradicts(keys, values, i);
      }
      Shapes.require(same, "the table has been filled with other entries already");
      return;
    }
    for (int i = 0; i < count; i++) {
      if (rows.contradicts(keys, values, i)) {
        String was = rows.foundText(keys, i);
        rows.clear();
        throw new IllegalArgumentException(
            "HashTable has different value for same key. Key "
                + rows.keyText(keys, i)
                + " has "
                + was
                + " and trying to add value "
                + rows.valueText(values, i));
      }
      rows.put(keys, values, i);
    }
    initialized = true;
  }

  /** The same, but whatever comes once the table is filled is ignored, as TFLite does. */
  void importOnce(OpCall call) {
    if (!initialized) {
      importAll(call);
    }
  }

  @Override
  boolean usesEachDefault() {
    return false;
  }

  @Override
  void requireReadable(Tensor keys, int count) {
    requireFilled();
  }

  private void requireFilled() {
    Shapes.require(initialized, "Table not initialized; first call what initializes it");
  }

  @Override
  void requireWritable(Tensor keys, Tensor values, int count) {
    throw new IllegalArgumentException(
        "Insert not supported by InitializableLookupTable implementations: fill the table once");
  }

  @Override
  public void remove(OpCall call) {
    throw new IllegalArgumentException("a static table's entries can't be removed");
  }

  @Override
  public void export(OpCall call) {
    requireFilled();
    super.export(call);
  }
}
