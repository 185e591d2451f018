package org.signet.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.tensor.Tensor;

/** Finds out how long each tensor of a subgraph is needed. */
final class Liveness {
  private static final int FOREVER = Integer.MAX_VALUE;
  private static final int NEVER = -1;

  private Liveness() {}

  /**
   * For each operator, the tensors that nothing needs after it: not constants, variables and
   * outputs.
   */
  static int[][] released(ModelSubgraph subgraph, @Nullable Tensor[] constants, int[] variables) {
    int[] last = new int[constants.length];
    Arrays.fill(last, NEVER);
    List<ModelOperator> operators = subgraph.operators();
    for (int i = 0; i < operators.size(); i++) {
      for (int operand : operators.get(i).operands()) {
        if (operand != ModelOperator.ABSENT) {
          last[operand] = i;
        }
      }
      for (int result : operators.get(i).results()) {
        last[result] = i;
      }
    }
    IntStream.concat(Arrays.stream(subgraph.outputs()), Arrays.stream(variables))
        .forEach(tensor -> last[tensor] = FOREVER);
    IntStream.Builder[] released =
        operators.stream().map(_ -> IntStream.builder()).toArray(IntStream.Builder[]::new);
    for (int tensor = 0; tensor < last.length; tensor++) {
      if (last[tensor] != NEVER && last[tensor] != FOREVER && constants[tensor] == null) {
        released[last[tensor]].add(tensor);
      }
    }
    return Arrays.stream(released).map(builder -> builder.build().toArray()).toArray(int[][]::new);
  }
}
