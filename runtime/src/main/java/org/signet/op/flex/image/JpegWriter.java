package org.signet.op.flex.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;
import org.signet.op.Shapes;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes an image as JPEG, by the encoder of the JDK.
 *
 * @param quality 1 to 100
 * @param progressive whether it becomes sharper while it is loaded
 * @param small whether tables are fitted to the image
 * @param halved whether colours have half of the pixels
 * @param unit of the density: 0 none, 1 inch, 2 centimetre
 * @param densityX pixels in a unit
 * @param densityY lines in a unit
 */
record JpegWriter(
    int quality,
    boolean progressive,
    boolean small,
    boolean halved,
    int unit,
    int densityX,
    int densityY) {
  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

  JpegWriter {
    Shapes.require(quality >= 0 && quality <= 100, "a quality of %s", quality);
  }

  byte[] write(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try {
      ImageWriteParam options = writer.getDefaultWriteParam();
      options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      options.setCompressionQuality(Math.max(quality, 1) / 100f);
      options.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      if (options instanceof JPEGImageWriteParam own) {
        own.setOptimizeHuffmanTables(small);
      }
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), options);
      describe(metadata);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
        writer.setOutput(out);
        writer.write(metadata, new IIOImage(image, null, metadata), options);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("an image can't be written", e);
    } finally {
      writer.dispose();
    }
  }

  private void describe(IIOMetadata metadata) throws IOException {
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    first(root, "app0JFIF")
        .ifPresent(density -> {
          density.setAttribute("resUnits", Integer.toString(unit));
          density.setAttribute("Xdensity", Integer.toString(densityX));
          density.setAttribute("Ydensity", Integer.toString(densityY));
        });
    first(root, "componentSpec")
        .ifPresent(luminance -> {
          luminance.setAttribute("HsamplingFactor", halved ? "2" : "1");
          luminance.setAttribute("VsamplingFactor", halved ? "2" : "1");
        });
    metadata.setFromTree(FORMAT, root);
  }

  private static Optional<Element> first(IIOMetadataNode root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    return nodes.getLength() == 0 ? Optional.empty() : Optional.of((Element) nodes.item(0));
  }
}
