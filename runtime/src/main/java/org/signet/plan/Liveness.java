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
   * For each step, the tensors that nothing needs after it: not constants, variables and outputs.
   */
  static int[][] released(
      ModelSubgraph subgraph, List<PlanStep> steps, @Nullable Tensor[] constants, int[] variables) {
    int[] last = new int[constants.length];
    Arrays.fill(last, NEVER);
    for (int i = 0; i < steps.size(); i++) {
      for (int operand : steps.get(i).operands()) {
        if (operand != ModelOperator.ABSENT) {
          last[operand] = i;
        }
      }
      for (int result : steps.get(i).results()) {
        last[result] = i;
      }
    }
    IntStream.concat(Arrays.stream(subgraph.outputs()), Arrays.stream(variables))
        .forEach(tensor -> last[tensor] = FOREVER);
    IntStream.Builder[] released =
        steps.stream().map(_ -> IntStream.builder()).toArray(IntStream.Builder[]::new);
    for (int tensor = 0; tensor < last.length; tensor++) {
      if (last[tensor] != NEVER && last[tensor] != FOREVER && constants[tensor] == null) {
        released[last[tensor]].add(tensor);
      }
    }
    return Arrays.stream(released).map(builder -> builder.build().toArray()).toArray(int[][]::new);
  }
}
