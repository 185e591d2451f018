package org.signet.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the one kind of flexbuffer that Flex operators have: a vector of strings.
 *
 * <p>From the end: the byte width of the root, its packed type, the root (an offset back to the
 * vector). A vector is preceded by its length, and followed by a packed type for each element; an
 * element is an offset back to a string, preceded by its length. A packed type is the type shifted
 * left by 2, plus the binary logarithm of the width of what it describes.
 */
final class Flexbuffer {
  private static final int STRING = 5;
  private static final int VECTOR = 10;
  private static final int BLOB = 25;

  private final byte[] bytes;

  private Flexbuffer(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The bytes of the strings.
   *
   * @throws IllegalArgumentException if this is no such flexbuffer
   */
  static List<byte[]> strings(byte[] bytes) {
    return new Flexbuffer(bytes).readStrings();
  }

  private List<byte[]> readStrings() {
    require(bytes.length >= 3, "is too short");
    int rootWidth = bytes[bytes.length - 1];
    int rootType = bytes[bytes.length - 2] & 0xFF;
    require(rootType >> 2 == VECTOR, "is no vector");
    int width = 1 << (rootType & 3);
    long root = bytes.length - 2L - rootWidth;
    long vector = root - unsigned(root, rootWidth);
    long length = unsigned(vector - width, width);
    require(length <= bytes.length, "has more elements than bytes");
    List<byte[]> strings = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      long element = vector + (long) i * width;
      int type = (int) unsigned(vector + length * width + i, 1);
      require(type >> 2 == STRING || type >> 2 == BLOB, "holds something else than strings");
      strings.add(string(element - unsigned(element, width), 1 << (type & 3)));
    }
    return strings;
  }

  private byte[] string(long start, int width) {
    long length = unsigned(start - width, width);
    require(length <= bytes.length - start, "has a string that does not end");
    byte[] string = new byte[(int) length];
    System.arraycopy(bytes, (int) start, string, 0, string.length);
    return string;
  }

  /** A little-endian number of {@code width} bytes, not negative. */
  private long unsigned(long at, int width) {
    require(width == 1 || width == 2 || width == 4 || width == 8, "has an impossible width");
    require(at >= 0 && at <= bytes.length - width, "has an offset that leads outside");
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[(int) at + i] & 0xFF);
    }
    require(value >= 0, "has an impossible number");
    return value;
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException("the flexbuffer " + problem);
    }
  }
}
