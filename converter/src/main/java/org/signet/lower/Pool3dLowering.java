package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/**
 * AvgPool3D and MaxPool3D as two pools over planes: over height and width with depth in the batch,
 * then over depth. The mean of a box is the mean of its planes' means, at borders, too: all planes
 * of a window lose the same rows and columns there.
 */
final class Pool3dLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("AvgPool3D", "MaxPool3D");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<VolumeOptions> options = VolumeOptions.of(op.attributes());
    Optional<int[]> window =
        options.flatMap(found ->
            VolumeOptions.spatial(op.attributes().getInts("ksize"), found.channelsFirst()));
    if (window.isEmpty()) {
      return Lowered.declined("a window over batch or channels");
    }
    String builtin = op.name().equals("MaxPool3D") ? "MAX_POOL_2D" : "AVERAGE_POOL_2D";
    int[] size = window.get();
    int[] strides = options.get().strides();
    Value input = options.get().toNdhwc(op.operand(0), emit);
    DimSource batch = DimSource.of(input, 0);
    DimSource depth = DimSource.of(input, 1);
    DimSource channels = DimSource.of(input, 4);
    Value planes =
        DimSource.reshape(
            input,
            List.of(
                DimSource.product(List.of(batch, depth)),
                DimSource.of(input, 2),
                DimSource.of(input, 3),
                channels),
            emit);
    Value pooled =
        emit.builtin(
            builtin, pool(options.get(), size[1], strides[1], size[2], strides[2]), planes);
    DimSource height = DimSource.of(pooled, 1);
    DimSource width = DimSource.of(pooled, 2);
    Value columns =
        DimSource.reshape(
            pooled,
            List.of(batch, depth, DimSource.product(List.of(height, width)), channels),
            emit);
    Value boxes = emit.builtin(builtin, pool(options.get(), size[0], strides[0], 1, 1), columns);
    Value result =
        DimSource.reshape(
            boxes, List.of(batch, DimSource.of(boxes, 1), height, width, channels), emit);
    return Lowered.to(options.get().fromNdhwc(result, emit));
  }

  private static Attributes pool(
      VolumeOptions options, int height, int strideH, int width, int strideW) {
    return Attributes.of("padding", options.padding(), "fused_activation_function", "NONE")
        .with("filter_height", height)
        .with("filter_width", width)
        .with("stride_h", strideH)
        .with("stride_w", strideW);
  }
}
