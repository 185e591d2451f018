package org.signet.op.flex.image;

import java.util.List;
import java.util.Optional;
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
 * CropAndResize. Operands: images [batch, height, width, channels], boxes [n, 4] of two corners (y,
 * x) in fractions of the image, the number of each box's image, height and width of the crops.
 */
final class TfCrops {
  private TfCrops() {}

  static List<OpDefinition> definitions() {
    return List.of(OpDefinition.tf("CropAndResize", TfCrops::infer, TfCrops::evaluate));
  }

  private static List<TensorType> infer(OpTypes op) {
    Optional<Tensor> size = op.constant(3);
    int boxes = Rules.dim(op, 1, 0) == Shape.UNKNOWN ? Rules.dim(op, 2, 0) : Rules.dim(op, 1, 0);
    return List.of(
        TensorType.of(
            DType.FLOAT32,
            boxes,
            size.map(s -> (int) s.getLong(0)).orElse(Shape.UNKNOWN),
            size.map(s -> (int) s.getLong(1)).orElse(Shape.UNKNOWN),
            Rules.dim(op, 0, 3)));
  }

  private static void evaluate(OpCall call) {
    Tensor images = Rules.requireRank(call.operand(0), 4, "image");
    Tensor boxes = Rules.requireRank(call.operand(1), 2, "boxes");
    Tensor numbers = Rules.requireRank(call.operand(2), 1, "box_ind");
    Shapes.require(boxes.dim(1) == 4 && numbers.size() == boxes.dim(0), "%s boxes", boxes.type());
    int[] size = call.operand(3).toInts();
    Shapes.require(size.length == 2 && size[0] > 0 && size[1] > 0, "a crop of %s", call.operand(3));
    Tensor result = call.result(0, DType.FLOAT32, boxes.dim(0), size[0], size[1], images.dim(3));
    String method = call.attributes().getString("method", "bilinear");
    Shapes.require(
        method.equals("bilinear") || method.equals("nearest"), "the method '%s'", method);
    int at = 0;
    for (int n = 0; n < boxes.dim(0); n++) {
      long number = numbers.getLong(n);
      Shapes.require(
          number >= 0 && number < images.dim(0), "image %s of %s", number, images.dim(0));
      float[] box = new float[4];
      for (int k = 0; k < 4; k++) {
        box[k] = boxes.floats()[4 * n + k];
      }
      for (int y = 0; y < size[0]; y++) {
        float row = position(box[0], box[2], images.dim(1), size[0], y);
        for (int x = 0; x < size[1]; x++) {
          float column = position(box[1], box[3], images.dim(2), size[1], x);
          pixel(call, (int) number, row, column, method.equals("nearest"), result, at);
          at += images.dim(3);
        }
      }
    }
  }

  /** Where, in the image, an element of a crop lies along an axis. */
  static float position(float from, float to, int image, int crop, int i) {
    if (crop == 1) {
      return 0.5f * (from + to) * (image - 1);
    }
    float scale = (to - from) * (image - 1) / (crop - 1);
    return from * (image - 1) + i * scale;
  }

  private static void pixel(
      OpCall call, int number, float row, float column, boolean nearest, Tensor result, int at) {
    Tensor images = call.operand(0);
    int height = images.dim(1);
    int width = images.dim(2);
    int channels = images.dim(3);
    float outside = call.attributes().getFloat("extrapolation_value", 0);
    boolean inside = row >= 0 && row <= height - 1 && column >= 0 && column <= width - 1;
    int top = nearest ? (int) Math.floor(row + 0.5) : (int) Math.floor(row);
    int left = nearest ? (int) Math.floor(column + 0.5) : (int) Math.floor(column);
    int bottom = nearest ? top : (int) Math.ceil(row);
    int right = nearest ? left : (int) Math.ceil(column);
    float down = nearest ? 0 : row - top;
    float along = nearest ? 0 : column - left;
    for (int c = 0; c < channels; c++) {
      float value = outside;
      if (inside) {
        int upper = (number * height + top) * width;
        int lower = (number * height + bottom) * width;
        float above = mix(images, upper + left, upper + right, channels, c, along);
        float below = mix(images, lower + left, lower + right, channels, c, along);
        value = above + (below - above) * down;
      }
      result.floats()[at + c] = value;
    }
  }

  private static float mix(Tensor images, int a, int b, int channels, int c, float share) {
    float first = (float) images.getDouble(a * channels + c);
    float second = (float) images.getDouble(b * channels + c);
    return first + (second - first) * share;
  }
}
