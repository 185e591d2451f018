package org.signet.op.flex.image;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Elements;
import org.signet.op.KnownOperands;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.Shapes;
import org.signet.op.flex.Rules;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * The gradients of CropAndResize with respect to the images and to the boxes. Operands: gradients
 * [n, height, width, channels] of the crops; what CropAndResize was given.
 */
final class TfCropGradients {
  private TfCropGradients() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.tf(
                "CropAndResizeGradBoxes",
                op -> List.of(TensorType.of(DType.FLOAT32, Rules.dim(op, 2, 0), 4)),
                TfCropGradients::ofBoxes)
            .accurate(Accuracy.ACCUMULATED),
        OpDefinition.tf(
                "CropAndResizeGradImage",
                op ->
                    List.of(Shapes.plain(op.attributes().getType("T"), KnownOperands.shape(op, 3))),
                TfCropGradients::ofImage)
            .accurate(Accuracy.ACCUMULATED));
  }

  /** The lines of an image between which a line of a crop lies. */
  private record Line(int low, int high, float share, boolean inside) {
    static Line of(float position, int size, boolean nearest) {
      boolean inside = position >= 0 && position <= size - 1;
      int low = nearest ? Math.round(position) : (int) Math.floor(position);
      int high = nearest ? low : (int) Math.ceil(position);
      return new Line(low, high, nearest ? 0 : position - low, inside);
    }
  }

  /** What happens to a pixel of a crop, between two lines and two columns of an image. */
  private interface Pixel {
    void visit(int box, int image, int y, Line row, int x, Line column);
  }

  private static void walk(
      Tensor gradients, Tensor boxes, Tensor numbers, int[] images, boolean nearest, Pixel pixel) {
    Shapes.require(
        gradients.rank() == 4
            && boxes.rank() == 2
            && boxes.dim(1) == 4
            && boxes.dim(0) == gradients.dim(0)
            && numbers.size() == boxes.dim(0)
            && images.length == 4
            && images[3] == gradients.dim(3),
        "gradients %s of boxes %s in images %s",
        gradients.type(),
        boxes.type(),
        Shapes.text(images));
    float[] corners = boxes.floats();
    for (int n = 0; n < boxes.dim(0); n++) {
      int image = (int) numbers.getLong(n);
      Shapes.require(image >= 0 && image < images[0], "image %s of %s", image, images[0]);
      for (int y = 0; y < gradients.dim(1); y++) {
        float down =
            TfCrops.position(corners[4 * n], corners[4 * n + 2], images[1], gradients.dim(1), y);
        Line row = Line.of(down, images[1], nearest);
        for (int x = 0; x < gradients.dim(2); x++) {
          float along =
              TfCrops.position(
                  corners[4 * n + 1], corners[4 * n + 3], images[2], gradients.dim(2), x);
          Line column = Line.of(along, images[2], nearest);
          if (row.inside() && column.inside()) {
            pixel.visit(n, image, y, row, x, column);
          }
        }
      }
    }
  }

  /** Operands: gradients, boxes, the image of each, the shape of the images. */
  private static void ofImage(OpCall call) {
    Tensor gradients = call.operand(0);
    int[] images = KnownOperands.sizes(call.operand(3));
    String method = call.attributes().getString("method", "bilinear");
    Tensor sums = Tensor.zeros(DType.FLOAT64, images);
    Place place = new Place(images);
    int channels = gradients.dim(3);
    walk(
        gradients,
        call.operand(1),
        call.operand(2),
        images,
        method.equals("nearest"),
        (n, image, y, row, x, column) -> {
          int from = ((n * gradients.dim(1) + y) * gradients.dim(2) + x) * channels;
          for (int c = 0; c < channels; c++) {
            float gradient = gradients.floats()[from + c];
            float above = (1 - row.share()) * gradient;
            float below = row.share() * gradient;
            double[] to = sums.doubles();
            to[place.of(image, row.low(), column.low(), c)] += (1 - column.share()) * above;
            to[place.of(image, row.low(), column.high(), c)] += column.share() * above;
            to[place.of(image, row.high(), column.low(), c)] += (1 - column.share()) * below;
            to[place.of(image, row.high(), column.high(), c)] += column.share() * below;
          }
        });
    Rules.store(call, sums.doubles(), call.attributes().getType("T"), images);
  }

  /** Where a pixel's channel lies in images [batch, height, width, channels]. */
  private record Place(int height, int width, int channels) {
    Place(int... images) {
      this(images[1], images[2], images[3]);
    }

    int of(int image, int y, int x, int channel) {
      return ((image * height + y) * width + x) * channels + channel;
    }
  }

  /** Operands: gradients, images, boxes, the image of each. */
  private static void ofBoxes(OpCall call) {
    Tensor gradients = call.operand(0);
    Tensor images = Rules.requireRank(call.operand(1), 4, "image");
    Tensor boxes = call.operand(2);
    Place place = new Place(images.shape());
    Tensor result = call.result(0, DType.FLOAT32, boxes.dim(0), 4);
    Elements.clear(result);
    int channels = images.dim(3);
    walk(
        gradients,
        boxes,
        call.operand(3),
        images.shape(),
        false,
        (n, image, y, row, x, column) -> {
          int from = ((n * gradients.dim(1) + y) * gradients.dim(2) + x) * channels;
          for (int c = 0; c < channels; c++) {
            float gradient = gradients.floats()[from + c];
            double a = images.getDouble(place.of(image, row.low(), column.low(), c));
            double b = images.getDouble(place.of(image, row.low(), column.high(), c));
            double d = images.getDouble(place.of(image, row.high(), column.low(), c));
            double e = images.getDouble(place.of(image, row.high(), column.high(), c));
            double down = (1 - column.share()) * (d - a) + column.share() * (e - b);
            double along = (1 - row.share()) * (b - a) + row.share() * (e - d);
            add(result, 4 * n, down * gradient, y, gradients.dim(1), images.dim(1));
            add(result, 4 * n + 1, along * gradient, x, gradients.dim(2), images.dim(2));
          }
        });
  }

  /** Adds the share of a pixel to the gradients of a box's first and second line. */
  private static void add(Tensor result, int at, double gradient, int i, int crop, int image) {
    double last = image - 1;
    double second = crop > 1 ? i * (last / (crop - 1)) : 0.5 * last;
    result.floats()[at] += (float) (gradient * (last - second));
    result.floats()[at + 2] += (float) (gradient * second);
  }
}
