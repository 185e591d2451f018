package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Layers that normalise each example by statistics of its own. */
final class NormalizationLayers implements KerasLayer {
  private static final double UNIT_EPSILON = 1e-12;

  @Override
  public Set<String> classNames() {
    return Set.of(
        "GroupNormalization", "LayerNormalization", "RMSNormalization", "UnitNormalization");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    WeightNode node = WeightNode.of(layer);
    boolean scale = layer.config().getBoolean("scale", true);
    boolean center = layer.config().getBoolean("center", true);
    boolean rms = layer.config().getBoolean("rms_scaling", false);
    return switch (layer.className()) {
      case "RMSNormalization" -> node.trained("scale");
      case "UnitNormalization" -> node;
      default -> node.trainedIf(scale || rms, "gamma").trainedIf(center && !rms, "beta");
    };
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    boolean unit = call.layer().className().equals("UnitNormalization");
    if (!call.keras2() && !unit && !call.input().dtype().isFloating()) {
      throw call.unsupported(
          "its input is " + call.input().dtype() + ", for which Keras 3 cuts off its scale");
    }
    KerasTensor x = wide(call.ops(), call.realInput());
    KerasTensor result =
        switch (call.layer().className()) {
          case "GroupNormalization" -> groups(call, x);
          case "RMSNormalization" -> rms(call, x);
          case "UnitNormalization" -> unit(call, x);
          default -> layer(call, x);
        };
    return List.of(call.ops().cast(result, call.dtype()));
  }

  /** Statistics of half-width numbers are taken in float32. */
  static KerasTensor wide(GraphOps ops, KerasTensor x) {
    return x.dtype() == DType.FLOAT16 || x.dtype() == DType.BFLOAT16
        ? ops.cast(x, DType.FLOAT32)
        : x;
  }

  /**
   * A variable of a layer shaped to broadcast with {@code x}, not narrowed.
   *
   * @param axes the dimensions of {@code x} that it has sizes for
   * @param sizes the sizes
   */
  static KerasTensor weight(LayerCall call, String name, KerasTensor x, int[] axes, int[] sizes) {
    KerasTensor value = call.tracer().variable(call.layer().weights(), name, sizes);
    value = call.ops().cast(value, x.dtype());
    int[] positions = Arrays.stream(axes).map(x::axis).sorted().toArray();
    boolean trailing = positions[0] == x.rank() - positions.length;
    int[] dims = new int[x.rank()];
    Arrays.fill(dims, 1);
    boolean known = true;
    for (int i = 0; i < positions.length; i++) {
      int size = x.dim(positions[i]);
      dims[positions[i]] = size == Shape.UNKNOWN ? value.dim(i) : size;
      known &= dims[positions[i]] == value.dim(i);
    }
    if (trailing && known) {
      return value;
    }
    return call.ops().reshape(value, dims);
  }

  private static int[] axes(LayerCall call, KerasTensor x) {
    int[] axes = call.config().has("axis") ? call.config().getInts("axis") : new int[] {-1};
    return Arrays.stream(axes).map(x::axis).sorted().toArray();
  }

  private static KerasTensor inverseDeviation(LayerCall call, KerasTensor variance) {
    return call.ops()
        .unary(
            "Rsqrt",
            call.ops().binary("AddV2", variance, call.config().getDouble("epsilon", 1e-3)));
  }

  private static KerasTensor layer(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    int[] axes = axes(call, x);
    int[] declared = call.config().has("axis") ? call.config().getInts("axis") : axes;
    // Keras 2 keeps the order of its axes in the weights' shapes, but reads them in the data's.
    int[] sizes = Arrays.stream(call.keras2() ? declared : axes).map(axis -> x.dim(axis)).toArray();
    KerasTensor mean = ops.reduce("Mean", x, true, axes);
    KerasTensor variance = ops.reduce("Mean", ops.binary("SquaredDifference", x, mean), true, axes);
    KerasTensor factor = inverseDeviation(call, variance);
    if (call.config().getBoolean("rms_scaling", false)) {
      return ops.times(ops.times(x, factor), weight(call, "gamma", x, axes, sizes));
    }
    KerasTensor result = ops.times(ops.minus(x, mean), factor);
    if (call.config().getBoolean("scale", true)) {
      result = ops.times(result, weight(call, "gamma", x, axes, sizes));
    }
    return call.config().getBoolean("center", true)
        ? ops.plus(result, weight(call, "beta", x, axes, sizes))
        : result;
  }

  private static KerasTensor rms(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    int[] axes = axes(call, x);
    int[] sizes = Arrays.stream(axes).map(x::dim).toArray();
    KerasTensor square = ops.reduce("Mean", ops.unary("Square", x), true, axes);
    KerasTensor factor =
        ops.unary("Rsqrt", ops.binary("AddV2", square, call.config().getDouble("epsilon", 1e-6)));
    return ops.times(ops.times(x, factor), weight(call, "scale", x, axes, sizes));
  }

  private static KerasTensor unit(LayerCall call, KerasTensor x) {
    return unit(call.ops(), x, call.keras2(), axes(call, x));
  }

  /** {@code x} over its Euclidean length along these dimensions. */
  static KerasTensor unit(GraphOps ops, KerasTensor x, boolean keras2, int... axes) {
    KerasTensor sum = ops.reduce("Sum", ops.unary("Square", x), true, axes);
    KerasTensor factor =
        keras2
            ? ops.unary("Rsqrt", ops.binary("Maximum", sum, UNIT_EPSILON))
            : ops.binary("Minimum", ops.unary("Rsqrt", sum), 1 / UNIT_EPSILON);
    return ops.times(x, factor);
  }

  private static KerasTensor groups(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    int axis = axes(call, x)[0];
    int channels = x.dim(axis);
    int groups = call.config().getInt("groups", 32);
    groups = groups == -1 ? channels : groups;
    if (groups < 1 || channels % groups != 0) {
      throw call.config().malformed(channels + " channels are not " + groups + " groups");
    }
    GraphOps.Sizes grouped =
        ops.sizes()
            .plus(x, 0, axis)
            .plus(groups)
            .plus(channels / groups)
            .plus(x, axis + 1, x.rank());
    KerasTensor parts = ops.reshape(x, grouped);
    int[] axes = IntStream.range(1, parts.rank()).filter(i -> i != axis).toArray();
    KerasTensor mean = ops.reduce("Mean", parts, true, axes);
    KerasTensor variance =
        ops.reduce("Mean", ops.binary("SquaredDifference", parts, mean), true, axes);
    KerasTensor result = ops.times(ops.minus(parts, mean), inverseDeviation(call, variance));
    result = ops.reshape(result, ops.sizes().plus(x, 0, x.rank()));
    int[] at = {axis};
    int[] sizes = {channels};
    if (call.config().getBoolean("scale", true)) {
      result = ops.times(result, weight(call, "gamma", x, at, sizes));
    }
    return call.config().getBoolean("center", true)
        ? ops.plus(result, weight(call, "beta", x, at, sizes))
        : result;
  }
}
