package org.signet.op.flex.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.signet.op.Shapes;

/**
 * Whether image files are whole. Java's readers make the best of one that is cut off; TensorFlow
 * refuses it.
 */
final class WholeFiles {
  private static final int PNG_SIGNATURE = 8;

  /** Length, name and checksum of a chunk. */
  private static final int PNG_CHUNK = 12;

  private static final int GIF_HEADER = 6;
  private static final int GIF_SCREEN = 7;
  private static final int GIF_PLACE = 9;

  private WholeFiles() {}

  /**
   * Checks that chunks follow each other to the last one, and the sums of those that matter.
   *
   * @throws IllegalArgumentException if not
   */
  static void requirePng(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    long at = PNG_SIGNATURE;
    while (at + PNG_CHUNK <= content.length) {
      int start = (int) at;
      long length = Integer.toUnsignedLong(bytes.getInt(start));
      at += PNG_CHUNK + length;
      if (at > content.length) {
        break;
      }
      String name = new String(content, start + 4, 4, StandardCharsets.ISO_8859_1);
      if (Character.isUpperCase(name.charAt(0))) {
        CRC32 sum = new CRC32();
        sum.update(content, start + 4, (int) length + 4);
        require((int) sum.getValue() == bytes.getInt((int) at - 4), content);
      }
      if (name.equals("IEND")) {
        return;
      }
    }
    require(false, content);
  }

  private static void require(boolean whole, byte[] content) {
    Shapes.require(whole, "Invalid PNG data, size %s", content.length);
  }

  /**
   * Checks that there is an end behind the first scan. Inside of a scan its marker can't be.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireJpeg(byte[] content) {
    boolean scanned = false;
    for (int i = 2; i + 1 < content.length; i++) {
      if (content[i] == (byte) 0xFF) {
        int marker = content[i + 1] & 0xFF;
        if (marker == 0xD9 && scanned) {
          return;
        }
        scanned |= marker == 0xDA;
        boolean hasLength = marker != 0xFF && marker != 0 && (marker < 0xD0 || marker > 0xD9);
        if (hasLength && i + 3 < content.length) {
          i += 1 + ((content[i + 2] & 0xFF) << 8 | (content[i + 3] & 0xFF));
        }
      }
    }
    throw new IllegalArgumentException(
        "jpeg::Uncompress failed. Invalid JPEG data or crop window. There is no end in "
            + content.length
            + " bytes");
  }

  /**
   * How many images of a GIF are whole. One that has any may break off, as in TensorFlow.
   *
   * @throws IllegalArgumentException if there is none
   */
  static int gifImages(byte[] content) {
    Shapes.require(
        content.length >= GIF_HEADER + GIF_SCREEN,
        "Invalid GIF data (size %s), failed to open gif file: No screen descriptor detected",
        content.length);
    int at = GIF_HEADER + GIF_SCREEN + palette(content[GIF_HEADER + 4]);
    int images = 0;
    String reason = "Failed to read from given file";
    while (at >= 0 && at < content.length) {
      byte kind = content[at++];
      if (kind == ';') {
        break;
      } else if (kind == ',') {
        int flags = at + GIF_PLACE - 1;
        int data = flags < content.length ? flags + 2 + palette(content[flags]) : content.length;
        at = behindBlocks(content, data);
        images += at < 0 ? 0 : 1;
      } else if (kind == '!') {
        at = behindBlocks(content, at + 1);
      } else {
        reason = "Wrong record type detected";
        break;
      }
    }
    Shapes.require(
        images > 0,
        "Invalid GIF data (size %s), failed to slurp gif file: %s",
        content.length,
        reason);
    return images;
  }

  /** The bytes of the palette that these flags tell of. */
  private static int palette(byte flags) {
    return flags < 0 ? 3 << ((flags & 7) + 1) : 0;
  }

  /** Behind blocks that an empty one ends; negative if the file ends before. */
  private static int behindBlocks(byte[] content, int start) {
    int at = start;
    while (at < content.length && content[at] != 0) {
      at += 1 + (content[at] & 0xFF);
    }
    return at < content.length ? at + 1 : -1;
  }
}
