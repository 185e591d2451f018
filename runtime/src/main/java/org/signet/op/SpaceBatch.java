package org.signet.op;

import java.util.ArrayList;
import java.util.Arrays;
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
                Prepared.of(
                    call ->
                        prepareToBatch(call, KnownOperands.sizes(call.operand(1)), call.operand(2)),
                    1,
                    2))
            .moving(),
        OpDefinition.builtin(
                "BATCH_TO_SPACE_ND",
                op ->
                    inferToSpace(op, KnownOperands.elements(op, 1), KnownOperands.elements(op, 2)),
                Prepared.of(
                    call ->
                        prepareToSpace(call, KnownOperands.sizes(call.operand(1)), call.operand(2)),
                    1,
                    2))
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
          known && dims[i + 1] >= 0 ? divided(i, dims[i + 1], before, after, block) : Shape.UNKNOWN;
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

  private static int divided(int i, int size, long before, long after, long block) {
    Shapes.require(before >= 0 && after >= 0, "a padding is negative: %s, %s", before, after);
    long padded = size + before + after;
    Shapes.require(
        padded % block == 0,
        "padded_shape[%s]=%s is not divisible by block_shape[%s]=%s",
        i,
        padded,
        i,
        block);
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

  /** Pads operand 0 and moves it into the batch. */
  public static void toBatch(OpCall call, int[] blocks, Tensor paddings) {
    prepareToBatch(call, blocks, paddings).run(call);
  }

  private static Prepared.Run prepareToBatch(OpCall call, int[] blocks, Tensor paddings) {
    int[] space = call.operand(0).shape();
    int[] shape = space.clone();
    int[] margins = KnownOperands.sizes(paddings);
    check(shape.length, blocks.length, margins.length);
    for (int i = 0; i < blocks.length; i++) {
      Shapes.require(blocks[i] > 0, "a block of %s", blocks[i]);
      shape[0] = times(shape[0], blocks[i]);
      shape[i + 1] = divided(i, shape[i + 1], margins[2 * i], margins[2 * i + 1], blocks[i]);
    }
    Patches patches = new Patches(call.operand(0).dtype(), space, shape);
    for (Part part : parts(space, shape, blocks, margins)) {
      patches.add(part.inSpace(), part.inBatch(), part.dims(), part.space(), part.batch());
    }
    if (Arrays.stream(margins).allMatch(margin -> margin == 0)) {
      return patches;
    }
    Tensor zero = Padding.zero(call);
    return own -> {
      Tensor result = own.result(0, zero.dtype(), shape);
      Elements.fill(result, 0, result.size(), zero, 0);
      patches.copy(own.operand(0), result);
    };
  }

  /** Moves operand 0 out of the batch and crops it. */
  public static void toSpace(OpCall call, int[] blocks, Tensor crops) {
    prepareToSpace(call, blocks, crops).run(call);
  }

  private static Prepared.Run prepareToSpace(OpCall call, int[] blocks, Tensor crops) {
    int[] batch = call.operand(0).shape();
    int[] shape = batch.clone();
    int[] margins = KnownOperands.sizes(crops);
    check(shape.length, blocks.length, margins.length);
    for (int i = 0; i < blocks.length; i++) {
      Shapes.require(blocks[i] > 0, "a block of %s", blocks[i]);
      shape[0] = quotient(shape[0], blocks[i]);
      times(batch[i + 1], blocks[i]);
      shape[i + 1] = cropped(batch[i + 1], margins[2 * i], margins[2 * i + 1], blocks[i]);
    }
    Patches patches = new Patches(call.operand(0).dtype(), batch, shape);
    for (Part part : parts(shape, batch, blocks, margins)) {
      patches.add(part.inBatch(), part.inSpace(), part.dims(), part.batch(), part.space());
    }
    return patches;
  }

  /**
   * What lies at one index of every block: a box on either side.
   *
   * @param dims its sizes
   * @param inSpace steps in the space
   * @param inBatch steps in the batch
   * @param space where it begins in the space
   * @param batch where it begins in the batch
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(int[] dims, int[] inSpace, int[] inBatch, int space, int batch) {}

  /** The parts that are not all padding, or cropped. */
  private static List<Part> parts(int[] space, int[] batch, int[] blocks, int[] margins) {
    int[] inSpace = Shapes.strides(space);
    int[] inBatch = Shapes.strides(batch);
    int[] steps = inSpace.clone();
    for (int i = 0; i < blocks.length; i++) {
      steps[i + 1] *= blocks[i];
    }
    List<Part> parts = new ArrayList<>();
    for (int n = 0; n < Shapes.product(blocks, 0, blocks.length); n++) {
      int[] dims = space.clone();
      int fromSpace = 0;
      int fromBatch = n * space[0] * inBatch[0];
      int rest = n;
      for (int i = blocks.length - 1; i >= 0; i--) {
        int before = margins[2 * i] - rest % blocks[i];
        int first = Math.max(0, Math.ceilDiv(before, blocks[i]));
        int end = Math.min(batch[i + 1], Math.ceilDiv(before + space[i + 1], blocks[i]));
        dims[i + 1] = Math.max(0, end - first);
        fromSpace += (first * blocks[i] - before) * inSpace[i + 1];
        fromBatch += first * inBatch[i + 1];
        rest /= blocks[i];
      }
      if (Shapes.product(dims, 0, dims.length) > 0) {
        parts.add(new Part(dims, steps, inBatch, fromSpace, fromBatch));
      }
    }
    return parts;
  }
}
