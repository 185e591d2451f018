package org.signet.op.flex.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.NodeList;

/** The frames of a GIF, each drawn over the one before. */
final class Animation {
  private static final int CHANNELS = 3;

  private Animation() {}

  /**
   * @param frames how many of them are whole
   */
  static DecodedImage read(ImageReader reader, int frames) throws IOException {
    IIOMetadataNode screen =
        child(
            reader.getStreamMetadata(), "javax_imageio_gif_stream_1.0", "LogicalScreenDescriptor");
    int width = number(screen, "logicalScreenWidth");
    int height = number(screen, "logicalScreenHeight");
    DecodedImage.requireSize((long) height * Math.max(frames, 1), width);
    int frameSize = height * width * CHANNELS;
    int[] samples = new int[frames * frameSize];
    for (int f = 0; f < frames; f++) {
      if (f > 0) {
        System.arraycopy(samples, (f - 1) * frameSize, samples, f * frameSize, frameSize);
      }
      IIOMetadataNode place =
          child(reader.getImageMetadata(f), "javax_imageio_gif_image_1.0", "ImageDescriptor");
      draw(
          reader.read(f),
          number(place, "imageLeftPosition"),
          number(place, "imageTopPosition"),
          samples,
          f * height,
          height,
          width);
    }
    return new DecodedImage(
        frames, height, width, CHANNELS, false, DecodedImage.Format.GIF, samples);
  }

  private static void draw(
      BufferedImage frame, int left, int top, int[] samples, int firstRow, int height, int width) {
    for (int y = 0; y < Math.min(frame.getHeight(), height - top); y++) {
      for (int x = 0; x < Math.min(frame.getWidth(), width - left); x++) {
        int argb = frame.getRGB(x, y);
        int at = ((firstRow + top + y) * width + left + x) * CHANNELS;
        if (argb >>> 24 != 0) {
          samples[at] = argb >>> 16 & 0xFF;
          samples[at + 1] = argb >>> 8 & 0xFF;
          samples[at + 2] = argb & 0xFF;
        }
      }
    }
  }

  private static IIOMetadataNode child(IIOMetadata metadata, String format, String name) {
    NodeList found = ((IIOMetadataNode) metadata.getAsTree(format)).getElementsByTagName(name);
    if (found.getLength() == 0) {
      throw new IllegalArgumentException("a GIF without " + name);
    }
    return (IIOMetadataNode) found.item(0);
  }

  private static int number(IIOMetadataNode node, String attribute) {
    return Integer.parseInt(node.getAttribute(attribute));
  }
}
