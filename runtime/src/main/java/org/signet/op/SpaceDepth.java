package org.signet.op;

import java.util.List;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * SPACE_TO_DEPTH moves blocks of {@code block_size}² pixels into channels, DEPTH_TO_SPACE back.
 * Images are NHWC, or NCHW where TensorFlow's attribute {@code data_format} says so.
 */
public final class SpaceDepth {
  private static final Prepared TO_DEPTH = Prepared.of(SpaceDepth::prepareToDepth);
  private static final Prepared TO_SPACE = Prepared.of(SpaceDepth::prepareToSpace);

  private SpaceDepth() {}

  static List<OpDefinition> definitions() {
    return List.of(
        OpDefinition.builtin("SPACE_TO_DEPTH", SpaceDepth::inferToDepth, SpaceDepth::toDepth)
            .moving(),
        OpDefinition.builtin("DEPTH_TO_SPACE", SpaceDepth::inferToSpace, SpaceDepth::toSpace)
            .moving());
  }

  /** What both directions ask of the attributes. */
  public static final Limits LIMITS = use -> Layout.of(use.attributes());

  /** Where height, width and channels are. */
  private record Layout(int height, int width, int channels, int block) {
    static Layout of(Attributes attributes) {
      int block = attributes.getInt("block_size");
      Shapes.require(block > 0, "a block of %s", block);
      String format = attributes.getString("data_format", "NHWC");
      return switch (format) {
        case "NHWC" -> new Layout(1, 2, 3, block);
        case "NCHW" -> new Layout(2, 3, 1, block);
        default -> throw new IllegalArgumentException("no kernel for the data format " + format);
      };
    }
  }

  private static Shape checked(Shape shape) {
    if (!shape.hasRank()) {
      return Shape.ofRank(4);
    }
    Shapes.require(shape.rank() == 4, "%s is not of rank 4", shape);
    return shape;
  }

  private static int divided(int size, int by) {
    Shapes.require(size == Shape.UNKNOWN || size % by == 0, "%s is no multiple of %s", size, by);
    return size == Shape.UNKNOWN ? size : size / by;
  }

  private static int times(int size, int by) {
    return size == Shape.UNKNOWN ? size : Math.multiplyExact(size, by);
  }

  public static List<TensorType> inferToDepth(OpTypes op) {
    return List.of(
        Shapes.plain(op.dtype(0), toDepth(checked(op.shape(0)), Layout.of(op.attributes()))));
  }

  private static Shape toDepth(Shape shape, Layout at) {
    int block = at.block();
    return shape
        .withDim(at.height(), divided(shape.dim(at.height()), block))
        .withDim(at.width(), divided(shape.dim(at.width()), block))
        .withDim(at.channels(), times(shape.dim(at.channels()), block * block));
  }

  public static List<TensorType> inferToSpace(OpTypes op) {
    return List.of(
        Shapes.plain(op.dtype(0), toSpace(checked(op.shape(0)), Layout.of(op.attributes()))));
  }

  private static Shape toSpace(Shape shape, Layout at) {
    int block = at.block();
    return shape
        .withDim(at.height(), times(shape.dim(at.height()), block))
        .withDim(at.width(), times(shape.dim(at.width()), block))
        .withDim(at.channels(), divided(shape.dim(at.channels()), block * block));
  }

  public static void toDepth(OpCall call) {
    TO_DEPTH.evaluate(call);
  }

  private static Prepared.Run prepareToDepth(OpCall call) {
    Tensor space = call.operand(0);
    Layout at = Layout.of(call.attributes());
    int[] shape = toDepth(checked(Shape.of(space.shape())), at).dims();
    Box box = Box.of(shape, space.dim(at.channels()), at);
    return copy(new StridedCopy(space.dtype(), box.inSpace(), box.inDepth(), box.dims()), shape);
  }

  private static Prepared.Run copy(StridedCopy copy, int... shape) {
    return call -> {
      Tensor operand = call.operand(0);
      copy.run(operand, 0, call.result(0, operand.dtype(), shape), 0);
    };
  }

  public static void toSpace(OpCall call) {
    TO_SPACE.evaluate(call);
  }

  private static Prepared.Run prepareToSpace(OpCall call) {
    Tensor depth = call.operand(0);
    Layout at = Layout.of(call.attributes());
    int[] shape = toSpace(checked(Shape.of(depth.shape())), at).dims();
    Box box = Box.of(depth.shape(), shape[at.channels()], at);
    return copy(new StridedCopy(depth.dtype(), box.inDepth(), box.inSpace(), box.dims()), shape);
  }

  /**
   * Batch, row of blocks, row in the block, column of blocks, column in the block, channel: their
   * sizes and strides.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Box(int[] dims, int[] inSpace, int[] inDepth) {
    static Box of(int[] depthShape, int channels, Layout at) {
      int block = at.block();
      int[] spaceShape = depthShape.clone();
      spaceShape[at.height()] = times(depthShape[at.height()], block);
      spaceShape[at.width()] = times(depthShape[at.width()], block);
      spaceShape[at.channels()] = channels;
      int[] space = Shapes.strides(spaceShape);
      int[] depth = Shapes.strides(depthShape);
      int h = at.height();
      int w = at.width();
      int c = at.channels();
      int part = channels * depth[c];
      return new Box(
          new int[] {depthShape[0], depthShape[h], block, depthShape[w], block, channels},
          new int[] {space[0], block * space[h], space[h], block * space[w], space[w], space[c]},
          new int[] {depth[0], depth[h], block * part, depth[w], part, depth[c]});
    }
  }
}
