package org.signet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.signet.op.OpKey;

/**
 * Which subgraphs run which others: the options of control flow name them by index. Indices must
 * exist, and no subgraph may run itself, directly or through others, or be nested too deeply.
 */
public final class SubgraphCalls {
  private static final int MAX_DEPTH = 64;

  private final List<ModelSubgraph> subgraphs;
  private final int[] depths;

  SubgraphCalls(List<ModelSubgraph> subgraphs) {
    this.subgraphs = subgraphs;
    this.depths = new int[subgraphs.size()];
  }

  /**
   * The indices of the subgraphs that an operator runs, in alphabetical order of the options that
   * name them.
   */
  public static List<Integer> of(ModelOperator operator) {
    List<Integer> called = new ArrayList<>();
    if (operator.key().isBuiltin()) {
      operator
          .attributes()
          .asMap()
          .forEach((name, value) -> {
            if (isSubgraph(operator.key(), name)) {
              List<?> indices = value instanceof List<?> list ? list : List.of(value);
              indices.forEach(index ->
                  called.add(index instanceof Long i ? Math.clamp(i, -1, Integer.MAX_VALUE) : -1));
            }
          });
    }
    return called;
  }

  private static boolean isSubgraph(OpKey op, String option) {
    return option.endsWith("subgraph_index")
        || option.equals("branch_subgraph_indices")
        || (op.name().equals("CALL") && option.equals("subgraph"));
  }

  void verify() {
    for (int i = 0; i < subgraphs.size(); i++) {
      List<ModelOperator> operators = subgraphs.get(i).operators();
      for (int j = 0; j < operators.size(); j++) {
        for (int called : of(operators.get(j))) {
          ModelVerifier.check(
              called >= 0 && called < subgraphs.size(),
              "subgraph " + i + ", operator " + j,
              "runs the subgraph " + called + " of " + subgraphs.size());
        }
      }
    }
    IntStream.range(0, subgraphs.size()).forEach(i -> depth(i, 1));
  }

  /** How deeply calls are nested in a subgraph, itself included. */
  private int depth(int subgraph, int nesting) {
    ModelVerifier.check(
        nesting <= MAX_DEPTH, "subgraph " + subgraph, "runs itself, or is nested too deeply");
    if (depths[subgraph] == 0) {
      int deepest = 0;
      for (ModelOperator operator : subgraphs.get(subgraph).operators()) {
        for (int called : of(operator)) {
          deepest = Math.max(deepest, depth(called, nesting + 1));
        }
      }
      depths[subgraph] = deepest + 1;
    }
    ModelVerifier.check(
        nesting + depths[subgraph] <= MAX_DEPTH + 1,
        "subgraph " + subgraph,
        "is nested too deeply");
    return depths[subgraph];
  }
}
