package org.signet.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Decompresses one block of raw snappy.
 *
 * <p>The decompressed size as a varint, then elements that begin with a tag byte whose low two bits
 * tell their kind: a literal, or a copy of bytes already written. Source: {@code
 * format_description.txt} of google/snappy.
 */
final class Snappy {
  /** A copy of 64 bytes takes 3 bytes, and nothing else gives more for less. */
  private static final int BEST_RATIO = 22;

  private static final int LITERAL = 0;
  private static final int COPY_1 = 1;
  private static final int COPY_2 = 2;

  /** Literals longer than this say their size in the bytes after the tag. */
  private static final int SHORT_LITERAL = 60;

  private Snappy() {}

  /** The decompressed bytes on the heap. */
  static Region decompress(Region compressed) {
    Cursor in = compressed.cursor();
    int size = in.varint32();
    if (size / BEST_RATIO > compressed.size()) {
      throw compressed.malformed(0, "a compressed block claims to hold " + size + " bytes");
    }
    byte[] out = new byte[size];
    int at = 0;
    while (in.remaining() > 0) {
      long start = in.position();
      int tag = in.uint8();
      int kind = tag & 3;
      long length = kind == COPY_1 ? 4 + ((tag >> 2) & 7) : (tag >> 2) + 1;
      if (kind == LITERAL && length > SHORT_LITERAL) {
        length = littleEndian(in, (int) length - SHORT_LITERAL) + 1;
      }
      long distance =
          switch (kind) {
            case LITERAL -> 0;
            case COPY_1 -> ((tag >> 5) << 8) + in.uint8();
            case COPY_2 -> littleEndian(in, 2);
            default -> littleEndian(in, 4);
          };
      if (length > size - at || (kind != LITERAL && (distance == 0 || distance > at))) {
        throw compressed.malformed(start, "a compressed block is not valid");
      }
      int end = at + (int) length;
      if (kind == LITERAL) {
        Region literal = in.take(length, "literal");
        MemorySegment.copy(literal.bytes(), ValueLayout.JAVA_BYTE, 0, out, at, (int) length);
        at = end;
      }
      while (at < end) { // one by one: a copy may overlap what it writes
        out[at] = out[at - (int) distance];
        at++;
      }
    }
    if (at != size) {
      throw compressed.malformed(in.position(), "a compressed block ends too early");
    }
    return new Region(
        compressed.label() + " (decompressed block of byte " + compressed.offset() + ")",
        0,
        MemorySegment.ofArray(out).asReadOnly());
  }

  private static long littleEndian(Cursor in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) in.uint8() << (Byte.SIZE * i);
    }
    return value;
  }
}
