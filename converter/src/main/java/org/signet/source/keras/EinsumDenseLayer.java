package org.signet.source.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * {@code EinsumDense}: activation(einsum(input, kernel) + bias). The bias is shaped to the output
 * from the first dimension that it has a size for.
 */
final class EinsumDenseLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("EinsumDense");
  }

  @Override
  public WeightNode weights(LayerSpec layer) {
    return WeightNode.of(layer)
        .trained("kernel")
        .trainedIf(layer.config().has("bias_axes"), "bias")
        .trainedIf(layer.policy().integerWeights(), "kernel_scale");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    int[] any = new int[kernelRank(call)];
    Arrays.fill(any, -1);
    String equation = call.config().getString("equation").replace(" ", "");
    KerasTensor kernel = call.weight("kernel", any);
    KerasTensor result =
        call.layer().policy().integerWeights()
            ? IntegerWeights.einsum(call, equation, call.realInput(), kernel, scale(call, equation))
            : ops.einsum(equation, call.realInput(), kernel);
    if (call.config().has("bias_axes")) {
      KerasTensor bias = bias(call, result);
      result = ops.plus(result, bias);
    }
    return List.of(call.activate(result));
  }

  private static KerasTensor scale(LayerCall call, String equation) {
    int[] any = new int[equation.length() - equation.indexOf("->") - 2];
    Arrays.fill(any, -1);
    return call.weight("kernel_scale", any);
  }

  private static int kernelRank(LayerCall call) {
    String[] sides = call.config().getString("equation").replace(" ", "").split("->|,", -1);
    if (sides.length != 3) {
      throw call.config().malformed("its equation is not of the form a,b->c");
    }
    return sides[1].length();
  }

  private static KerasTensor bias(LayerCall call, KerasTensor result) {
    String equation = call.config().getString("equation").replace(" ", "");
    String output = equation.substring(equation.indexOf("->") + 2);
    String axes = call.config().getString("bias_axes");
    boolean elidedRight = output.endsWith("...");
    String labels = output.replace("...", "");
    int first = labels.length();
    for (int i = 0; i < axes.length(); i++) {
      first = Math.min(first, labels.indexOf(axes.charAt(i)));
    }
    int elided = result.rank() - labels.length();
    List<Integer> dims = new ArrayList<>();
    for (int i = first; i < labels.length(); i++) {
      int at = elidedRight ? i : i + elided;
      dims.add(axes.indexOf(labels.charAt(i)) >= 0 ? result.dim(at) : 1);
    }
    for (int i = 0; elidedRight && i < elided; i++) {
      dims.add(1);
    }
    return call.weight("bias", dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
