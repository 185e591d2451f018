package org.signet.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * The flatbuffer part of a model file while it is being read: every access is checked against its
 * end, and the amount that is read is limited by its size, so that shared offsets can't make a
 * small file large.
 */
final class FlatFile {
  private static final int IDENTIFIER = 'T' | 'F' << 8 | 'L' << 16 | '3' << 24;
  private static final int SMALLEST_TABLE = 4;
  private static final long FREE_BYTES = 1 << 20;
  private static final int MAX_SHARING = 4;

  private final ByteBuffer bytes;
  private long tablesLeft;
  private long bytesLeft;

  /**
   * @param bytes the file, or as much of it as a flatbuffer may take
   */
  FlatFile(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.tablesLeft = bytes.remaining() / SMALLEST_TABLE;
    this.bytesLeft = (long) MAX_SHARING * bytes.remaining() + FREE_BYTES;
  }

  /** The root table of a file that has the identifier {@code TFL3}. */
  FlatTable root() {
    if (bytes.limit() < 8 || bytes.getInt(4) != IDENTIFIER) {
      throw SignetException.of(
          Code.MALFORMED_MODEL, "not a .tflite file: it lacks the identifier TFL3 at byte 4");
    }
    return new FlatTable(this, unsigned(0), "the model");
  }

  /** The bytes themselves, for readers that check offsets on their own. */
  ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Throws unless the {@code length} bytes from {@code start} are in the file. */
  void check(long start, long length, String what) {
    if (start < 0 || length < 0 || start > bytes.limit() - length) {
      throw malformed(
          what,
          start,
          "needs " + length + " bytes there, but the file's structure ends at " + bytes.limit());
    }
  }

  byte int8(long at) {
    return bytes.get((int) at);
  }

  int uint16(long at) {
    return Short.toUnsignedInt(bytes.getShort((int) at));
  }

  int int32(long at) {
    return bytes.getInt((int) at);
  }

  long unsigned(long at) {
    return Integer.toUnsignedLong(bytes.getInt((int) at));
  }

  long int64(long at) {
    return bytes.getLong((int) at);
  }

  void countTable(long at) {
    if (--tablesLeft < 0) {
      throw malformed("a table", at, "is one of more tables than the file has room for");
    }
  }

  /** Counts bytes that the reader copies out of the file. */
  void countBytes(long count, long at) {
    bytesLeft -= count;
    if (bytesLeft < 0) {
      throw malformed("a vector", at, "is shared too often");
    }
  }

  static SignetException malformed(String what, long at, String problem) {
    return SignetException.of(Code.MALFORMED_MODEL, what + " at byte " + at + ' ' + problem);
  }
}
