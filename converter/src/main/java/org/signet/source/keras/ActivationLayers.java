package org.signet.source.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.type.DType;

/** Layers that are activation functions. */
final class ActivationLayers implements KerasLayer {
  private static final double MASKED = -1e9;

  @Override
  public Set<String> classNames() {
    return Set.of("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax", "ThresholdedReLU");
  }

  @Override
  public Masking masking() {
    return Masking.PASSES;
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer).trainedIf(layer.className().equals("PReLU"), "alpha");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    KerasConfig config = call.config();
    KerasTensor x = call.input();
    return List.of(
        switch (call.layer().className()) {
          case "Activation" -> call.activate(x);
          case "ELU" -> Activations.elu(ops, x, config.getDouble("alpha", 1));
          case "LeakyReLU" ->
              Activations.leakyRelu(
                  ops, x, config.getDouble("negative_slope", config.getDouble("alpha", 0.3)));
          case "PReLU" -> prelu(call, x);
          case "ReLU" ->
              Activations.relu(
                  ops,
                  x,
                  config.getDouble("negative_slope", 0),
                  config.has("max_value")
                      ? Optional.of(config.getDouble("max_value"))
                      : Optional.empty(),
                  config.getDouble("threshold", 0));
          case "Softmax" -> softmax(call, x);
          default ->
              ops.times(
                  x, ops.cast(ops.binary("Greater", x, config.getDouble("theta", 1)), x.dtype()));
        });
  }

  /** relu(x) − α relu(−x), as Keras traces it. */
  private static KerasTensor prelu(LayerCall call, KerasTensor x) {
    GraphOps ops = call.ops();
    int[] dims = new int[x.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.dim(i + 1);
    }
    if (call.config().has("shared_axes")) {
      Arrays.stream(call.config().getInts("shared_axes")).forEach(axis -> dims[axis - 1] = 1);
    }
    KerasTensor alpha = call.weight("alpha", dims);
    KerasTensor negative = ops.unary("Relu", ops.unary("Neg", x));
    return ops.plus(ops.unary("Relu", x), ops.times(ops.unary("Neg", alpha), negative));
  }

  private static KerasTensor softmax(LayerCall call, KerasTensor input) {
    GraphOps ops = call.ops();
    int[] axes = call.config().has("axis") ? call.config().getInts("axis") : new int[] {-1};
    KerasTensor x = input;
    Optional<KerasTensor> mask = call.tensor(1, "mask").or(call::mask).map(m -> bool(ops, m));
    if (mask.isPresent()) {
      // Keras 2 adds a large negative number, Keras 3 puts it in place: e to its power is 0.
      x = ops.select(mask.get(), x, ops.scalar(x.dtype(), MASKED));
    }
    KerasTensor result = softmax(ops, x, axes);
    return mask.isPresent() && !call.keras2()
        ? ops.select(mask.get(), result, ops.scalar(x.dtype(), 0))
        : result;
  }

  private static KerasTensor bool(GraphOps ops, KerasTensor mask) {
    return mask.dtype() == DType.BOOL
        ? mask
        : mask.dtype().isFloating() ? ops.binary("Greater", mask, 0.5) : ops.cast(mask, DType.BOOL);
  }

  /** Softmax over one or several dimensions together. */
  static KerasTensor softmax(GraphOps ops, KerasTensor x, int... axes) {
    if (axes.length == 1) {
      return ops.softmax("Softmax", x, axes[0]);
    }
    KerasTensor largest = ops.reduce("Max", x, true, axes);
    KerasTensor powers = ops.unary("Exp", ops.minus(x, largest));
    return ops.binary("RealDiv", powers, ops.reduce("Sum", powers, true, axes));
  }
}
