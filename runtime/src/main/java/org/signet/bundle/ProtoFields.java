package org.signet.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The fields of a protocol-buffer message, one after the other. The generated classes take longer
 * to load than a checkpoint takes to open.
 *
 * <p>After {@link #next} each field is read once, or skipped.
 */
final class ProtoFields {
  static final int VARINT = 0;
  static final int MESSAGE = 2;
  static final int FIXED32 = 5;
  private static final int FIXED64 = 1;

  private static final int WIRE_BITS = 3;
  private static final int PAYLOAD_BITS = 7;
  private static final int PAYLOAD = (1 << PAYLOAD_BITS) - 1;

  private final ByteBuffer bytes;
  private int number;
  private int wire;

  private ProtoFields(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  static ProtoFields of(Region message) {
    return new ProtoFields(message.buffer());
  }

  /** Goes to the next field; false if there is none. */
  boolean next() throws IOException {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    number = (int) (tag >>> WIRE_BITS);
    wire = (int) tag & ((1 << WIRE_BITS) - 1);
    if (number <= 0 || tag >>> Integer.SIZE != 0) {
      throw new IOException("a field has no number");
    }
    return true;
  }

  /** Whether the field has this number, and is written in this way. */
  boolean is(int wanted, int way) {
    return number == wanted && wire == way;
  }

  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
      require(1);
      int next = bytes.get();
      value |= (long) (next & PAYLOAD) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number is too large");
  }

  int fixed32() throws IOException {
    require(Integer.BYTES);
    return bytes.getInt();
  }

  ProtoFields message() throws IOException {
    int size = length();
    ProtoFields inner = new ProtoFields(bytes.slice(bytes.position(), size));
    bytes.position(bytes.position() + size);
    return inner;
  }

  void skip() throws IOException {
    switch (wire) {
      case VARINT -> varint();
      case FIXED64 -> pass(Long.BYTES);
      case MESSAGE -> pass(length());
      case FIXED32 -> pass(Integer.BYTES);
      default -> throw new IOException("a field is written in an unknown way");
    }
  }

  private int length() throws IOException {
    long size = varint();
    require(size);
    return (int) size;
  }

  private void pass(int size) throws IOException {
    require(size);
    bytes.position(bytes.position() + size);
  }

  private void require(long size) throws IOException {
    if (size < 0 || size > bytes.remaining()) {
      throw new IOException("the data ends too early");
    }
  }
}
