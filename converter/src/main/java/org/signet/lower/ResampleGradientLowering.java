package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.op.Resampling;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Gradients of resizing images and of padding by mirrors, where the sizes are known: along each
 * dimension, what each pixel was given to is gathered, weighted and summed up. Batch and channels
 * may be free.
 */
final class ResampleGradientLowering implements Lowering {
  private static final String PADDING = "MirrorPadGrad";

  @Override
  public Set<String> ops() {
    return Set.of(PADDING, "ResizeBicubicGrad", "ResizeBilinearGrad", "ResizeNearestNeighborGrad");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.result().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.result().dtype());
    }
    return op.name().equals(PADDING) ? ofPadding(op, emit) : ofResizing(op, emit);
  }

  /** Operands: gradient, the image or its size. */
  private static Lowered ofResizing(TfOp op, Emitter emit) {
    Shape after = op.shape(0);
    Shape before = op.result().shape();
    if (!isKnown(after, 1) || !isKnown(after, 2) || !isKnown(before, 1) || !isKnown(before, 2)) {
      return Lowered.declined("the sizes before and after are not both known");
    }
    Resampling.Grid grid = Resampling.Grid.of(op.attributes());
    AxisByAxis steps = new AxisByAxis(op.operand(0), emit);
    for (int axis : List.of(1, 2)) {
      int size = before.dim(axis);
      Resampling forward =
          switch (op.name()) {
            case "ResizeBicubicGrad" -> Resampling.cubic(grid, size, after.dim(axis));
            case "ResizeBilinearGrad" -> Resampling.linear(grid, size, after.dim(axis));
            default -> Resampling.nearestPixel(grid, size, after.dim(axis));
          };
      along(axis, forward.transposed(size), steps, emit);
    }
    return Lowered.to(steps.result());
  }

  private static boolean isKnown(Shape shape, int axis) {
    return shape.hasRank() && shape.isKnown(axis);
  }

  /** Operands: gradient, paddings. */
  private static Lowered ofPadding(TfOp op, Emitter emit) {
    Shape after = op.shape(0);
    Optional<int[]> paddings = emit.intsOf(op.operand(1));
    if (!after.hasRank() || paddings.isEmpty()) {
      return Lowered.declined("the rank or the paddings are not known");
    }
    boolean edges = op.attributes().getString("mode").equals("SYMMETRIC");
    AxisByAxis steps = new AxisByAxis(op.operand(0), emit);
    for (int axis = 0; axis < after.rank(); axis++) {
      int low = paddings.get()[2 * axis];
      int high = paddings.get()[2 * axis + 1];
      if (low == 0 && high == 0) {
        continue;
      }
      if (!after.isKnown(axis)) {
        return Lowered.declined("a size that is not known is padded");
      }
      int size = after.dim(axis) - low - high;
      along(axis, Resampling.mirrored(edges, low, size, high).transposed(size), steps, emit);
    }
    return Lowered.to(steps.result());
  }

  private static void along(int axis, Resampling resampling, AxisByAxis steps, Emitter emit) {
    steps.along(axis, three -> ResampleLowering.along(three, resampling, emit));
  }
}
