package org.signet.source.keras;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * Bfloat16 weights have no type of their own in HDF5: they are opaque elements of two bytes without
 * a tag, which the HDF5 library takes for a damaged file. As strings of two bytes it reads them.
 */
final class OpaqueTypes {
  /** A datatype message of 8 bytes: type, size, flags; the flags may be any. */
  private static final byte[] MESSAGE = {3, 0, 8, 0};

  private static final byte[] OPAQUE = {0x15, 0, 0, 0, 2, 0, 0, 0};
  private static final int OPAQUE_AT = 8;
  private static final byte STRING = 0x13;

  private OpaqueTypes() {}

  /** Makes the opaque types of a file strings; it must be a copy of the reader's own. */
  static void makeStrings(Path copy) {
    try (FileChannel channel =
            FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
      for (long at = 0; at + OPAQUE_AT + OPAQUE.length <= bytes.byteSize(); at++) {
        if (matches(bytes, at, MESSAGE) && matches(bytes, at + OPAQUE_AT, OPAQUE)) {
          bytes.set(ValueLayout.JAVA_BYTE, at + OPAQUE_AT, STRING);
        }
      }
    } catch (IOException e) {
      throw SignetException.of(Code.FILE_UNREADABLE, "can't read " + copy + ": " + e.getMessage());
    }
  }

  private static boolean matches(MemorySegment bytes, long at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
