package org.signet.op;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A table in buckets: open addressing with a key that marks an empty bucket and one that marks a
 * removed entry. Only the number of buckets and where keys stand among them, which an export shows,
 * tell it from any other table.
 */
public final class DenseTable extends LookupTable {
  private static final String BUCKETS = "buckets";

  private final Tensor emptyKey;
  private final Tensor deletedKey;
  private final float loadFactor;
  private int buckets;

  /**
   * @param emptyKey marks an empty bucket; no key of an entry
   * @param deletedKey marks the bucket of a removed entry; no key of an entry
   * @param loadFactor how full the buckets may be before there are twice as many
   * @throws IllegalArgumentException if the two keys are the same or do not have the same shape, or
   *     the number of buckets is no power of two
   */
  public DenseTable(
      Tensor emptyKey,
      Tensor deletedKey,
      DType valueType,
      int[] valueShape,
      long initialBuckets,
      float loadFactor) {
    super(emptyKey.dtype(), emptyKey.shape(), valueType, valueShape);
    this.emptyKey = emptyKey.copy();
    this.deletedKey = deletedKey.copy();
    this.loadFactor = loadFactor;
    this.buckets = Math.toIntExact(initialBuckets);
    Shapes.require(
        Arrays.equals(emptyKey.shape(), deletedKey.shape())
            && emptyKey.dtype() == deletedKey.dtype(),
        "the empty key is %s and the deleted key %s",
        emptyKey.type(),
        deletedKey.type());
    Shapes.require(
        !isKey(emptyKey, 0, this.deletedKey), "the empty and the deleted key are the same");
    Shapes.require(
        loadFactor > 0 && loadFactor < 1, "the load factor %s is not between 0 and 1", loadFactor);
    Shapes.require(
        buckets >= 4 && Integer.bitCount(buckets) == 1,
        "%s is no power of two of buckets",
        buckets);
  }

  @Override
  public Runnable checkpoint() {
    int before = buckets;
    Runnable earlierRows = super.checkpoint();
    return () -> {
      buckets = before;
      earlierRows.run();
    };
  }

  @Override
  public Map<String, Tensor> contents() {
    Map<String, Tensor> contents = new HashMap<>(super.contents());
    contents.put(BUCKETS, Tensor.scalar(buckets));
    return contents;
  }

  @Override
  public void restore(Map<String, Tensor> contents) {
    super.restore(contents);
    Tensor saved = contents.get(BUCKETS);
    if (saved != null) {
      buckets = Math.toIntExact(saved.getLong(0));
    }
    makeRoom(size());
  }

  private boolean isKey(Tensor keys, int i, Tensor key) {
    return TableRows.key(keys, i, keyWidth()).equals(TableRows.key(key, 0, keyWidth()));
  }

  @Override
  void requireReadable(Tensor keys, int count) {
    Shapes.require(
        keys.rank() - keyShape().length <= 1, "%s is no list of keys of the table", keys.type());
    for (int i = 0; i < count; i++) {
      Shapes.require(!isKey(keys, i, emptyKey), "the empty key is used as a key");
      Shapes.require(!isKey(keys, i, deletedKey), "the deleted key is used as a key");
    }
  }

  @Override
  void requireWritable(Tensor keys, Tensor values, int count) {
    requireReadable(keys, count);
    makeRoom(size() + count);
  }

  private void makeRoom(int entries) {
    while (entries > buckets * loadFactor) {
      buckets = Math.multiplyExact(buckets, 2);
    }
  }

  /** Takes over buckets as they were exported, empty ones among them. */
  @Override
  public void importAll(OpCall call) {
    Tensor keys = call.operand(1);
    Tensor values = call.operand(2);
    int count = keys.rank() == 0 ? 0 : keys.dim(0);
    Shapes.require(
        keys.dtype() == keyType() && keys.size() == count * keyWidth(),
        "%s are no buckets of keys",
        keys.type());
    checkValues(keys, values, count);
    Shapes.require(
        count >= 1 && Integer.bitCount(count) == 1, "%s is no power of two of buckets", count);
    rows.clear();
    for (int i = 0; i < count; i++) {
      if (!isKey(keys, i, emptyKey) && !isKey(keys, i, deletedKey)) {
        rows.put(keys, values, i);
      }
    }
    buckets = count;
  }

  /** All buckets, keys and values in one row each: empty ones hold the empty key and zeros. */
  @Override
  public void export(OpCall call) {
    Tensor keys = call.result(0, keyType(), buckets, keyWidth());
    Tensor values = call.result(1, valueType(), buckets, valueWidth());
    for (int i = 0; i < buckets; i++) {
      Elements.copy(emptyKey, 0, keys, i * keyWidth(), keyWidth());
    }
    Elements.clear(values);
    rows.export(keys, values, places());
  }

  /** The bucket of each key in order: the first free one from where its hash points. */
  private int[] places() {
    Tensor keys = rows.keysInOrder();
    boolean[] taken = new boolean[buckets];
    int[] places = new int[size()];
    for (int i = 0; i < places.length; i++) {
      int place = (int) (KeyHash.of(keys, i, keyWidth()) & (buckets - 1));
      for (int probe = 1; taken[place]; probe++) {
        place = (place + probe) & (buckets - 1);
      }
      taken[place] = true;
      places[i] = place;
    }
    return places;
  }
}
