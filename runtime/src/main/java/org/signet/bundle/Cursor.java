package org.signet.bundle;

import java.nio.ByteBuffer;

/** Reads the bytes of a region one after the other. Every failure is a {@code SignetException}. */
final class Cursor {
  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD = (1 << PAYLOAD_BITS) - 1;

  private final Region region;
  private final ByteBuffer buffer;
  private long at;

  Cursor(Region region) {
    this.region = region;
    this.buffer = region.buffer();
  }

  /** Bytes read so far. */
  long position() {
    return at;
  }

  long remaining() {
    return region.size() - at;
  }

  int uint8() {
    if (at >= buffer.limit()) {
      throw region.malformed(at, "the data ends too early");
    }
    return buffer.get((int) at++) & 0xff;
  }

  /** Four bytes, little endian. */
  int int32() {
    if (at > buffer.limit() - Integer.BYTES) {
      throw region.malformed(at, "the data ends too early");
    }
    at += Integer.BYTES;
    return buffer.getInt((int) at - Integer.BYTES);
  }

  /** A protocol-buffer varint of at most nine bytes, so at most 2^63−1. */
  long varint() {
    long start = at;
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += PAYLOAD_BITS) {
      int next = uint8();
      value |= (long) (next & PAYLOAD) << shift;
      if (next <= PAYLOAD) {
        return value;
      }
    }
    throw region.malformed(start, "a number is too large");
  }

  /** A varint that is at most 2^31−1. */
  int varint32() {
    long start = at;
    long value = varint();
    if (value > Integer.MAX_VALUE) {
      throw region.malformed(start, "a number is too large");
    }
    return (int) value;
  }

  /** The next {@code length} bytes, into an array. */
  void read(byte[] target, int from, int length, String what) {
    if (at + length > buffer.limit()) {
      throw region.malformed(
          at,
          what
              + " of "
              + length
              + " bytes at "
              + at
              + " is not within "
              + region.size()
              + " bytes");
    }
    buffer.get((int) at, target, from, length);
    at += length;
  }

  /** The next {@code size} bytes. */
  Region take(long size, String what) {
    Region taken = region.slice(at, size, what);
    at += size;
    return taken;
  }
}
