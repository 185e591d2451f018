package org.signet.op.flex.image;

import java.util.ArrayList;
import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.Attributes;
import org.signet.op.Effects;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Philox;
import org.signet.op.RandomNumbers;
import org.signet.op.RandomStream;
import org.signet.op.Shapes;
import org.signet.op.flex.random.RandomOps;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/**
 * SampleDistortedBoundingBox, its V2 and StatelessSampleDistortedBoundingBox: a random part of an
 * image that shows enough of an object. Operands: the image's size [height, width, channels],
 * objects [1, n, 4] in fractions of the image, from V2 on how much of an object must be seen, and
 * the seed. Results: where the part begins, its size, and its corners in fractions.
 */
final class TfDistortedBoxes {
  private static final String OP = "SampleDistortedBoundingBox";

  /** Below one pixel nothing is seen. */
  private static final float SMALLEST = 1;

  private TfDistortedBoxes() {}

  static List<OpDefinition> definitions() {
    return List.of(
        stateful(OP, call -> call.attributes().getFloat("min_object_covered", 0.1f)),
        stateful(OP + "V2", call -> call.operand(2).floats()[0]),
        OpDefinition.tf(
                "Stateless" + OP,
                TfDistortedBoxes::infer,
                call ->
                    sample(call, RandomOps.seeded(call.operand(3)), call.operand(2).floats()[0]))
            .accurate(Accuracy.APPROXIMATE));
  }

  /** How much of an object must be seen. */
  private interface Coverage {
    float of(OpCall call);
  }

  private static OpDefinition stateful(String name, Coverage coverage) {
    return OpDefinition.tf(
            name,
            TfDistortedBoxes::infer,
            call -> sample(call, RandomStream.skip(name, call, attempts(call)), coverage.of(call)))
        .accurate(Accuracy.APPROXIMATE)
        .withEffects(Effects.NONDETERMINISTIC);
  }

  private static List<TensorType> infer(OpTypes op) {
    return List.of(
        TensorType.of(op.dtype(0), 3),
        TensorType.of(op.dtype(0), 3),
        TensorType.of(DType.FLOAT32, 1, 1, 4));
  }

  private static int attempts(OpCall call) {
    int attempts = call.attributes().getInt("max_attempts", 100);
    Shapes.require(attempts > 0, "%s attempts", attempts);
    return attempts;
  }

  /** A part of an image, in pixels. */
  private record Part(int left, int top, int right, int bottom) {
    float area() {
      return (float) Math.max(0, right - left) * Math.max(0, bottom - top);
    }

    Part and(Part other) {
      return new Part(
          Math.max(left, other.left),
          Math.max(top, other.top),
          Math.min(right, other.right),
          Math.min(bottom, other.bottom));
    }

    boolean shows(List<Part> objects, float coverage) {
      return area() >= SMALLEST
          && objects.stream()
              .anyMatch(object ->
                  object.area() >= SMALLEST && and(object).area() / object.area() >= coverage);
    }
  }

  private static void sample(OpCall call, Philox generator, float coverage) {
    Tensor size = call.operand(0);
    Shapes.require(size.size() == 3, "an image of size %s", size.type());
    int height = (int) size.getLong(0);
    int width = (int) size.getLong(1);
    Shapes.require(height > 0 && width > 0, "an image of %s by %s pixels", height, width);
    Shapes.require(coverage >= 0, "a coverage of %s", coverage);
    List<Part> objects = objects(call, height, width);
    float[] ratios = range(call.attributes(), "aspect_ratio_range", 0.75f, 1.33f);
    float[] areas = range(call.attributes(), "area_range", 0.05f, 1);
    Words words = new Words(generator);
    Part part = new Part(0, 0, width, height);
    for (int i = 0; i < attempts(call); i++) {
      float ratio = words.fraction() * (ratios[1] - ratios[0]) + ratios[0];
      List<Part> drawn = words.part(width, height, areas[0], areas[1], ratio);
      if (!drawn.isEmpty() && drawn.getFirst().shows(objects, coverage)) {
        part = drawn.getFirst();
        break;
      }
    }
    Tensor begin = call.result(0, size.dtype(), 3);
    begin.setLong(0, part.top());
    begin.setLong(1, part.left());
    begin.setLong(2, 0);
    Tensor extent = call.result(1, size.dtype(), 3);
    extent.setLong(0, part.bottom() - part.top());
    extent.setLong(1, part.right() - part.left());
    extent.setLong(2, -1);
    float[] corners = call.result(2, DType.FLOAT32, 1, 1, 4).floats();
    corners[0] = (float) part.top() / height;
    corners[1] = (float) part.left() / width;
    corners[2] = (float) part.bottom() / height;
    corners[3] = (float) part.right() / width;
  }

