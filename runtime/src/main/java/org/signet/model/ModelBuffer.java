package org.signet.model;

/**
 * Where the bytes of a buffer lie.
 *
 * @param offset from the beginning of the file
 * @param size the number of bytes; 0 if the buffer holds nothing
 */
record ModelBuffer(long offset, long size) {
  /** The most bytes that a {@link java.nio.ByteBuffer} takes of a mapping. */
  static final long LARGEST = Integer.MAX_VALUE - 8;

  boolean isEmpty() {
    return size == 0;
  }
}
