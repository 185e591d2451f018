package org.signet.lower;

import java.util.Set;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** ResizeBilinear and ResizeNearestNeighbor. */
final class ResizeLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ResizeBilinear", "ResizeNearestNeighbor");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean bilinear = op.name().equals("ResizeBilinear");
    boolean moved = !bilinear && (op.dtype(0) == DType.INT8 || op.dtype(0) == DType.UINT8);
    if (op.dtype(0) != DType.FLOAT32 && !moved) {
      return KernelTypes.decline(op.dtype(0));
    }
    Attributes options =
        Attributes.of(
            "align_corners", op.attributes().getBoolean("align_corners"),
            "half_pixel_centers", op.attributes().getBoolean("half_pixel_centers"));
    String builtin = bilinear ? "RESIZE_BILINEAR" : "RESIZE_NEAREST_NEIGHBOR";
    return Lowered.to(emit.builtin(builtin, options, op.operand(0), op.operand(1)));
  }
}
