package org.signet.op;

import java.util.List;
import java.util.Optional;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SPACE_TO_BATCH_ND pads the dimensions after the first and moves every {@code block_shape[i]}th of
 * them into the batch; BATCH_TO_SPACE_ND goes back and crops. Operands: value, block shape,
 * paddings or crops (two a dimension).
 */
public final class SpaceBatch {
  private SpaceBatch() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin(
                "SPACE_TO_BATCH_ND",
                op ->
                    inferToBatch(op, KnownOperands.elements(op, 1), KnownOperands.elements(op, 2)),
                call -> toBatch(call, KnownOperands.sizes(call.operand(1)), call.operand(2)))
            .moving(),
        OpDefinition.builtin(
                "BATCH_TO_SPACE_ND",
                op ->
                    inferToSpace(op, KnownOperands.elements(op, 1), KnownOperands.elements(op, 2)),
                call -> toSpace(call, KnownOperands.sizes(call.operand(1)), call.operand(2)))
            .moving());
  }

  /** The result type of SPACE_TO_BATCH_ND with these block sizes and paddings. */
  public static List<TensorType> inferToBatch(
      OpTypes op, Optional<long[]> blocks, Optional<long[]> paddings) {
    Shape shape = op.shape(0);
    if (!shape.hasRank() || blocks.isEmpty() || paddings.isEmpty()) {
      return List.of(Shapes.plain(op.dtype(0), sameRank(shape)));
    }
    int[] dims = shape.dims();
    check(dims.length, blocks.get().length, paddings.get().length);
    for (int i = 0; i < blocks.get().length; i++) {
      long block = blocks.get()[i];
      long before = paddings.get()[2 * i];
      long after = paddings.get()[2 * i + 1];
      Shapes.require(!KnownOperands.isKnown(block) || block > 0, "a block of %s", block);
      boolean knowsBlock = KnownOperands.isKnown(block);
      dims[0] = knowsBlock && dims[0] >= 0 ? times(dims[0], block) : Shape.UNKNOWN;
      boolean known = knowsBlock && KnownOperands.isKnown(before) && KnownOperands.isKnown(after);
      dims[i + 1] =
          known && dims[i + 1] >= 0 ? divided(dims[i + 1], before, after, block) : Shape.UNKNOWN;
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static Shape sameRank(Shape shape) {
    return shape.hasRank() ? Shape.ofRank(shape.rank()) : shape;
  }

  private static void check(int rank, int blocks, int margins) {
    Shapes.require(
        rank > blocks && margins == 2 * blocks,
        "%s blocks, %s margins, rank %s",
        blocks,
        margins,
        rank);
  }

  private static int times(int size, long block) {
    Shapes.require(
        size == 0 || block <= Integer.MAX_VALUE / size, "%s times %s is too large", size, block);
    return (int) (size * block);
  }

  private static int divided(int size, long before, long after, long block) {
    Shapes.require(before >= 0 && after >= 0, "a padding is negative: %s, %s", before, after);
    long padded = size + before + after;
    Shapes.require(padded % block == 0, "a padded size of %s is no multiple of %s", padded, block);
    return (int) (padded / block);
  }

  private static int cropped(int size, long before, long after, long block) {
    Shapes.require(before >= 0 && after >= 0, "a crop is negative: %s, %s", before, after);
    long cropped = size * block - before - after;
    Shapes.require(
        cropped >= 0 && cropped <= Integer.MAX_VALUE,
        "a size of %s can't be cropped",
        size * block);
    return (int) cropped;
  }

  /** The result type of BATCH_TO_SPACE_ND with these block sizes and crops. */
  public static List<TensorType> inferToSpace(
      OpTypes op, Optional<long[]> blocks, Optional<long[]> crops) {
    Shape shape = op.shape(0);
    if (!shape.hasRank() || blocks.isEmpty() || crops.isEmpty()) {
      return List.of(Shapes.plain(op.dtype(0), sameRank(shape)));
    }
    int[] dims = shape.dims();
    check(dims.length, blocks.get().length, crops.get().length);
    for (int i = 0; i < blocks.get().length; i++) {
      long block = blocks.get()[i];
      long before = crops.get()[2 * i];
      long after = crops.get()[2 * i + 1];
      boolean knowsBlock = KnownOperands.isKnown(block);
      Shapes.require(!knowsBlock || block > 0, "a block of %s", block);
      dims[0] = knowsBlock && dims[0] >= 0 ? quotient(dims[0], block) : Shape.UNKNOWN;
      boolean known = knowsBlock && KnownOperands.isKnown(before) && KnownOperands.isKnown(after);
      dims[i + 1] =
          known && dims[i + 1] >= 0 ? cropped(dims[i + 1], before, after, block) : Shape.UNKNOWN;
    }
    return List.of(Shapes.plain(op.dtype(0), Shape.of(dims)));
  }

  private static int quotient(int batch, long block) {
    Shapes.require(batch % block == 0, "a batch of %s is no multiple of %s", batch, block);
    return (int) (batch / block);
  }

  public static void toBatch(OpCall call, int[] blocks, Tensor paddings) {
    Tensor value = call.operand(0);
    int[] shape = value.shape();
    int[] margins = KnownOperands.sizes(paddings);
    check(shape.length, blocks.length, margins.length);
    int[] all = new int[2 * shape.length];
    System.arraycopy(margins, 0, all, 2, margins.length);
    int[] padded = shape.clone();
    for (int i = 0; i < blocks.length; i++) {
      Shapes.require(blocks[i] > 0, "a block of %s", blocks[i]);
      shape[0] = times(shape[0], blocks[i]);
      shape[i + 1] = divided(shape[i + 1], margins[2 * i], margins[2 * i + 1], blocks[i]);
      padded[i + 1] = shape[i + 1] * blocks[i];
    }
    Tensor space = Tensor.zeros(value.dtype(), padded);
    Padding.pad(value, all, Padding.zero(call), space);
    Tensor batch = call.result(0, value.dtype(), shape);
    Box box = Box.of(padded, shape, blocks);
    StridedCopy.run(space, 0, box.inSpace(), batch, 0, box.inBatch(), box.dims());
  }

  public static void toSpace(OpCall call, int[] blocks, Tensor crops) {
    Tensor batch = call.operand(0);
    int[] shape = batch.shape();
    int[] margins = KnownOperands.sizes(crops);
    check(shape.length, blocks.length, margins.length);
    int[] whole = shape.clone();
    for (int i = 0; i < blocks.length; i++) {
      Shapes.require(blocks[i] > 0, "a block of %s", blocks[i]);
      whole[0] = quotient(whole[0], blocks[i]);
      whole[i + 1] = times(shape[i + 1], blocks[i]);
    }
    Tensor space = Tensor.zeros(batch.dtype(), whole);
    Box box = Box.of(whole, shape, blocks);
    StridedCopy.run(batch, 0, box.inBatch(), space, 0, box.inSpace(), box.dims());
    int[] strides = Shapes.strides(whole);
    int from = 0;
    for (int i = 0; i < blocks.length; i++) {
      whole[i + 1] = cropped(shape[i + 1], margins[2 * i], margins[2 * i + 1], blocks[i]);
      from += margins[2 * i] * strides[i + 1];
    }
    StridedCopy.gather(space, from, strides, whole, call.result(0, batch.dtype(), whole));
  }

  /**
   * Batch of the space, index in each block, index of each block, the other dimensions: their sizes
   * and strides.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Box(int[] dims, int[] inSpace, int[] inBatch) {
    static Box of(int[] spaceShape, int[] batchShape, int[] blocks) {
      int m = blocks.length;
      int rest = spaceShape.length - 1 - m;
      int[] space = Shapes.strides(spaceShape);
      int[] batch = Shapes.strides(batchShape);
      Box box =
          new Box(new int[1 + 2 * m + rest], new int[1 + 2 * m + rest], new int[1 + 2 * m + rest]);
      int part = spaceShape[0] * batch[0];
      box.set(0, spaceShape[0], space[0], batch[0]);
      for (int i = m - 1; i >= 0; i--) {
        box.set(1 + i, blocks[i], space[i + 1], part);
        part *= blocks[i];
        box.set(1 + m + i, batchShape[i + 1], space[i + 1] * blocks[i], batch[i + 1]);
      }
      for (int i = 0; i < rest; i++) {
        int d = 1 + m + i;
        box.set(1 + 2 * m + i, spaceShape[d], space[d], batch[d]);
      }
      return box;
    }

    private void set(int i, int size, int spaceStride, int batchStride) {
      dims[i] = size;
      inSpace[i] = spaceStride;
      inBatch[i] = batchStride;
    }
  }
}
