package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** AvgPool, MaxPool and MaxPoolV2 with a constant window. */
final class PoolLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("AvgPool", "MaxPool", "MaxPoolV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<Attributes> attributes = attributes(op, emit);
    if (attributes.isEmpty()) {
      return Lowered.declined("the window is not constant");
    }
    int[] window = attributes.get().getInts("ksize");
    boolean max = op.name().startsWith("MaxPool");
    if (max && isOverChannels(attributes.get(), window, op.shape(0))) {
      return Lowered.to(largestOfChannels(op.operand(0), window[3], emit));
    }
    Optional<SpatialOptions> options = SpatialOptions.of(attributes.get());
    boolean first = options.map(SpatialOptions::channelsFirst).orElse(false);
    if (options.isEmpty() || window.length != 4 || window[0] != 1 || window[first ? 1 : 3] != 1) {
      return Lowered.declined("a window over batch or channels");
    }
    Value input = options.get().toNhwc(op.operand(0), emit);
    input = options.get().padded(input, max ? Float.NEGATIVE_INFINITY : 0, emit);
    Attributes pool =
        options
            .get()
            .window()
            .with("filter_height", window[first ? 2 : 1])
            .with("filter_width", window[first ? 3 : 2]);
    Value result = emit.builtin(max ? "MAX_POOL_2D" : "AVERAGE_POOL_2D", pool, input);
    return Lowered.to(options.get().fromNhwc(result, emit));
  }

  /** Whether groups of neighbouring channels are pooled, which do not overlap. */
  private static boolean isOverChannels(Attributes attributes, int[] window, Shape input) {
    return window.length == 4
        && window[3] > 1
        && attributes.getString("data_format", "NHWC").equals("NHWC")
        && input.hasRank()
        && input.rank() == 4
        && input.isKnown(3);
  }

  private static Value largestOfChannels(Value images, int window, Emitter emit) {
    List<DimSource> dims = new ArrayList<>(DimSource.all(images).subList(0, 3));
    dims.add(DimSource.known(images.type().shape().dim(3) / window));
    dims.add(DimSource.known(window));
    Value groups = DimSource.reshape(images, dims, emit);
    return emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", false), groups, emit.ints(4));
  }

  /** The op's attributes; those that MaxPoolV2 takes as operands among them. */
  private static Optional<Attributes> attributes(TfOp op, Emitter emit) {
    if (!op.name().equals("MaxPoolV2")) {
      return Optional.of(op.attributes());
    }
    Optional<List<Long>> window = longs(op.operand(1), emit);
    Optional<List<Long>> strides = longs(op.operand(2), emit);
    return window.isPresent() && strides.isPresent()
        ? Optional.of(op.attributes().with("ksize", window.get()).with("strides", strides.get()))
        : Optional.empty();
  }

  private static Optional<List<Long>> longs(Value value, Emitter emit) {
    return emit.intsOf(value).map(ints -> Arrays.stream(ints).mapToObj(Long::valueOf).toList());
  }
}
