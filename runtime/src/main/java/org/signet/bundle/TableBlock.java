package org.signet.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.signet.bundle.SortedTable.Row;

/**
 * One block of a {@link SortedTable}.
 *
 * <p>Rows of three varints (bytes of the key shared with the row before, bytes not shared, bytes of
 * the value), the rest of the key, the value; then the offsets of the rows that share nothing
 * (restarts), a uint32 each, and their number. Source: {@code
 * tensorflow/core/lib/io/block_builder.cc}.
 */
final class TableBlock {
  /**
   * How much longer the keys may be than the block that they are packed in. TensorFlow restarts at
   * least every 16 rows, so that no byte is shared by more.
   */
  private static final int RESTART_INTERVAL = 16;

  private TableBlock() {}

  /** All rows in the order of the file. */
  static List<Row> rows(Region block) {
    Region entries = entries(block);
    Cursor cursor = entries.cursor();
    List<Row> rows = new ArrayList<>();
    byte[] key = new byte[0];
    long budget = RESTART_INTERVAL * entries.size();
    while (cursor.remaining() > 0) {
      long start = cursor.position();
      int shared = cursor.varint32();
      int unshared = cursor.varint32();
      int valueSize = cursor.varint32();
      if (shared > key.length) {
        throw entries.malformed(start, "a key shares more with the key before than there is");
      }
      budget -= shared + (long) unshared;
      if (budget < 0) {
        throw entries.malformed(start, "the keys share more than they can");
      }
      if (unshared > cursor.remaining()) {
        throw entries.malformed(start, "a key of " + unshared + " bytes is not within the block");
      }
      byte[] next = Arrays.copyOf(key, Math.addExact(shared, unshared));
      cursor.read(next, shared, unshared, "key");
      Region value = cursor.take(valueSize, "value");
      rows.add(new Row(next, value));
      key = next;
    }
    return rows;
  }

  /** The block without the restarts, which only a search needs. */
  private static Region entries(Region block) {
    long countAt = block.size() - Integer.BYTES;
    long restarts =
        Integer.toUnsignedLong(
            block.slice(countAt, Integer.BYTES, "number of restarts").cursor().int32());
    return block.slice(0, countAt - restarts * Integer.BYTES, "rows");
  }
}
