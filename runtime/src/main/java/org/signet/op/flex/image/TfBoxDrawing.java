package org.signet.op.flex.image;

import java.util.Arrays;
import java.util.List;
import org.signet.op.Elements;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;

/**
 * DrawBoundingBoxes: images [batch, height, width, channels] with boxes [batch, n, (top, left,
 * bottom, right)] drawn on them, their corners as parts of the image; V2 is given the colours.
 */
final class TfBoxDrawing {
  /** Red, green, blue, alpha of one box after the other. */
  private static final float[][] COLORS = {
    {1, 1, 0, 1}, {0, 0, 1, 1}, {1, 0, 0, 1}, {0, 1, 0, 1}, {0.5f, 0, 0.5f, 1},
    {0.5f, 0.5f, 0, 1}, {0.5f, 0, 0, 1}, {0, 0, 0.5f, 1}, {0, 1, 1, 1}, {1, 0, 1, 1}
  };

  private TfBoxDrawing() {}

  static List<OpDefinition> definitions() {
    return List.of(
        Rules.exact("DrawBoundingBoxes", Shapes.SAME, call -> draw(call, COLORS)),
        Rules.exact(
            "DrawBoundingBoxesV2", Shapes.SAME, call -> draw(call, colors(call.operand(2)))));
  }

  private static float[][] colors(Tensor table) {
    Rules.requireRank(table, 2, "colors");
    if (table.dim(0) == 0) {
      return COLORS;
    }
    float[][] colors = new float[table.dim(0)][table.dim(1)];
    for (int i = 0; i < table.size(); i++) {
      colors[i / table.dim(1)][i % table.dim(1)] = table.floats()[i];
    }
    return colors;
  }

  private static void draw(OpCall call, float[][] colors) {
    Tensor images = Rules.requireRank(call.operand(0), 4, "images");
    Tensor boxes = Rules.requireRank(call.operand(1), 3, "boxes");
    Shapes.require(
        boxes.dim(0) == images.dim(0) && boxes.dim(2) == 4,
        "boxes %s of %s",
        boxes.type(),
        images.type());
    Tensor result = call.result(0, images.dtype(), images.shape());
    Elements.copyAll(images, result);
    for (int n = 0; n < images.dim(0); n++) {
      for (int k = 0; k < boxes.dim(1); k++) {
        float[] color = colors[k % colors.length].clone();
        Shapes.require(
            images.dim(3) <= color.length,
            "%s channels, %s in a color",
            images.dim(3),
            color.length);
        if (images.dim(3) == 1 && Arrays.equals(colors, COLORS)) {
          color[0] = 1; // on grey images boxes are white
        }
        new Canvas(result, n, color).box(boxes, n * boxes.dim(1) + k);
      }
    }
  }

  /** An image of a batch, and the colour that is drawn with. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Canvas(Tensor images, int image, float[] color) {
    void box(Tensor boxes, int number) {
      int height = images.dim(1);
      int width = images.dim(2);
      long top = (long) ((float) boxes.getDouble(4 * number) * (height - 1));
      long left = (long) ((float) boxes.getDouble(4 * number + 1) * (width - 1));
      long bottom = (long) ((float) boxes.getDouble(4 * number + 2) * (height - 1));
      long right = (long) ((float) boxes.getDouble(4 * number + 3) * (width - 1));
      if (top > bottom
          || left > right
          || top >= height
          || bottom < 0
          || left >= width
          || right < 0) {
        return;
      }
      for (long x = Math.max(left, 0); x <= Math.min(right, width - 1); x++) {
        dot(top, x);
        dot(bottom, x);
      }
      for (long y = Math.max(top, 0); y <= Math.min(bottom, height - 1); y++) {
        dot(y, left);
        dot(y, right);
      }
    }

    private void dot(long y, long x) {
      if (y < 0 || x < 0 || y >= images.dim(1) || x >= images.dim(2)) {
        return;
      }
      int channels = images.dim(3);
      int at = ((image * images.dim(1) + (int) y) * images.dim(2) + (int) x) * channels;
      for (int c = 0; c < channels; c++) {
        images.setDouble(at + c, color[c]);
      }
    }
  }
}
