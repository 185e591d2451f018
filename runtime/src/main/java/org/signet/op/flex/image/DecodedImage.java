package org.signet.op.flex.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.signet.op.Shapes;

/**
 * The pixels of an image or animation.
 *
 * @param frames how many images there are
 * @param height of each
 * @param width of each
 * @param channels 1 grey, 2 grey and alpha, 3 red, green, blue, 4 and alpha
 * @param wide whether samples have 16 bits instead of 8
 * @param format what it was decoded from
 * @param samples [frames, height, width, channels]; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record DecodedImage(
    int frames, int height, int width, int channels, boolean wide, Format format, int[] samples) {
  private static final long MOST_SAMPLES = 1 << 29;

  /** What an image may be encoded in. */
  enum Format {
    PNG,
    JPEG,
    GIF,
    BMP
  }

  /**
   * Decodes a PNG, JPEG, GIF or BMP.
   *
   * @throws IllegalArgumentException if it is none or is damaged
   */
  static DecodedImage of(byte[] content) {
    return of(content, false);
  }

  /**
   * The same.
   *
   * @param recover whether a JPEG may break off
   */
  static DecodedImage of(byte[] content, boolean recover) {
    Shapes.require(content.length > 0, "Input is empty.");
    String start = new String(content, 0, Math.min(content.length, 4), StandardCharsets.ISO_8859_1);
    if (start.startsWith("BM")) {
      return Bitmap.decode(content);
    }
    Format format =
        start.equals("\u0089PNG")
            ? Format.PNG
            : start.startsWith("GIF8") ? Format.GIF : Format.JPEG;
    Shapes.require(
        format != Format.JPEG || start.startsWith("\u00FF\u00D8\u00FF"),
        "Unknown image file format. One of JPEG, PNG, GIF, BMP required; here are %s bytes",
        content.length);
    if (format == Format.PNG) {
      WholeFiles.requirePng(content);
    } else if (format == Format.JPEG && !recover) {
      WholeFiles.requireJpeg(content);
    }
    int frames = format == Format.GIF ? WholeFiles.gifImages(content) : 1;
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    Shapes.require(readers.hasNext(), "this Java has no decoder of %s", format);
    ImageReader reader = readers.next();
    try (ImageInputStream input =
        ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input);
      return format == Format.GIF ? Animation.read(reader, frames) : of(reader.read(0), format);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "Invalid %s data, size %s: %s".formatted(format, content.length, e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }

  private static DecodedImage of(BufferedImage image, Format format) {
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    int channels = colors.getNumComponents();
    int height = image.getHeight();
    int width = image.getWidth();
    requireSize(height, width);
    if (colors instanceof IndexColorModel palette) {
      return ofPalette(image, palette, format);
    }
    int[] samples = raster.getPixels(0, 0, width, height, (int[]) null);
    boolean wide = colors.getComponentSize(0) == Short.SIZE;
    return new DecodedImage(1, height, width, channels, wide, format, samples);
  }

  /** Greys of less than 8 bits are palettes, too. */
  private static DecodedImage ofPalette(
      BufferedImage image, IndexColorModel palette, Format format) {
    boolean grey = palette.getMapSize() <= 16 && isGrey(palette);
    int channels = grey ? 1 : palette.hasAlpha() ? 4 : 3;
    int[] samples = new int[image.getHeight() * image.getWidth() * channels];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        for (int c = 0; c < channels; c++) {
          samples[at++] = c == 3 ? argb >>> 24 : argb >>> (16 - 8 * c) & 0xFF;
        }
      }
    }
    return new DecodedImage(
        1, image.getHeight(), image.getWidth(), channels, false, format, samples);
  }

  /**
   * Whether the colours are all shades of grey from black to white, as a format without one has.
   */
  private static boolean isGrey(IndexColorModel palette) {
    int last = palette.getMapSize() - 1;
    for (int i = 0; i <= last; i++) {
      int shade = last == 0 ? 0 : i * 255 / last;
      if (palette.getRGB(i) != (0xFF << 24 | shade << 16 | shade << 8 | shade)) {
        return false;
      }
    }
    return true;
  }

  static void requireSize(long height, long width) {
    Shapes.require(
        height > 0 && width > 0 && height * width * 4 <= MOST_SAMPLES,
        "an image of %s x %s",
        height,
        width);
  }

  /** The first frame alone. */
  DecodedImage first() {
    return new DecodedImage(1, height, width, channels, wide, format, samples);
  }

  /** The same with grey repeated, colours mixed to grey, alpha left out or opaque. */
  DecodedImage withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int pixels = frames * height * width;
    int[] converted = new int[pixels * wanted];
    int opaque = wide ? 0xFFFF : 0xFF;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < wanted; c++) {
        converted[i * wanted + c] =
            c == 3
                ? (channels % 2 == 0 ? samples[i * channels + channels - 1] : opaque)
                : color(i, c, wanted);
      }
    }
    return new DecodedImage(frames, height, width, wanted, wide, format, converted);
  }

  private int color(int pixel, int c, int wanted) {
    int at = pixel * channels;
    if (channels < 3) {
      return samples[at];
    }
    return wanted >= 3 ? samples[at + c] : grey(samples[at], samples[at + 1], samples[at + 2]);
  }

  /** As libpng mixes them: the weights 0.299, 0.587, 0.114 in 15 bits. */
  private static int grey(int red, int green, int blue) {
    return (red * 9798 + green * 19235 + blue * 3735) >>> 15;
  }
}
