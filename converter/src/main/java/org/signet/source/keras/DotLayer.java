package org.signet.source.keras;

import java.util.List;
import java.util.Set;

/** {@code Dot}: products summed along one dimension of each of two tensors, per example. */
final class DotLayer implements KerasLayer {
  @Override
  public Set<String> classNames() {
    return Set.of("Dot");
  }

  @Override
  public List<KerasTensor> call(LayerCall call) {
    GraphOps ops = call.ops();
    List<KerasTensor> inputs = call.alikeInputs();
    int[] axes = call.config().getInts("axes", 2, -1);
    KerasTensor x = inputs.get(0);
    KerasTensor y = inputs.get(1);
    int xAxis = x.axis(axes[0]);
    int yAxis = y.axis(axes[1]);
    if (call.config().getBoolean("normalize", false)) {
      x = NormalizationLayers.unit(ops, x, call.keras2(), xAxis);
      y = NormalizationLayers.unit(ops, y, call.keras2(), yAxis);
    }
    if (x.rank() == 2 && y.rank() == 2) {
      return List.of(ops.reduce("Sum", ops.times(x, y), true, 1));
    }
    return List.of(ops.einsum(equation(x.rank(), xAxis, y.rank(), yAxis), x, y));
  }

  private static String equation(int xRank, int xAxis, int yRank, int yAxis) {
    StringBuilder left = new StringBuilder("a");
    StringBuilder right = new StringBuilder("a");
    StringBuilder result = new StringBuilder("a");
    char next = 'c';
    for (int i = 1; i < xRank; i++) {
      left.append(i == xAxis ? 'b' : next);
      if (i != xAxis) {
        result.append(next++);
      }
    }
    for (int i = 1; i < yRank; i++) {
      right.append(i == yAxis ? 'b' : next);
      if (i != yAxis) {
        result.append(next++);
      }
    }
    return left + "," + right + "->" + result;
  }
}
