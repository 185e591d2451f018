package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * Ops that apply a number per channel: BiasAdd, and batch normalisation, which is a product and a
 * sum, in training with the batch's own statistics. With constant statistics both factors fold, and
 * a later fusion moves them into the weights before.
 */
final class ChannelLowering implements Lowering {
  private static final String GLOBAL = "BatchNormWithGlobalNormalization";

  private static final Set<DType> ADDED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

  @Override
  public Set<String> ops() {
    return Set.of(
        GLOBAL, "BiasAdd", "BiasAddV1", "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
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
    if (op.name().equals(GLOBAL)) {
      return Lowered.to(global(op, emit));
    }
    boolean trains = op.attributes().getBoolean("is_training");
    return trains
        ? train(op, after, emit)
        : normalize(op, op.operand(3), op.operand(4), after, emit);
  }

  /**
   * Normalizes by the batch's own mean and variance; the variance that is given to the outside is
   * that of the population the batch is a sample of: divided by one less.
   */
  private static Lowered train(TfOp op, int after, Emitter emit) {
    Value input = op.operand(0);
    Shape shape = op.shape(0);
    if (!shape.hasRank() || op.attributes().getFloat("exponential_avg_factor", 1f) != 1f) {
      return Lowered.declined("a running average, or a rank that is not known");
    }
    int channels = shape.rank() - 1 - after;
    List<DimSource> counted = new ArrayList<>();
    int[] axes = new int[shape.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i < channels ? i : i + 1;
      counted.add(DimSource.of(input, axes[i]));
    }
    Attributes reduced = Attributes.of("keep_dims", false);
    Value mean = emit.builtin("MEAN", reduced, input, emit.ints(axes));
    Value difference = emit.builtin("SUB", input, perChannel(mean, after, emit));
    Value variance =
        emit.builtin("MEAN", reduced, emit.builtin("SQUARE", difference), emit.ints(axes));
    Value count = emit.cast(DimSource.product(counted).scalar(emit), DType.FLOAT32);
    Value others = emit.builtin("SUB", count, emit.scalar(1f));
    Value factor = emit.builtin("DIV", count, emit.builtin("MAXIMUM", others, emit.scalar(1f)));
    Lowered normalized = normalize(op, mean, variance, after, emit);
    if (!(normalized instanceof Lowered.To(List<Value> values))) {
      return normalized;
    }
    List<Value> results = new ArrayList<>(values);
    results.set(2, emit.builtin("MUL", variance, factor));
    if (results.size() > 4) { // what the gradient needs
      results.set(3, mean);
      results.set(4, variance);
    }
    return Lowered.to(results);
  }

  /** Batch normalization of TensorFlow's first versions; channels are last. */
  private static Value global(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    boolean scales = attributes.getBoolean("scale_after_normalization");
    Value factor =
        factor(
            scales ? op.operand(4) : emit.scalar(1f),
            op.operand(2),
            attributes.getFloat("variance_epsilon"),
            emit);
    return scaled(
        op.operand(0), factor, shift(op.operand(3), op.operand(1), factor, emit), 0, emit);
  }

  /** What x is multiplied with. */
  private static Value factor(Value scale, Value variance, float epsilon, Emitter emit) {
    Value spread = emit.builtin("ADD", variance, emit.scalar(epsilon));
    return emit.builtin("MUL", scale, emit.builtin("RSQRT", spread));
  }

  /** What is added to the product. */
  private static Value shift(Value offset, Value mean, Value factor, Emitter emit) {
    return emit.builtin("SUB", offset, emit.builtin("MUL", mean, factor));
  }

  private static Value scaled(Value x, Value factor, Value shift, int after, Emitter emit) {
    Value product = emit.builtin("MUL", x, perChannel(factor, after, emit));
    return emit.builtin("ADD", product, perChannel(shift, after, emit));
  }

  private static Lowered normalize(TfOp op, Value mean, Value variance, int after, Emitter emit) {
    Value factor = factor(op.operand(1), variance, op.attributes().getFloat("epsilon"), emit);
    Value shift = shift(op.operand(2), mean, factor, emit);
    Value normalized = scaled(op.operand(0), factor, shift, after, emit);
    List<Value> results = new ArrayList<>(List.of(normalized, mean, variance));
    // The remaining results only serve the gradient of a step of training.
    for (TensorType unused : op.resultTypes().subList(results.size(), op.resultTypes().size())) {
      results.add(
          unused.shape().isStatic()
              ? emit.constant(Tensor.zeros(DType.FLOAT32, unused.shape().dims()))
              : mean);
    }
    return Lowered.to(results);
  }

  /** A vector over channels that are followed by {@code after} more dimensions. */
  static Value perChannel(Value vector, int after, Emitter emit) {
    if (after == 0) {
      return vector;
    }
    int[] dims = new int[after + 1];
    Arrays.fill(dims, 1);
    dims[0] = vector.type().shape().isStatic() ? vector.type().shape().dim(0) : Shape.UNKNOWN;
    return emit.reshape(vector, Shape.of(dims));
  }
}
