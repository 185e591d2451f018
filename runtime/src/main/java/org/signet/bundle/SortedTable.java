package org.signet.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.signet.diag.SignetException;

/**
 * A sorted table of byte strings: LevelDB's table format, in which TensorFlow writes the index of a
 * checkpoint.
 *
 * <p>Data blocks, then an index block whose values are the data blocks' handles, then a footer of
 * 48 bytes: two handles (metaindex, index), padding, magic number. Each block is followed by a byte
 * that tells its compression and a masked CRC-32C of contents and that byte. Source: {@code
 * tensorflow/core/lib/io/format.cc}, {@code table.cc}; the files of TensorFlow 2.21.
 *
 * <p>Immutable, but for as long as the file is mapped.
 */
final class SortedTable {
  /** The last eight bytes of every table, little endian. */
  static final long MAGIC = 0xdb4775248b80fb57L;

  private static final int FOOTER_BYTES = 48;
  private static final int CHECKSUM_BYTES = 4;
  private static final int RAW = 0;
  private static final int SNAPPY = 1;

  /** A key, whose bytes are not to be changed, and its value. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(byte[] key, Region value) {}

  private final List<Row> rows;

  private SortedTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Whether this file ends as a table does. */
  static boolean isTable(Region file) {
    if (file.size() < FOOTER_BYTES) {
      return false;
    }
    Cursor magic = file.slice(file.size() - Long.BYTES, Long.BYTES, "magic number").cursor();
    return magic.int32() == (int) MAGIC && magic.int32() == (int) (MAGIC >>> Integer.SIZE);
  }

  /**
   * Reads all rows, checking every block's checksum and the order of the keys.
   *
   * @throws SignetException if anything is not as it should be
   */
  static SortedTable read(Region file) {
    if (!isTable(file)) {
      throw file.malformed(file.size(), "it does not end as an index does, perhaps it was cut off");
    }
    long blocksEnd = file.size() - FOOTER_BYTES;
    Cursor footer = file.slice(blocksEnd, FOOTER_BYTES, "footer").cursor();
    handle(footer); // of the metaindex, in which TensorFlow writes nothing
    Handle index = handle(footer);
    Region blocks = file.slice(0, blocksEnd, "blocks");
    List<Row> rows = new ArrayList<>();
    long end = 0;
    for (Row entry : TableBlock.rows(block(blocks, index))) {
      Handle handle = handle(entry.value().cursor());
      if (handle.offset < end) {
        throw entry.value().malformed(0, "a block overlaps the one before");
      }
      end = handle.offset + handle.size;
      rows.addAll(TableBlock.rows(block(blocks, handle)));
    }
    for (int i = 1; i < rows.size(); i++) {
      if (Arrays.compareUnsigned(rows.get(i - 1).key, rows.get(i).key) >= 0) {
        throw rows.get(i).value.malformed(0, "the keys are not in order");
      }
    }
    return new SortedTable(rows);
  }

  /** All rows, ordered by the unsigned bytes of their keys. */
  List<Row> rows() {
    return rows;
  }

  Optional<Region> find(byte[] key) {
    int low = 0;
    int high = rows.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(rows.get(middle).key, key);
      if (order == 0) {
        return Optional.of(rows.get(middle).value);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Where a block's contents are in the file, in bytes. */
  private record Handle(long offset, long size) {}

  private static Handle handle(Cursor cursor) {
    return new Handle(cursor.varint(), cursor.varint());
  }

  private static Region block(Region blocks, Handle handle) {
    Region contents = blocks.slice(handle.offset, handle.size, "block");
    Cursor trailer =
        blocks.slice(handle.offset + handle.size, 1 + CHECKSUM_BYTES, "end of a block").cursor();
    int compression = trailer.uint8();
    Region checked = blocks.slice(handle.offset, handle.size + 1, "block");
    checked.verify(Crc32c.masked(checked.bytes()), trailer.int32());
    return switch (compression) {
      case RAW -> contents;
      case SNAPPY -> Snappy.decompress(contents);
      default -> throw contents.malformed(handle.size, "unknown compression " + compression);
    };
  }
}
