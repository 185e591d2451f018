package org.signet.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns numbers of one byte order into those of the other. */
final class ByteSwap {
  private ByteSwap() {}

  /**
   * Copies big-endian numbers to little-endian ones.
   *
   * @param to as many bytes as {@code from}
   * @param width the bytes of a number: 2, 4 or 8
   */
  static void copy(MemorySegment from, MemorySegment to, int width) {
    ValueLayout layout =
        switch (width) {
          case Short.BYTES -> ValueLayout.JAVA_SHORT_UNALIGNED;
          case Integer.BYTES -> ValueLayout.JAVA_INT_UNALIGNED;
          case Long.BYTES -> ValueLayout.JAVA_LONG_UNALIGNED;
          default -> throw new IllegalArgumentException("numbers of " + width + " bytes");
        };
    MemorySegment.copy(
        from,
        layout.withOrder(ByteOrder.BIG_ENDIAN),
        0,
        to,
        layout.withOrder(ByteOrder.LITTLE_ENDIAN),
        0,
        from.byteSize() / width);
  }
}
