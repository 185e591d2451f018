package org.signet.lower;

import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Gradients of what is done channel by channel: BiasAddGrad, FusedBatchNormGrad to V3. */
final class ChannelGradientLowering implements Lowering {
  private static final Set<DType> SUMMED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of(
        "BiasAddGrad", "FusedBatchNormGrad", "FusedBatchNormGradV2", "FusedBatchNormGradV3");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean bias = op.name().equals("BiasAddGrad");
    if (bias ? !SUMMED.contains(op.dtype(0)) : op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank()) {
      return Lowered.declined("where the channels are is not known");
    }
    boolean first = op.attributes().getString("data_format", "NHWC").startsWith("NC");
    int channels = first ? 1 : shape.rank() - 1;
    Value axes = emit.ints(IntStream.range(0, shape.rank()).filter(i -> i != channels).toArray());
    if (bias) {
      return Lowered.to(reduced("SUM", op.operand(0), axes, emit));
    }
    return normalization(op, axes, shape.rank() - 1 - channels, emit);
  }

  private static Value reduced(String builtin, Value value, Value axes, Emitter emit) {
    return emit.builtin(builtin, Attributes.of("keep_dims", false), value, axes);
  }

  /** Operands: gradient, input, scale, mean, variance; with {@code after} dimensions behind. */
  private static Lowered normalization(TfOp op, Value axes, int after, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    Value gradient = op.operand(0);
    Value centered =
        m.subtract(op.operand(1), ChannelLowering.perChannel(op.operand(3), after, emit));
    Value inverse =
        emit.builtin("RSQRT", m.add(op.operand(4), op.attributes().getFloat("epsilon", 1e-4f)));
    Value product = m.multiply(gradient, centered);
    Value own = gradient;
    if (op.attributes().getBoolean("is_training", true)) {
      Value slope = m.multiply(reduced("MEAN", product, axes, emit), m.squared(inverse));
      own =
          m.subtract(
              m.subtract(
                  gradient,
                  ChannelLowering.perChannel(reduced("MEAN", gradient, axes, emit), after, emit)),
              m.multiply(centered, ChannelLowering.perChannel(slope, after, emit)));
    }
    Value factor = ChannelLowering.perChannel(m.multiply(op.operand(2), inverse), after, emit);
    Value none = emit.constant(Tensor.zeros(DType.FLOAT32, 0));
    return Lowered.to(
        m.multiply(own, factor),
        m.multiply(reduced("SUM", product, axes, emit), inverse),
        reduced("SUM", gradient, axes, emit),
        none,
        none);
  }
}
