package org.signet.bundle;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/**
 * The checksum of TensorFlow's and LevelDB's files: CRC-32C (Castagnoli), masked.
 *
 * <p>Computed with the processor's own instruction where there is one.
 */
public final class Crc32c {
  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;

  /** Bytes given to the intrinsic at once: it can't be interrupted for garbage collection. */
  private static final long CHUNK = 1 << 22;

  private Crc32c() {}

  /** The checksum of these bytes as files store it. */
  public static int masked(MemorySegment bytes) {
    CRC32C crc = new CRC32C();
    update(crc, bytes);
    return mask((int) crc.getValue());
  }

  /** A checksum as files store it, so that bytes holding their own checksum have no odd one. */
  public static int mask(int crc) {
    return Integer.rotateRight(crc, MASK_ROTATION) + MASK_DELTA;
  }

  /** Adds bytes of any number to a running checksum. */
  static void update(CRC32C crc, MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
      long size = Math.min(CHUNK, bytes.byteSize() - at);
      crc.update(bytes.asSlice(at, size).asByteBuffer());
    }
  }
}
