package org.signet.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.signet.model.ModelOperator;
import org.signet.op.Attributes;

/** Which subgraphs an operator runs, as its options name them. */
final class CalledSubgraphs {
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "IF", List.of("then_subgraph_index", "else_subgraph_index"),
          "WHILE", List.of("cond_subgraph_index", "body_subgraph_index"),
          "CALL", List.of("subgraph"),
          "STABLEHLO_COMPOSITE", List.of("decomposition_subgraph_index"),
          "CALL_ONCE", List.of("init_subgraph_index"));

  private static final String CASE = "STABLEHLO_CASE";

  private CalledSubgraphs() {}

  /** Their indices, in the order in which the op's definition has them; none for other ops. */
  static List<Integer> of(ModelOperator operator) {
    if (!operator.key().isBuiltin()) {
      return List.of();
    }
    Attributes attributes = operator.attributes();
    String name = operator.key().name();
    IntStream indices =
        name.equals(CASE)
            ? Arrays.stream(attributes.getInts("branch_subgraph_indices"))
            : OPTIONS.getOrDefault(name, List.of()).stream().mapToInt(attributes::getInt);
    return indices.boxed().toList();
  }
}
