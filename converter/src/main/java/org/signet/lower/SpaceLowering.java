package org.signet.lower;

import java.util.List;
import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Moves between batch, depth and space, in NHWC; of two dimensions, or of any number by BlockMoves.
 */
final class SpaceLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "BatchToSpace",
        "BatchToSpaceND",
        "DepthToSpace",
        "SpaceToBatch",
        "SpaceToBatchND",
        "SpaceToDepth");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT32, DType.INT64)
        .contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    return switch (op.name()) {
      case "DepthToSpace" -> depth("DEPTH_TO_SPACE", op, emit);
      case "SpaceToDepth" -> depth("SPACE_TO_DEPTH", op, emit);
      case "BatchToSpace", "SpaceToBatch" -> lower(withBlock(op, emit), emit);
      case "BatchToSpaceND" -> batch("BATCH_TO_SPACE_ND", op, emit);
      default -> batch("SPACE_TO_BATCH_ND", op, emit);
    };
  }

  /** The op of any number of dimensions that means the same. */
  private static TfOp withBlock(TfOp op, Emitter emit) {
    int size = op.attributes().getInt("block_size");
    return new TfOp(
        op.name() + "ND",
        op.attributes(),
        List.of(op.operand(0), emit.ints(size, size), op.operand(1)),
        op.resultTypes(),
        op.label(),
        op.origin());
  }

  private static Lowered depth(String builtin, TfOp op, Emitter emit) {
    if (!op.attributes().getString("data_format", "NHWC").equals("NHWC")) {
      return Lowered.declined("the kernel takes NHWC only");
    }
    Attributes options = Attributes.of("block_size", op.attributes().getInt("block_size"));
    return Lowered.to(emit.builtin(builtin, options, op.operand(0)));
  }

  /**
   * The kernels take a batch, all of the block's dimensions, and one of depth: rank 3 with one,
   * rank 4 with two.
   */
  private static Lowered batch(String builtin, TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    Shape block = op.shape(1);
    boolean fits =
        shape.hasRank()
            && block.isStatic()
            && (shape.rank() == 3 || shape.rank() == 4)
            && block.dim(0) == shape.rank() - 2;
    return fits
        ? Lowered.to(
            emit.builtin(
                builtin,
                op.operand(0),
                emit.cast(op.operand(1), DType.INT32),
                emit.cast(op.operand(2), DType.INT32)))
        : BlockMoves.lower(op, emit);
  }
}
