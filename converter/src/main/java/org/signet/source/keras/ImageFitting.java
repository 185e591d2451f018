package org.signet.source.keras;

import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Brings images whose size is known at run time only to the proportions of a result.
 *
 * @param ops makes the nodes
 * @param images [batch, height, width, channels]
 * @param height of the result
 * @param width of the result
 */
record ImageFitting(GraphOps ops, KerasTensor images, int height, int width) {
  /**
   * Crops images, or pads them, on both sides alike.
   *
   * @param fillValue what they are padded with
   */
  KerasTensor apply(boolean crops, double fillValue) {
    KerasTensor rows = ops.size(images, 1);
    KerasTensor columns = ops.size(images, 2);
    KerasTensor likeWidth = scaled(columns, height, width);
    KerasTensor likeHeight = scaled(rows, width, height);
    if (crops) {
      return slice(within(rows, likeWidth), within(columns, likeHeight));
    }
    return padded(
        half(ops.minus(ops.binary("Maximum", rows, likeWidth), rows)),
        half(ops.minus(ops.binary("Maximum", columns, likeHeight), columns)),
        fillValue);
  }

  /** {@code size} × {@code factor} / {@code divisor} in floats, as Keras computes it. */
  private KerasTensor scaled(KerasTensor size, int factor, int divisor) {
    KerasTensor product = ops.cast(ops.binary("Mul", size, factor), DType.FLOAT32);
    return ops.cast(ops.binary("RealDiv", product, divisor), DType.INT32);
  }

  private KerasTensor within(KerasTensor size, KerasTensor wanted) {
    return ops.binary("Maximum", ops.binary("Minimum", size, wanted), 1);
  }

  private KerasTensor half(KerasTensor size) {
    return ops.binary("FloorDiv", size, 2);
  }

  /** The middle of the images. */
  private KerasTensor slice(KerasTensor rows, KerasTensor columns) {
    KerasTensor above = half(ops.minus(ops.size(images, 1), rows));
    KerasTensor left = half(ops.minus(ops.size(images, 2), columns));
    KerasTensor begin = ops.sizes().plus(0).plus(above).plus(left).plus(0).tensor();
    KerasTensor size = ops.sizes().plus(-1).plus(rows).plus(columns).plus(-1).tensor();
    return ops.add("Slice", Attributes.NONE, images, begin, size)
        .refined(Shape.of(images.dim(0), Shape.UNKNOWN, Shape.UNKNOWN, images.dim(3)));
  }

  private KerasTensor padded(KerasTensor above, KerasTensor left, double fillValue) {
    KerasTensor flat =
        ops.sizes()
            .plus(0)
            .plus(0)
            .plus(above)
            .plus(above)
            .plus(left)
            .plus(left)
            .plus(0)
            .plus(0)
            .tensor();
    KerasTensor filler = ops.scalar(images.dtype(), fillValue);
    return ops.add("PadV2", Attributes.NONE, images, ops.reshape(flat, 4, 2), filler)
        .refined(Shape.of(images.dim(0), Shape.UNKNOWN, Shape.UNKNOWN, images.dim(3)));
  }

  /** The middle as large as the result; of smaller images, the largest part of its proportions. */
  KerasTensor middleOrProportions() {
    KerasTensor rows = ops.size(images, 1);
    KerasTensor columns = ops.size(images, 2);
    KerasTensor large =
        ops.binary(
            "LogicalAnd",
            ops.binary("GreaterEqual", rows, height),
            ops.binary("GreaterEqual", columns, width));
    KerasTensor likeWidth = ops.binary("Minimum", rows, scaled(columns, height, width));
    KerasTensor likeHeight = ops.binary("Minimum", columns, scaled(rows, width, height));
    return slice(
        ops.select(large, ops.integer(height), likeWidth),
        ops.select(large, ops.integer(width), likeHeight));
  }

  /** The middle of the images, as large as the result, where they are not smaller. */
  KerasTensor middle() {
    return slice(ops.integer(height), ops.integer(width))
        .refined(Shape.of(images.dim(0), height, width, images.dim(3)));
  }
}
