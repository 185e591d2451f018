package org.signet.op.flex.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes an image as PNG: each line by the filter whose bytes have the least sum, as libpng
 * chooses, so that files come out as TensorFlow's where the deflaters agree.
 */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** The colour types of 1 to 4 channels. */
  private static final int[] COLOR_TYPES = {0, 4, 2, 6};

  private static final int FILTERS = 5;
  private static final int BLOCK = 8192;

  private final int lines;
  private final int width;
  private final int pixel;
  private final byte[] samples;

  /**
   * @param samples line by line, those of 16 bits with the high byte first
   * @param pixel the bytes of a pixel
   */
  private PngWriter(int lines, int width, int pixel, byte[] samples) {
    this.lines = lines;
    this.width = width;
    this.pixel = pixel;
    this.samples = samples;
  }

  /**
   * The bytes of a PNG file.
   *
   * @param wide whether samples have 16 bits
   * @param level of compression, 0 to 9, or −1
   */
  static byte[] write(int lines, int width, int channels, boolean wide, byte[] samples, int level) {
    PngWriter writer = new PngWriter(lines, width, channels * (wide ? 2 : 1), samples);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(lines);
    header.put((byte) (wide ? 16 : 8)).put((byte) COLOR_TYPES[channels - 1]);
    chunk(out, "IHDR", header.array(), 0, header.capacity());
    byte[] data = deflated(writer.filtered(), level);
    for (int at = 0; at < data.length; at += BLOCK) {
      chunk(out, "IDAT", data, at, Math.min(BLOCK, data.length - at));
    }
    chunk(out, "IEND", data, 0, 0);
    return out.toByteArray();
  }

  private static void chunk(
      ByteArrayOutputStream out, String name, byte[] data, int at, int length) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(type);
    check.update(data, at, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(type);
    out.write(data, at, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }

  private static byte[] deflated(byte[] data, int level) {
    try (Deflater deflater = new Deflater(level)) {
      deflater.setStrategy(Deflater.FILTERED);
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] block = new byte[BLOCK];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      return withWindowFor(data.length, out.toByteArray());
    }
  }

  /** Declares the smallest window that holds all the data, which readers may rely on. */
  private static byte[] withWindowFor(int length, byte[] zlib) {
    int bits = 15;
    while (bits > 8 && length <= 1 << (bits - 1)) {
      bits--;
    }
    int method = (bits - 8) << 4 | 8;
    int flags = zlib[1] & 0xE0;
    zlib[0] = (byte) method;
    zlib[1] = (byte) (flags + (31 - (method * 256 + flags) % 31) % 31);
    return zlib;
  }

  private byte[] filtered() {
    int row = width * pixel;
    byte[] all = new byte[lines * (row + 1)];
    byte[] line = new byte[row];
    byte[] best = new byte[row];
    for (int y = 0; y < lines; y++) {
      int chosen = 0;
      long least = Long.MAX_VALUE;
      for (int filter = 0; filter < FILTERS; filter++) {
        if (!isUseful(filter)) {
          continue;
        }
        long sum = filter(filter, y, line);
        if (sum < least) {
          least = sum;
          chosen = filter;
          byte[] swapped = best;
          best = line;
          line = swapped;
        }
      }
      all[y * (row + 1)] = (byte) chosen;
      System.arraycopy(best, 0, all, y * (row + 1) + 1, row);
    }
    return all;
  }

  /** A single line has none above it, a single column none to the left. */
  private boolean isUseful(int filter) {
    return switch (filter) {
      case 0 -> true;
      case 1 -> width > 1;
      case 2 -> lines > 1;
      default -> width > 1 && lines > 1;
    };
  }

  /** Filters a line; gives the sum of the absolute values of its bytes. */
  private long filter(int filter, int y, byte[] line) {
    long sum = 0;
    for (int i = 0; i < line.length; i++) {
      int left = i < pixel ? 0 : at(y, i - pixel);
      int above = y == 0 ? 0 : at(y - 1, i);
      int corner = y == 0 || i < pixel ? 0 : at(y - 1, i - pixel);
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            default -> paeth(left, above, corner);
          };
      line[i] = (byte) (at(y, i) - predicted);
      sum += Math.abs(line[i]);
    }
    return sum;
  }

  private int at(int y, int i) {
    return samples[y * width * pixel + i] & 0xFF;
  }

  /** Whichever of the three is closest to what a plane through them has here. */
  private static int paeth(int left, int above, int corner) {
    int plane = left + above - corner;
    int toLeft = Math.abs(plane - left);
    int toAbove = Math.abs(plane - above);
    int toCorner = Math.abs(plane - corner);
    return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
  }
}
