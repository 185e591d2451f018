package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.op.Resampling.Grid;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR on plain NHWC images; operand 1 is the new (height,
 * width).
 */
public final class Resizes {
  private Resizes() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "RESIZE_BILINEAR",
                op -> shape(op, op.dtype(0)),
                call -> resize(call, call.operand(0).dtype(), Resampling::linear))
            .accurate(Accuracy.APPROXIMATE),
        OpDefinition.builtin(
                "RESIZE_NEAREST_NEIGHBOR", op -> shape(op, op.dtype(0)), Resizes::nearest)
            .accurate(Accuracy.EXACT));
  }

  /** The way that one dimension is resampled. */
  @FunctionalInterface
  public interface Method {
    Resampling sample(Grid grid, int input, int output);
  }

  /** Operand 0 with height and width as operand 1 has them. */
  public static List<TensorType> shape(OpTypes op, DType type) {
    Shape image = Shapes.ranked(op.shape(0), 4, "the image");
    int[] size = {Shape.UNKNOWN, Shape.UNKNOWN};
    Optional<Tensor> known = op.partial(1);
    if (known.isPresent()) {
      Shapes.require(known.get().size() == 2, "a size of %s", known.get());
      for (int i = 0; i < 2; i++) {
        long value = known.get().getLong(i);
        size[i] = value == OpTypes.UNKNOWN_ELEMENT ? Shape.UNKNOWN : Math.toIntExact(value);
        Shapes.require(size[i] != 0 && size[i] >= Shape.UNKNOWN, "a size of %s", known.get());
      }
    }
    return List.of(Shapes.plain(type, image.withDim(1, size[0]).withDim(2, size[1])));
  }

  /** Resizes operand 0 by interpolation into a result of this floating type. */
  public static void resize(OpCall call, DType type, Method method) {
    Tensor image = call.operand(0);
    Tensor result = call.result(0, type, resultShape(call));
    Grid grid = Grid.of(call.attributes());
    Resampling.resize(
        image,
        method.sample(grid, image.dim(1), result.dim(1)),
        method.sample(grid, image.dim(2), result.dim(2)),
        result);
  }

  /**
   * The shape that operand 1 gives operand 0.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static int[] resultShape(OpCall call) {
    Tensor image = call.operand(0);
    int[] size = call.operand(1).toInts();
    Shapes.require(
        image.rank() == 4 && size.length == 2,
        "an image of shape %s can't be resized to %s",
        Shapes.text(image.shape()),
        Shapes.text(size));
    Shapes.require(
        size[0] > 0 && size[1] > 0, "output dimensions must be positive: %s", Shapes.text(size));
    Shapes.require(image.dim(1) > 0 && image.dim(2) > 0, "there are no pixels to resize");
    return new int[] {image.dim(0), size[0], size[1], image.dim(3)};
  }

  /** Resizes operand 0, of any type, to the nearest pixels. */
  public static void nearest(OpCall call) {
    Tensor image = call.operand(0);
    Grid grid = Grid.of(call.attributes());
    Tensor result = call.result(0, image.dtype(), resultShape(call));
    int[] rows = Resampling.nearest(grid, image.dim(1), result.dim(1));
    int[] columns = Resampling.nearest(grid, image.dim(2), result.dim(2));
    int channels = image.dim(3);
    int at = 0;
    for (int n = 0; n < image.dim(0); n++) {
      for (int row : rows) {
        for (int column : columns) {
          int from = ((n * image.dim(1) + row) * image.dim(2) + column) * channels;
          System.arraycopy(image.array(), from, result.array(), at, channels);
          at += channels;
        }
      }
    }
  }
}
