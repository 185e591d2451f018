package org.signet.op.flex.image;

import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Reference;
import org.signet.op.ShapeRule;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.op.flex.image.DecodedImage.Format;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * DecodePng, DecodeJpeg, DecodeAndCropJpeg, DecodeGif, DecodeBmp and DecodeImage: strings to images
 * [height, width, channels], animations [frames, height, width, 3]. All but DecodeBmp tell the
 * format by content.
 *
 * <p>PNG, GIF and BMP give TensorFlow's pixels. A JPEG's may differ by a few units, as they do
 * between decoders.
 */
final class TfImageDecoding {
  /** From 8 bits to 16. */
  private static final int WIDENING = 257;

  private static final float NARROW = 1 / 255f;
  private static final float WIDE = 1 / 65535f;

  private TfImageDecoding() {}

  static List<OpDefinition> definitions() {
    return List.of(
        decoder("DecodePng", TfImageDecoding::image),
        decoder("DecodeJpeg", TfImageDecoding::image),
        Rules.exact("DecodeAndCropJpeg", TfImageDecoding::inferCrop, TfImageDecoding::croppedImage),
        decoder("DecodeBmp", TfImageDecoding::bitmap),
        Rules.exact(
            "DecodeGif",
            Rules.always(TensorType.of(DType.UINT8, -1, -1, -1, 3)),
            call -> store(call, DecodedImage.of(content(call)), 3, true)),
        Rules.exact("DecodeImage", TfImageDecoding::inferAny, TfImageDecoding::any));
  }

  private static OpDefinition decoder(String name, Reference reference) {
    ShapeRule rule =
        op -> {
          int channels = channels(op.attributes());
          DType dtype = op.attributes().getType("dtype", DType.UINT8);
          return List.of(
              TensorType.of(
                  dtype, Shape.UNKNOWN, Shape.UNKNOWN, channels == 0 ? Shape.UNKNOWN : channels));
        };
    return Rules.exact(name, rule, reference);
  }

  private static int channels(Attributes attributes) {
    int channels = attributes.getInt("channels", 0);
    Shapes.require(channels >= 0 && channels != 2 && channels <= 4, "%s channels", channels);
    return channels;
  }

  private static byte[] content(OpCall call) {
    Tensor content = call.operand(0);
    Shapes.require(content.size() == 1, "%s where one image is needed", content.type());
    return content.strings()[0];
  }

  private static void image(OpCall call) {
    Shapes.require(
        call.attributes().getInt("ratio", 1) == 1, "a JPEG decoded at a fraction of its size");
    boolean recover = call.attributes().getBoolean("try_recover_truncated", false);
    DecodedImage image = DecodedImage.of(content(call), recover);
    Shapes.require(image.frames() == 1, "an animation of %s frames", image.frames());
    store(call, image, channels(call.attributes()), false);
  }

  private static List<TensorType> inferCrop(OpTypes op) {
    int channels = channels(op.attributes());
    Optional<int[]> window = op.constant(1).map(Tensor::toInts).filter(w -> w.length == 4);
    return List.of(
        TensorType.of(
            DType.UINT8,
            window.map(w -> w[2]).orElse(Shape.UNKNOWN),
            window.map(w -> w[3]).orElse(Shape.UNKNOWN),
            channels == 0 ? Shape.UNKNOWN : channels));
  }

  /** Operands: the JPEG; first line and column, height and width of what is wanted of it. */
  private static void croppedImage(OpCall call) {
    int[] window = call.operand(1).toInts();
    Shapes.require(window.length == 4, "a window of %s numbers", window.length);
    Shapes.require(
        call.attributes().getInt("ratio", 1) == 1, "a JPEG decoded at a fraction of its size");
    DecodedImage image = DecodedImage.of(content(call));
    Shapes.require(image.format() == Format.JPEG, "no JPEG");
    int channels = channels(call.attributes());
    int wanted = channels == 0 ? image.channels() : channels;
    DecodedImage whole = image.withChannels(wanted);
    Shapes.require(
        window[0] >= 0
            && window[1] >= 0
            && window[2] > 0
            && window[3] > 0
            && window[2] <= whole.height() - window[0]
            && window[3] <= whole.width() - window[1],
        "the window %s of an image of %s by %s pixels",
        Shapes.text(window),
        whole.height(),
        whole.width());
    Tensor result = call.result(0, DType.UINT8, window[2], window[3], wanted);
    int row = window[3] * wanted;
    for (int i = 0; i < result.size(); i++) {
      int from = (window[0] + i / row) * whole.width() + window[1];
      result.setLong(i, whole.samples()[from * wanted + i % row]);
    }
  }

  private static void bitmap(OpCall call) {
    DecodedImage image = Bitmap.decode(content(call));
    int channels = channels(call.attributes());
    Shapes.require(
        channels == 0 || channels == image.channels(),
        "a bitmap of %s channels where %s are asked for",
        image.channels(),
        channels);
    store(call, image, channels, false);
  }

  private static List<TensorType> inferAny(OpTypes op) {
    DType dtype = op.attributes().getType("dtype", DType.UINT8);
    boolean animations = op.attributes().getBoolean("expand_animations", true);
    return List.of(Shapes.plain(dtype, animations ? Shape.unknownRank() : Shape.ofRank(3)));
  }

  private static void any(OpCall call) {
    DecodedImage image = DecodedImage.of(content(call));
    boolean animated = image.format() == Format.GIF;
    boolean frames = animated && call.attributes().getBoolean("expand_animations", true);
    int channels = animated ? 3 : channels(call.attributes());
    store(call, frames ? image : image.first(), channels, frames);
  }

  private static void store(OpCall call, DecodedImage image, int wanted, boolean frames) {
    int channels = wanted == 0 ? image.channels() : wanted;
    DType dtype = call.attributes().getType("dtype", DType.UINT8);
    DecodedImage ready = image.withChannels(channels);
    int[] shape =
        frames
            ? new int[] {ready.frames(), ready.height(), ready.width(), channels}
            : new int[] {ready.height(), ready.width(), channels};
    Tensor result = call.result(0, dtype, shape);
    for (int i = 0; i < result.size(); i++) {
      int sample = ready.samples()[i];
      int wide = ready.wide() ? sample : sample * WIDENING;
      switch (dtype) {
        case UINT8 -> result.setLong(i, wide >>> 8);
        case UINT16 -> result.setLong(i, wide);
        case FLOAT32 ->
            // A PNG is decoded to 16 bits for that.
            result.setDouble(i, image.format() == Format.PNG ? wide * WIDE : sample * NARROW);
        default -> throw new IllegalArgumentException("no images of type " + dtype);
      }
    }
  }
}
