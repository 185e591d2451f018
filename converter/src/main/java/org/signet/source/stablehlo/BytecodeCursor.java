package org.signet.source.stablehlo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;

/** Reads the primitives of MLIR bytecode from a part of a module's bytes. */
final class BytecodeCursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  BytecodeCursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** What is left, to be read by somebody else. */
  BytecodeCursor again() {
    return new BytecodeCursor(bytes, at, end);
  }

  boolean isAtEnd() {
    return at == end;
  }

  int readByte() {
    if (at >= end) {
      throw malformed("the bytes end too soon");
    }
    return bytes[at++] & 0xff;
  }

  /** An integer of one to nine bytes; zeros at the low end of the first tell how many follow. */
  long readVarint() {
    int first = readByte();
    if ((first & 1) == 1) {
      return (long) first >>> 1;
    }
    int more = first == 0 ? 8 : Integer.numberOfTrailingZeros(first);
    long value = 0;
    for (int i = 0; i < more; i++) {
      value |= (long) readByte() << (8 * i);
    }
    return first == 0 ? value : (value << (7 - more)) | (first >>> (more + 1));
  }

  /** A signed integer: the sign is the lowest bit. */
  long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The number of things that follow, of at least a byte each. */
  int readCount() {
    int start = at;
    long count = readVarint();
    if (count < 0 || count > end - at) {
      throw malformed("a count of " + count + " with " + (end - at) + " bytes left", start);
    }
    return (int) count;
  }

  /** The place of something among {@code size}. */
  int readIndex(int size, String what) {
    return index(readVarint(), size, what);
  }

  int index(long index, int size, String what) {
    if (index < 0 || index >= size) {
      throw malformed("there is no " + what + " " + index);
    }
    return (int) index;
  }

  /** The next bytes, read on their own. */
  BytecodeCursor readPart(long length) {
    if (length < 0 || length > end - at) {
      throw malformed("a part of " + length + " bytes with " + (end - at) + " left");
    }
    BytecodeCursor part = new BytecodeCursor(bytes, at, at + (int) length);
    at += (int) length;
    return part;
  }

  /** All bytes that are left. */
  byte[] readRest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** Text up to a zero. */
  String readText() {
    int start = at;
    while (readByte() != 0) {
      // The end is found by the reading of it.
    }
    return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
  }

  void skipPadding(long alignment) {
    if (alignment <= 0 || Long.bitCount(alignment) != 1) {
      throw malformed("an alignment of " + alignment);
    }
    while (at % alignment != 0) {
      readByte();
    }
  }

  SignetException malformed(String what) {
    return malformed(what, at);
  }

  private static SignetException malformed(String what, int offset) {
    return new SignetException(
        Diagnostic.error(
            Code.MALFORMED_STABLEHLO,
            "a StableHLO module is broken at byte " + offset + ": " + what,
            "export the model anew"));
  }
}
