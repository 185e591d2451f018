package org.signet.emit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.signet.tensor.Tensor;

/**
 * TFLite's layout of string tensors: int32 count, count + 1 int32 offsets from the start of the
 * buffer, then the bytes of all strings.
 */
final class StringBuffers {
  private StringBuffers() {}

  static byte[] write(Tensor strings) {
    int count = strings.size();
    int header = Integer.BYTES * (count + 2);
    int total = header;
    for (int i = 0; i < count; i++) {
      total = Math.addExact(total, strings.strings()[i].length);
    }
    ByteBuffer buffer = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(count);
    int offset = header;
    for (int i = 0; i < count; i++) {
      buffer.putInt(offset);
      offset += strings.strings()[i].length;
    }
    buffer.putInt(offset);
    for (int i = 0; i < count; i++) {
      buffer.put(strings.strings()[i]);
    }
    return buffer.array();
  }
}
