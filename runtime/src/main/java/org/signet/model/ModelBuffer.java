package org.signet.model;

/**
 * Where the bytes of a buffer lie.
 *
 * @param offset from the beginning of the file
 * @param size the number of bytes; 0 if the buffer holds nothing
 */
record ModelBuffer(long offset, long size) {
  boolean isEmpty() {
    return size == 0;
  }
}
