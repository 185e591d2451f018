package org.signet.op.flex.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * EncodePng, EncodeJpeg and EncodeJpegVariableQuality: images [height, width, channels] to files;
 * ExtractJpegShape: the size of an image without its pixels.
 *
 * <p>A JPEG's bytes are the JDK's, not TensorFlow's; its pixels differ by a few units.
 */
final class TfImageEncoding {
  private TfImageEncoding() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("EncodePng", TfImageEncoding::inferPng, TfImageEncoding::png),
        Rules.exact("EncodeJpeg", Rules.always(Rules.scalar(DType.STRING)), TfImageEncoding::jpeg),
        Rules.exact(
            "EncodeJpegVariableQuality",
            Rules.always(Rules.scalar(DType.STRING)),
            TfImageEncoding::jpegOfQuality),
        Rules.exact(
            "ExtractJpegShape",
            op -> List.of(TensorType.of(sizeType(op.attributes()), 3)),
            TfImageEncoding::jpegShape));
  }

  /** A file for each image of a batch. */
  private static List<TensorType> inferPng(OpTypes op) {
    Shape shape = op.shape(0);
    Shape lead =
        shape.hasRank()
            ? Shape.of(Arrays.copyOf(shape.dims(), Math.max(0, shape.rank() - 3)))
            : shape;
    return List.of(Shapes.plain(DType.STRING, lead));
  }

  private static void png(OpCall call) {
    Tensor images = call.operand(0);
    Shapes.require(images.rank() >= 3, "%s is no image", images.type());
    int height = images.dim(-3);
    int width = images.dim(-2);
    int channels = images.dim(-1);
    Shapes.require(channels >= 1 && channels <= 4, "%s channels", channels);
    Shapes.require(height > 0 && width > 0, "an image of %s x %s", height, width);
    int level = call.attributes().getInt("compression", -1);
    Shapes.require(level >= -1 && level <= 9, "a compression of %s", level);
    int[] lead = Arrays.copyOf(images.shape(), images.rank() - 3);
    byte[][] files = call.result(0, DType.STRING, lead).strings();
    boolean wide = images.dtype() == DType.UINT16;
    int size = height * width * channels;
    for (int n = 0; n < images.size() / size; n++) {
      byte[] samples = new byte[size * (wide ? 2 : 1)];
      for (int i = 0; i < size; i++) {
        int sample = (int) images.getLong(n * size + i);
        if (wide) {
          samples[2 * i] = (byte) (sample >>> 8);
          samples[2 * i + 1] = (byte) sample;
        } else {
          samples[i] = (byte) sample;
        }
      }
      files[n] = PngWriter.write(height, width, channels, wide, samples, level);
    }
  }

  private static void jpeg(OpCall call) {
    Attributes attributes = call.attributes();
    String format = attributes.getString("format", "");
    int channels = call.operand(0).rank() == 3 ? call.operand(0).dim(2) : 0;
    Shapes.require(
        format.isEmpty() || channels == (format.equals("grayscale") ? 1 : 3),
        "format '%s' of %s channels",
        format,
        channels);
    JpegWriter writer =
        new JpegWriter(
            attributes.getInt("quality", 95),
            attributes.getBoolean("progressive", false),
            attributes.getBoolean("optimize_size", false),
            attributes.getBoolean("chroma_downsampling", true),
            attributes.getString("density_unit", "in").equals("in") ? 1 : 2,
            attributes.getInt("x_density", 300),
            attributes.getInt("y_density", 300));
    write(call, writer);
  }

  private static void jpegOfQuality(OpCall call) {
    Shapes.require(
        call.operand(1).size() == 1, "%s where one quality is needed", call.operand(1).type());
    write(call, new JpegWriter((int) call.operand(1).getLong(0), false, false, true, 1, 300, 300));
  }

  private static void write(OpCall call, JpegWriter writer) {
    Tensor image = Rules.requireRank(call.operand(0), 3, "the image");
    int height = image.dim(0);
    int width = image.dim(1);
    int channels = image.dim(2);
    Shapes.require(channels == 1 || channels == 3, "a JPEG of %s channels", channels);
    Shapes.require(height > 0 && width > 0, "an image of %s x %s", height, width);
    BufferedImage pixels =
        new BufferedImage(
            width,
            height,
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < image.size(); i++) {
      int at = i / channels;
      pixels.getRaster().setSample(at % width, at / width, i % channels, (int) image.getLong(i));
    }
    call.result(0, DType.STRING).strings()[0] = writer.write(pixels);
  }

  private static DType sizeType(Attributes attributes) {
    return attributes.getType("output_type", DType.INT32);
  }

  /** Height, width and channels, from the header of the frame. */
  private static void jpegShape(OpCall call) {
    Tensor content = call.operand(0);
    Shapes.require(content.size() == 1, "%s where one image is needed", content.type());
    byte[] bytes = content.strings()[0];
    Shapes.require(
        bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xD8, "no JPEG");
    int at = 2;
    while (at + 9 < bytes.length && !isFrame(bytes[at + 1] & 0xFF)) {
      Shapes.require((bytes[at] & 0xFF) == 0xFF, "a damaged JPEG");
      at += 2 + unsigned(bytes, at + 2);
    }
    Shapes.require(at + 9 < bytes.length, "a JPEG without a frame");
    Tensor result = call.result(0, sizeType(call.attributes()), 3);
    result.setLong(0, unsigned(bytes, at + 5));
    result.setLong(1, unsigned(bytes, at + 7));
    result.setLong(2, bytes[at + 9]);
  }

  /** SOF0 to SOF15, among which are markers of tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
