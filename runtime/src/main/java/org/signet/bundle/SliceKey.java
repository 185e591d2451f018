package org.signet.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key of a slice in the index: name, rank, and per dimension start and length (−1 for all of
 * it) in a form that sorts as the numbers do. Source: {@code EncodeTensorNameSlice} of {@code
 * tensorflow/core/util/saved_tensor_slice_util.cc} and {@code
 * tensorflow/core/lib/strings/ordered_code.cc}.
 */
final class SliceKey {
  /** The length that stands for a whole dimension. */
  static final int FULL = -1;

  /** A number takes a byte for every seven bits, one of which is its sign. */
  private static final int BITS_PER_BYTE = 7;

  private static final int LONGEST_NUMBER = 10;

  private SliceKey() {}

  /** The key of the slice of a tensor with these starts and lengths, one per dimension. */
  static byte[] of(String name, int[] starts, int[] lengths) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write(0);
    for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
      key.write(next);
      if (next == 0) {
        key.write(0xff);
      } else if (next == (byte) 0xff) {
        key.write(0);
      }
    }
    key.write(0);
    key.write(1);
    if (starts.length > 0) {
      key.write(1);
    }
    key.write(starts.length);
    for (int i = 0; i < starts.length; i++) {
      writeSigned(key, starts[i]);
      writeSigned(key, lengths[i]);
    }
    return key.toByteArray();
  }

  /**
   * A number as its last bytes in two's complement, big endian, of which the first bits say how
   * many there are: as many ones as bytes, inverted if negative.
   */
  private static void writeSigned(ByteArrayOutputStream key, long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    int size = bits / BITS_PER_BYTE + 1;
    byte[] bytes =
        ByteBuffer.allocate(LONGEST_NUMBER).putShort((short) (value >> 63)).putLong(value).array();
    int first = LONGEST_NUMBER - size;
    int header = 0xffff << (Short.SIZE - size);
    bytes[first] ^= (byte) (header >> Byte.SIZE);
    if (size > 1) {
      bytes[first + 1] ^= (byte) header;
    }
    key.write(bytes, first, size);
  }
}
