package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Conv2D, DepthwiseConv2dNative and Conv2DBackpropInput. Filters are HWIO, HWCM and HWOI in
 * TensorFlow; the builtins want OHWI, 1HW(C·M) and OHWI. Data in NCHW is transposed around the
 * operator; explicit padding becomes a PAD before it.
 */
final class ConvolutionLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Conv2D", "Conv2DBackpropInput", "DepthwiseConv2dNative");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.result().dtype() != DType.FLOAT32) {
      return KernelTypes.decline(op.result().dtype());
    }
    Optional<SpatialOptions> options = SpatialOptions.of(op.attributes());
    if (options.isEmpty()) {
      return Lowered.declined("a window over batch or channels");
    }
    Shape filter = op.shape(1);
    if (!filter.isStatic()) {
      return Lowered.declined("the filter's shape is not known");
    }
    return switch (op.name()) {
      case "Conv2D" -> convolution(op, options.get(), emit);
      case "DepthwiseConv2dNative" -> depthwise(op, options.get(), emit);
      default -> transposed(op, options.get(), emit);
    };
  }

  private static Lowered convolution(TfOp op, SpatialOptions options, Emitter emit) {
    int channels = options.channels(op.shape(0));
    int perGroup = op.shape(1).dim(2);
    if (channels != Shape.UNKNOWN && (perGroup == 0 || channels % perGroup != 0)) {
      return Lowered.declined("the channels are no multiple of the filter's");
    }
    Value input = options.padded(options.toNhwc(op.operand(0), emit), 0, emit);
    Value weights = emit.transpose(op.operand(1), 3, 0, 1, 2);
    Value bias = zeros(op.shape(1).dim(3), emit);
    Value result =
        emit.builtin("CONV_2D", options.withDilation(options.window()), input, weights, bias);
    return Lowered.to(options.fromNhwc(result, emit));
  }

  private static Lowered depthwise(TfOp op, SpatialOptions options, Emitter emit) {
    Shape filter = op.shape(1);
    int channels = filter.dim(2) * filter.dim(3);
    Value input = options.padded(options.toNhwc(op.operand(0), emit), 0, emit);
    Value weights =
        emit.reshape(op.operand(1), Shape.of(1, filter.dim(0), filter.dim(1), channels));
    Attributes window =
        options.withDilation(options.window()).with("depth_multiplier", filter.dim(3));
    Value result = emit.builtin("DEPTHWISE_CONV_2D", window, input, weights, zeros(channels, emit));
    return Lowered.to(options.fromNhwc(result, emit));
  }

  private static Lowered transposed(TfOp op, SpatialOptions options, Emitter emit) {
    if (options.isDilated()) {
      return Lowered.declined("the kernel has no dilation");
    }
    Value input = options.toNhwc(op.operand(2), emit);
    Value weights = emit.transpose(op.operand(1), 2, 0, 1, 3);
    Optional<Value> sizes = resultSizes(op, options, input, emit);
    if (sizes.isEmpty()) {
      return Lowered.declined("whether two or four sizes are given is not known");
    }
    Value bias = zeros(op.shape(1).dim(2), emit);
    Value whole = sizes.get();
    if (options.isExplicit()) { // what padding would cut off is cut off afterwards
      whole = emit.builtin("ADD", whole, emit.ints(options.explicitSums()));
    }
    Value result = emit.builtin("TRANSPOSE_CONV", options.window(), whole, weights, input, bias);
    if (options.isExplicit()) {
      result = emit.builtin("SLICE", result, emit.ints(options.explicitStarts()), sizes.get());
    }
    return Lowered.to(options.fromNhwc(result, emit));
  }

  /**
   * The sizes of the result in NHWC, int32. TensorFlow also takes height and width alone.
   *
   * @param input in NHWC
   */
  private static Optional<Value> resultSizes(
      TfOp op, SpatialOptions options, Value input, Emitter emit) {
    Value sizes = emit.cast(op.operand(0), DType.INT32);
    if (op.shape(0).equals(Shape.of(2))) {
      Value batch = DimSource.of(input, 0).vector(emit);
      return Optional.of(emit.concat(0, batch, sizes, emit.ints(op.shape(1).dim(2))));
    }
    if (!op.shape(0).equals(Shape.of(4))) {
      return Optional.empty();
    }
    return Optional.of(
        options.channelsFirst()
            ? emit.builtin(
                "GATHER", Attributes.of("axis", 0, "batch_dims", 0), sizes, emit.ints(0, 2, 3, 1))
            : sizes);
  }

  private static Value zeros(int channels, Emitter emit) {
    return emit.constant(Tensor.zeros(DType.FLOAT32, channels));
  }
}
