package org.signet.op.flex.image;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.signet.op.Effects;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
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
 * ExtractGlimpse: a window of each image around a place. Operands: images [batch, height, width,
 * channels], the window's height and width, places [batch, (y, x)]. What lies outside of the image
 * is noise, or zero; without a seed TensorFlow's noise is its own, too.
 */
final class TfGlimpses {
  private TfGlimpses() {}

  static List<OpDefinition> definitions() {
    return List.of(glimpse("ExtractGlimpse", 1), glimpse("ExtractGlimpseV2", 2));
  }

  private static OpDefinition glimpse(String name, int version) {
    return Rules.exact(name, TfGlimpses::infer, call -> extract(call, version))
        .withEffects(Effects.NONDETERMINISTIC);
  }

  private static List<TensorType> infer(OpTypes op) {
    Shape input = Shapes.ranked(op.shape(0), 4, "the input");
    Shape size = KnownOperands.shape(op, 1);
    int height = size.hasRank() ? size.dim(0) : Shape.UNKNOWN;
    int width = size.hasRank() ? size.dim(1) : Shape.UNKNOWN;
    return List.of(Shapes.plain(DType.FLOAT32, input.withDim(1, height).withDim(2, width)));
  }

  private static void extract(OpCall call, int version) {
    Tensor input = Rules.requireRank(call.operand(0), 4, "the input");
    int[] size = KnownOperands.sizes(call.operand(1));
    Tensor places = Rules.requireRank(call.operand(2), 2, "offsets");
    Shapes.require(
        size.length == 2 && places.hasShape(input.dim(0), 2),
        "a window %s at %s",
        Shapes.text(size),
        places.type());
    int channels = input.dim(3);
    Tensor result = call.result(0, DType.FLOAT32, input.dim(0), size[0], size[1], channels);
    for (int n = 0; n < input.dim(0); n++) {
      int top = offset(call, version, places.floats()[2 * n], input.dim(1), size[0]);
      int left = offset(call, version, places.floats()[2 * n + 1], input.dim(2), size[1]);
      for (int y = 0; y < size[0]; y++) {
        for (int x = 0; x < size[1]; x++) {
          int to = ((n * size[0] + y) * size[1] + x) * channels;
          boolean inside =
              top + y >= 0 && top + y < input.dim(1) && left + x >= 0 && left + x < input.dim(2);
          if (inside) {
            int from = ((n * input.dim(1) + top + y) * input.dim(2) + left + x) * channels;
            Elements.copy(input, from, result, to, channels);
          } else {
            noise(call.attributes().getString("noise", "uniform"), result, to, channels);
          }
        }
      }
    }
  }

  /**
   * Where the window begins. Places from −1 to 1, centered and normalized, are of the window's
   * middle; in V2 all others are of its beginning.
   */
  private static int offset(OpCall call, int version, float place, int input, int size) {
    boolean centered = call.attributes().getBoolean("centered", true);
    boolean normalized = call.attributes().getBoolean("normalized", true);
    float at = normalized ? place * input : place;
    if (version == 2 && !(centered && normalized)) {
      return (int) (centered ? at + input / 2f : at);
    }
    return (int) ((centered ? at / 2 + input / 2f : at) - size / 2f);
  }

  private static void noise(String kind, Tensor result, int at, int channels) {
    for (int c = 0; c < channels; c++) {
      result.floats()[at + c] =
          switch (kind) {
            case "zero" -> 0;
            case "gaussian" -> (float) ThreadLocalRandom.current().nextGaussian();
            default -> ThreadLocalRandom.current().nextFloat();
          };
    }
  }
}
