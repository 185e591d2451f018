package org.signet.bundle;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.signet.diag.Code;
import org.signet.diag.Diagnostic;
import org.signet.diag.SignetException;

/**
 * A run of bytes that knows where it comes from, for messages.
 *
 * @param label the file, and what part of it if that helps
 * @param offset where the bytes begin, in bytes from the start of what the label names
 * @param bytes the bytes, read-only
 */
record Region(String label, long offset, MemorySegment bytes) {
  /** Less is not worth a call of the system. */
  private static final long LARGE = 256 << 10;

  private static final long LARGEST_BUFFER = Integer.MAX_VALUE - 8;

  private static final int LONGEST_NAME_SHOWN = 200;

  /** Maps a whole file for as long as the arena lives. */
  static Region map(Path path, Arena arena) {
    if (!Files.isRegularFile(path)) {
      throw SignetException.of(
          Code.FILE_MISSING,
          path + " is missing",
          "copy all files of the checkpoint that begin alike");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Region(path.toString(), 0, bytes);
    } catch (IOException e) {
      throw new SignetException(
          Diagnostic.error(Code.FILE_UNREADABLE, path + " can't be read: " + e.getMessage()), e);
    }
  }

  /** A tensor's name as messages show it. */
  static String quote(String name) {
    return name.length() <= LONGEST_NAME_SHOWN
        ? "'".concat(name).concat("'")
        : "'" + name.substring(0, LONGEST_NAME_SHOWN) + "...'";
  }

  /** Gives back the memory of what was read of a file; it is read anew if it is needed again. */
  void unload() {
    if (bytes.isMapped() && size() >= LARGE) {
      bytes.unload();
    }
  }

  long size() {
    return bytes.byteSize();
  }

  /** These bytes under another label. */
  Region labelled(String newLabel) {
    return new Region(newLabel, offset, bytes);
  }

  /**
   * A part of these bytes.
   *
   * @param at where it begins, in bytes from the start of this region
   * @param what what the part is, for the message
   * @throws SignetException if the part is not inside
   */
  Region slice(long at, long size, String what) {
    if (at < 0 || size < 0 || at > size() || size > size() - at) {
      throw malformed(
          Math.clamp(at, 0, size()),
          what + " of " + size + " bytes at " + at + " is not within " + size() + " bytes");
    }
    return new Region(label, offset + at, bytes.asSlice(at, size));
  }

  /**
   * These bytes as a buffer, little endian; the first 2 GB, as much as a buffer takes, if there are
   * more.
   */
  ByteBuffer buffer() {
    return bytes
        .asSlice(0, Math.min(bytes.byteSize(), LARGEST_BUFFER))
        .asByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  Cursor cursor() {
    return new Cursor(this);
  }

  /** The failure of these bytes, {@code at} bytes after their start, to be what they should. */
  SignetException malformed(long at, String why) {
    return SignetException.of(
        Code.MALFORMED_CHECKPOINT, label + " is damaged at byte " + (offset + at) + ": " + why);
  }

  /**
   * Compares checksums.
   *
   * @throws SignetException if they differ
   */
  void verify(int computed, int stored) {
    if (computed != stored) {
      throw SignetException.of(
          Code.CHECKSUM_MISMATCH,
          "%s is damaged: the checksum of the %d bytes at byte %d is %08x instead of %08x"
              .formatted(label, size(), offset, computed, stored),
          "Copy the checkpoint again from where it came");
    }
  }
}
