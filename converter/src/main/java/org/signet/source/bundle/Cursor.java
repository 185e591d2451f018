package org.signet.source.bundle;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads the bytes of a region one after the other. Every failure is a {@code SignetException}. */
final class Cursor {
  private static final ValueLayout.OfInt INT_LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD = (1 << PAYLOAD_BITS) - 1;

  private final Region region;
  private long at;

  Cursor(Region region) {
    this.region = region;
  }

  /** Bytes read so far. */
  long position() {
    return at;
  }

  long remaining() {
    return region.size() - at;
  }

  int uint8() {
    if (remaining() < 1) {
      throw region.malformed(at, "the data ends too early");
    }
    return region.bytes().get(ValueLayout.JAVA_BYTE, at++) & 0xff;
  }

  /** Four bytes, little endian. */
  int int32() {
    return take(Integer.BYTES, "number").bytes().get(INT_LE, 0);
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

  /** The next {@code size} bytes. */
  Region take(long size, String what) {
    Region taken = region.slice(at, size, what);
    at += size;
    return taken;
  }
}
