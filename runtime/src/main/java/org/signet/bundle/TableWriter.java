package org.signet.bundle;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes a sorted table of byte strings, in the format that {@link SortedTable} reads, without
 * compression: the bytes that TensorFlow writes.
 */
final class TableWriter {
  private static final int BLOCK_BYTES = 1 << 18;
  private static final int RESTART_INTERVAL = 16;
  private static final int HANDLES_BYTES = 40;
  private static final int PAYLOAD_BITS = 7;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private TableWriter() {}

  /**
   * The bytes of a table.
   *
   * @param rows ordered by the unsigned bytes of their keys
   */
  static byte[] write(SortedMap<ByteString, ByteString> rows) {
    return new TableWriter().table(rows);
  }

  private byte[] table(SortedMap<ByteString, ByteString> rows) {
    Block index = new Block(1);
    Block block = new Block(RESTART_INTERVAL);
    Optional<ByteString> ended = Optional.empty();
    for (Map.Entry<ByteString, ByteString> row : rows.entrySet()) {
      if (ended.isPresent()) {
        index.add(between(block.last, row.getKey()), ended.get());
        block = new Block(RESTART_INTERVAL);
        ended = Optional.empty();
      }
      block.add(row.getKey(), row.getValue());
      if (block.size() >= BLOCK_BYTES) {
        ended = Optional.of(end(block));
      }
    }
    index.add(behind(block.last), ended.isPresent() ? ended.get() : end(block));
    ByteArrayOutputStream handles = new ByteArrayOutputStream();
    handles.writeBytes(end(new Block(RESTART_INTERVAL)).toByteArray());
    handles.writeBytes(end(index).toByteArray());
    handles.writeBytes(new byte[HANDLES_BYTES - handles.size()]);
    file.writeBytes(handles.toByteArray());
    file.writeBytes(little(Long.BYTES).putLong(SortedTable.MAGIC).array());
    return file.toByteArray();
  }

  /** A short key that is not less than {@code key} and less than {@code next}. */
  private static ByteString between(ByteString key, ByteString next) {
    int shared = shared(key, next);
    if (shared < key.size()) {
      int one = Byte.toUnsignedInt(key.byteAt(shared)) + 1;
      if (one < Byte.toUnsignedInt(next.byteAt(shared))) {
        return key.substring(0, shared).concat(ByteString.copyFrom(new byte[] {(byte) one}));
      }
    }
    return key;
  }

  /** A short key that is not less than {@code key}. */
  private static ByteString behind(ByteString key) {
    for (int i = 0; i < key.size(); i++) {
      if (key.byteAt(i) != (byte) 0xff) {
        byte[] one = {(byte) (key.byteAt(i) + 1)};
        return key.substring(0, i).concat(ByteString.copyFrom(one));
      }
    }
    return key;
  }

  /** How many bytes both begin with. */
  private static int shared(ByteString a, ByteString b) {
    int most = Math.min(a.size(), b.size());
    int shared = 0;
    while (shared < most && a.byteAt(shared) == b.byteAt(shared)) {
      shared++;
    }
    return shared;
  }

  /** Writes a block; where it is, as an index says it. */
  private ByteString end(Block block) {
    byte[] contents = block.contents();
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, file.size());
    varint(handle, contents.length);
    byte[] checked = Arrays.copyOf(contents, contents.length + 1); // 0: no compression
    file.writeBytes(checked);
    int checksum = Crc32c.masked(MemorySegment.ofArray(checked));
    file.writeBytes(little(Integer.BYTES).putInt(checksum).array());
    return ByteString.copyFrom(handle.toByteArray());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void varint(ByteArrayOutputStream target, long value) {
    long rest = value;
    while (rest >= 1 << PAYLOAD_BITS) {
      target.write((int) rest | 1 << PAYLOAD_BITS);
      rest >>>= PAYLOAD_BITS;
    }
    target.write((int) rest);
  }

  /** The rows of a block as they come. */
  private static final class Block {
    private final int interval;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> restarts = new ArrayList<>(List.of(0));
    private ByteString last = ByteString.EMPTY;
    private int sinceRestart;

    Block(int interval) {
      this.interval = interval;
    }

    /** Its size in the file. */
    int size() {
      return bytes.size() + (restarts.size() + 1) * Integer.BYTES;
    }

    void add(ByteString key, ByteString value) {
      int shared = 0;
      if (sinceRestart == interval) {
        restarts.add(bytes.size());
        sinceRestart = 0;
      } else {
        shared = TableWriter.shared(last, key);
      }
      varint(bytes, shared);
      varint(bytes, key.size() - shared);
      varint(bytes, value.size());
      bytes.writeBytes(key.substring(shared).toByteArray());
      bytes.writeBytes(value.toByteArray());
      last = key;
      sinceRestart++;
    }

    byte[] contents() {
      ByteBuffer tail =
          ByteBuffer.allocate((restarts.size() + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      restarts.forEach(tail::putInt);
      tail.putInt(restarts.size());
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(bytes.toByteArray());
      all.writeBytes(tail.array());
      return all.toByteArray();
    }
  }
}
