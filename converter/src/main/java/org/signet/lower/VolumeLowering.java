package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Conv3D and Conv3DBackpropInputV2. Filters are DHWIO and DHWOI in both worlds; data in NCDHW is
 * transposed around the operator.
 */
final class VolumeLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Conv3D", "Conv3DBackpropInputV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.result().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.result().dtype());
    }
    Optional<VolumeOptions> options = VolumeOptions.of(op.attributes());
    if (options.isEmpty()) {
      return Lowered.declined("a window over batch or channels");
    }
    Shape filter = op.shape(1);
    if (!filter.hasRank() || !filter.isKnown(3) || !filter.isKnown(4)) {
      return Lowered.declined("the filter's shape is not known");
    }
    return op.name().equals("Conv3D")
        ? convolution(op, options.get(), emit)
        : transposed(op, options.get(), emit);
  }

  private static Lowered convolution(TfOp op, VolumeOptions options, Emitter emit) {
    Shape shape = op.shape(0);
    int channels = shape.hasRank() ? shape.dim(options.channelsFirst() ? 1 : 4) : Shape.UNKNOWN;
    int groups = channels == Shape.UNKNOWN ? 1 : channels / op.shape(1).dim(3);
    Value input = options.toNdhwc(op.operand(0), emit);
    Value bias = emit.constant(Tensor.zeros(DType.FLOAT32, op.shape(1).dim(4) / groups));
    if (groups == 1) {
      Value result = emit.builtin("CONV_3D", options.convolution(), input, op.operand(1), bias);
      return Lowered.to(options.fromNdhwc(result, emit));
    }
    // The kernel has no groups.
    List<Value> inputs = emit.split(4, groups, input);
    List<Value> filters = emit.split(4, groups, op.operand(1));
    Value[] results = new Value[groups];
    for (int i = 0; i < groups; i++) {
      results[i] =
          emit.builtin("CONV_3D", options.convolution(), inputs.get(i), filters.get(i), bias);
    }
    return Lowered.to(options.fromNdhwc(emit.concat(4, results), emit));
  }

  private static Lowered transposed(TfOp op, VolumeOptions options, Emitter emit) {
    if (options.isDilated()) {
      return Lowered.declined("the kernel has no dilation");
    }
    if (!op.shape(0).equals(Shape.of(5))) {
      return Lowered.declined("the kernel takes all five sizes of the result");
    }
    Value sizes = emit.cast(op.operand(0), DType.INT32);
    if (options.channelsFirst()) {
      sizes =
          emit.builtin(
              "GATHER",
              org.signet.op.Attributes.of("axis", 0, "batch_dims", 0),
              sizes,
              emit.ints(0, 2, 3, 4, 1));
    }
    Value input = options.toNdhwc(op.operand(2), emit);
    Value bias = emit.constant(Tensor.zeros(DType.FLOAT32, op.shape(1).dim(3)));
    Value result =
        emit.builtin("CONV_3D_TRANSPOSE", options.convolution(), sizes, op.operand(1), input, bias);
    return Lowered.to(options.fromNdhwc(result, emit));
  }
}