  private static float[] range(Attributes attributes, String name, float low, float high) {
    List<Float> given = attributes.getList(name, Float.class);
    float from = given.size() == 2 ? given.get(0) : low;
    float to = given.size() == 2 ? given.get(1) : high;
    Shapes.require(from > 0 && to > 0 && from <= to, "%s from %s to %s", name, from, to);
    return new float[] {from, to};
  }

  private static List<Part> objects(OpCall call, int height, int width) {
    Tensor boxes = call.operand(1);
    Shapes.require(boxes.rank() == 3 && boxes.dim(2) == 4, "bounding boxes %s", boxes.type());
    float[] corners = boxes.floats();
    List<Part> objects = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i += 4) {
      for (int k = 0; k < 4; k++) {
        Shapes.require(
            corners[i + k] >= 0 && corners[i + k] <= 1, "a corner at %s", corners[i + k]);
      }
      objects.add(
          new Part(
              (int) (corners[i + 1] * width),
              (int) (corners[i] * height),
              (int) (corners[i + 3] * width),
              (int) (corners[i + 2] * height)));
    }
    if (objects.isEmpty()) {
      Shapes.require(
          call.attributes().getBoolean("use_image_if_no_bounding_boxes", false),
          "no bounding boxes, and the whole image is not to stand for one");
      objects.add(new Part(0, 0, width, height));
    }
    return objects;
  }

  /** Random numbers as TensorFlow draws them one by one. */
  private record Words(Philox generator) {
    private static final float SLACK = 1e-7f;

    float fraction() {
      return RandomNumbers.fraction(generator.next());
    }

    /** A number below {@code n}; words that would favour some are passed over. */
    int below(int n) {
      int word = generator.next();
      if ((n & (n - 1)) == 0) {
        return word & (n - 1);
      }
      int rest = Integer.remainderUnsigned(-1, n) + 1;
      while (Integer.compareUnsigned(word, -1 - rest) > 0) {
        word = generator.next();
      }
      return Integer.remainderUnsigned(word, n);
    }

    /** A part of this ratio of width to height; none if it would not keep the bounds of area. */
    List<Part> part(int width, int height, float least, float most, float ratio) {
      float minArea = least * width * height;
      float maxArea = most * width * height;
      int tall = (int) Math.rint((float) Math.sqrt(minArea / ratio));
      int tallest = (int) Math.rint((float) Math.sqrt(maxArea / ratio));
      if (Math.rint(tallest * ratio) > width) {
        tallest = (int) ((width + 0.5 - SLACK) / ratio);
      }
      tallest = Math.min(tallest, height);
      tall = Math.min(tall, tallest);
      if (tall < tallest) {
        tall += below(tallest - tall + 1);
      }
      int wide = (int) Math.rint(tall * ratio);
      if ((float) (wide * tall) < minArea) {
        tall++;
        wide = (int) Math.rint(tall * ratio);
      }
      if ((float) (wide * tall) > maxArea) {
        tall--;
        wide = (int) Math.rint(tall * ratio);
      }
      float area = wide * tall;
      if (area < minArea || area > maxArea || wide > width || tall > height || area <= 0) {
        return List.of();
      }
      int top = tall < height ? below(height - tall) : 0;
      int left = wide < width ? below(width - wide) : 0;
      return List.of(new Part(left, top, left + wide, top + tall));
    }
  }
}
