package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that apply a number per channel: BiasAdd, and batch normalisation in inference, which is a
 * product and a sum. With constant statistics both factors fold, and a later fusion moves them into
 * the weights before.
 */
final class ChannelLowering implements Lowering {
  private static final Set<DType> ADDED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of("BiasAdd", "BiasAddV1", "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    boolean bias = op.name().startsWith("BiasAdd");
    Set<DType> types = bias ? ADDED : Set.of(DType.FLOAT32);
    if (!types.contains(op.dtype(0)) || op.dtype(0) != op.dtype(1)) {
      return KernelTypes.decline(op.dtype(0));
    }
    boolean first = op.attributes().getString("data_format", "NHWC").startsWith("NC");
    if (first && !op.shape(0).hasRank()) {
      return Lowered.declined("where the channels are is not known");
    }
    int after = first ? op.shape(0).rank() - 2 : 0;
    if (bias) {
      return Lowered.to(emit.builtin("ADD", op.operand(0), perChannel(op.operand(1), after, emit)));
    }
    return op.attributes().getBoolean("is_training")
        ? Lowered.declined("it is in training")
        : normalize(op, after, emit);
  }

  private static Lowered normalize(TfOp op, int after, Emitter emit) {
    Value scale = op.operand(1);
    Value offset = op.operand(2);
    Value mean = op.operand(3);
    Value variance = op.operand(4);
    Value epsilon = emit.scalar(op.attributes().getFloat("epsilon"));
    Value factor =
        emit.builtin("MUL", scale, emit.builtin("RSQRT", emit.builtin("ADD", variance, epsilon)));
    Value shift = emit.builtin("SUB", offset, emit.builtin("MUL", mean, factor));
    Value scaled = emit.builtin("MUL", op.operand(0), perChannel(factor, after, emit));
    List<Value> results =
        new ArrayList<>(
            List.of(emit.builtin("ADD", scaled, perChannel(shift, after, emit)), mean, variance));
    // The remaining results only serve gradients; TensorFlow does not set them.
    for (TensorType unused : op.resultTypes().subList(results.size(), op.resultTypes().size())) {
      results.add(
          unused.shape().isStatic()
              ? emit.constant(Tensor.zeros(DType.FLOAT32, unused.shape().dims()))
              : mean);
    }
    return Lowered.to(results);
  }

  /** A vector over channels that are followed by {@code after} more dimensions. */
  private static Value perChannel(Value vector, int after, Emitter emit) {
    if (after == 0) {
      return vector;
    }
    int[] dims = new int[after + 1];
    java.util.Arrays.fill(dims, 1);
    dims[0] = vector.type().shape().isStatic() ? vector.type().shape().dim(0) : Shape.UNKNOWN;
    return emit.reshape(vector, Shape.of(dims));
  }
}
