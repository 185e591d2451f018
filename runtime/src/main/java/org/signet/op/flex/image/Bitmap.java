package org.signet.op.flex.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.signet.op.Shapes;

/** Windows bitmaps of 8, 24 or 32 bits, whose palettes TensorFlow leaves aside. */
final class Bitmap {
  private static final int PIXELS_AT = 10;
  private static final int WIDTH_AT = 18;
  private static final int HEIGHT_AT = 22;
  private static final int BITS_AT = 28;
  private static final int HEADER = 32;

  private Bitmap() {}

  /**
   * @throws IllegalArgumentException if these bytes are none
   */
  static DecodedImage decode(byte[] content) {
    Shapes.require(
        content.length >= 2 && content[0] == 'B' && content[1] == 'M',
        "Unknown image file format: %s bytes that are no BMP",
        content.length);
    Shapes.require(
        content.length >= HEADER,
        "Incomplete bmp content, requires at least %s bytes to find the header size, width, height,"
            + " and bpp, got %s bytes",
        HEADER,
        content.length);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int first = bytes.getInt(PIXELS_AT);
    int width = bytes.getInt(WIDTH_AT);
    // Rows go from the bottom up, unless the height is negative.
    boolean downwards = bytes.getInt(HEIGHT_AT) < 0;
    int height = Math.abs(bytes.getInt(HEIGHT_AT));
    int bits = bytes.getShort(BITS_AT);
    Shapes.require(bits == 8 || bits == 24 || bits == 32, "a bitmap of %s bits a pixel", bits);
    DecodedImage.requireSize(height, width);
    int channels = bits / Byte.SIZE;
    long row = ((long) bits * width + 31) / 32 * 4;
    long missing = first + row * height - content.length;
    Shapes.require(
        first >= 0 && missing <= 0,
        "Input size should match (header_size + row_size * abs_height) but they differ by %s: a"
            + " bitmap of %s x %s in %s bytes",
        -missing,
        height,
        width,
        content.length);
    int[] samples = new int[height * width * channels];
    for (int y = 0; y < height; y++) {
      int from = (int) (first + row * (downwards ? y : height - 1 - y));
      for (int i = 0; i < width * channels; i++) {
        int c = i % channels;
        // Blue comes first, alpha last.
        int source = channels >= 3 && c < 3 ? i - c + 2 - c : i;
        samples[y * width * channels + i] = content[from + source] & 0xFF;
      }
    }
    return new DecodedImage(1, height, width, channels, false, DecodedImage.Format.BMP, samples);
  }
}
