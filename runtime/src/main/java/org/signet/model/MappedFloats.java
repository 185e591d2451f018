package org.signet.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.signet.diag.Code;
import org.signet.diag.SignetException;
import org.signet.tensor.StoredFloats;

/** Weights in the mapped file. */
final class MappedFloats extends StoredFloats {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;

  MappedFloats(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int size() {
    return (int) (bytes.byteSize() / Float.BYTES);
  }

  @Override
  public void read(int from, float[] to, int at, int count) {
    if (!bytes.scope().isAlive()) {
      throw SignetException.of(Code.CLOSED, "the model has been closed");
    }
    MemorySegment.copy(bytes, FLOAT, (long) from * Float.BYTES, to, at, count);
  }

  @Override
  public void release() {
    if (bytes.isMapped() && bytes.scope().isAlive()) {
      bytes.unload();
    }
  }
}
