package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
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
          DType.INT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.FLOAT64);

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

  /**
   * Pixels are moved as they are, so that those of 4 bytes may pass for float32, and those of 8 for
   * two channels.
   */
  private static Lowered nearest(TfOp op, Attributes options, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype.bytes() == 8 && op.shape(0).hasRank()) {
      return Lowered.to(nearestOfPairs(op, options, emit));
    }
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

  private static Value nearestOfPairs(TfOp op, Attributes options, Emitter emit) {
    List<DimSource> dims = DimSource.all(op.operand(0));
    DimSource channels = dims.getLast();
    DimSource two = new DimSource(2, List.of());
    dims.set(3, DimSource.product(List.of(channels, two)));
    Value halves =
        DimSource.reshape(emit.bitcast(op.operand(0), DType.FLOAT32), List.copyOf(dims), emit);
    Value resized = emit.builtin("RESIZE_NEAREST_NEIGHBOR", options, halves, op.operand(1));
    List<DimSource> pairs = new ArrayList<>(DimSource.all(resized).subList(0, 3));
    pairs.addAll(List.of(channels, two));
    return emit.bitcast(DimSource.reshape(resized, pairs, emit), op.dtype(0));
  }
}
