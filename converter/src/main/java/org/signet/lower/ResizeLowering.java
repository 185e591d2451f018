package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** ResizeBilinear and ResizeNearestNeighbor. */
final class ResizeLowering implements Lowering {
  private static final Set<DType> CONVERTED =
      Set.of(
          DType.FLOAT32,
          DType.INT8,
          DType.UINT8,
          DType.INT16,
          DType.UINT16,
          DType.INT32,
          DType.FLOAT16,
          DType.BFLOAT16);

  @Override
  public Set<String> ops() {
    return Set.of("ResizeBilinear", "ResizeNearestNeighbor");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Attributes options =
        Attributes.of(
            "align_corners", op.attributes().getBoolean("align_corners"),
            "half_pixel_centers", op.attributes().getBoolean("half_pixel_centers"));
    return op.name().equals("ResizeBilinear")
        ? bilinear(op, options, emit)
        : nearest(op, options, emit);
  }

  /** TensorFlow reads pixels of any type as float32, and so gives them. */
  private static Lowered bilinear(TfOp op, Attributes options, Emitter emit) {
    return CONVERTED.contains(op.dtype(0))
        ? Lowered.to(
            emit.builtin(
                "RESIZE_BILINEAR", options, emit.cast(op.operand(0), DType.FLOAT32), op.operand(1)))
        : KernelTypes.decline(op.dtype(0));
  }

  /** Pixels are moved as they are, so that those of 4 bytes may pass for float32. */
  private static Lowered nearest(TfOp op, Attributes options, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype.bytes() > 4 || !dtype.isInTflite() || dtype == DType.STRING) {
      return KernelTypes.decline(dtype);
    }
    DType moved =
        switch (dtype.bytes()) {
          case 4 -> DType.FLOAT32;
          case 2 -> DType.INT16;
          default -> DType.UINT8;
        };
    Value resized =
        emit.builtin(
            "RESIZE_NEAREST_NEIGHBOR", options, emit.bitcast(op.operand(0), moved), op.operand(1));
    return Lowered.to(emit.bitcast(resized, dtype));
  }
}
