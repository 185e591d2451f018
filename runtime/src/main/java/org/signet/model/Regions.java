package org.signet.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.op.OpCall;

/**
 * Tells ops with a region what it computes: a subgraph of one op, named by an option, becomes the
 * attribute {@link OpCall#REGION}.
 */
final class Regions {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "STABLEHLO_REDUCE", "body_subgraph_index",
          "STABLEHLO_REDUCE_WINDOW", "body_subgraph_index",
          "STABLEHLO_SCATTER", "update_computation_subgraph_index");

  private Regions() {}

  /** The subgraphs with that attribute wherever the option names a subgraph of at most one op. */
  static List<ModelSubgraph> named(List<ModelSubgraph> subgraphs) {
    return subgraphs.stream()
        .map(subgraph ->
            new ModelSubgraph(
                subgraph.name(),
                subgraph.tensors(),
                subgraph.inputs(),
                subgraph.outputs(),
                subgraph.operators().stream().map(operator -> named(operator, subgraphs)).toList()))
        .toList();
  }

  private static ModelOperator named(ModelOperator operator, List<ModelSubgraph> subgraphs) {
    String option = operator.key().isBuiltin() ? OPTIONS.get(operator.key().name()) : null;
    if (option == null) {
      return operator;
    }
    return operator
        .attributes()
        .find(option)
        .flatMap(index -> region(subgraphs, (Long) index))
        .map(name ->
            new ModelOperator(
                operator.key(),
                operator.attributes().with(OpCall.REGION, name),
                operator.operands(),
                operator.results(),
                operator.version()))
        .orElse(operator);
  }

  private static Optional<String> region(List<ModelSubgraph> subgraphs, long index) {
    if (index < 0 || index >= subgraphs.size()) {
      return Optional.empty();
    }
    List<ModelOperator> operators = subgraphs.get((int) index).operators();
    return switch (operators.size()) {
      case 0 -> Optional.of("");
      case 1 -> Optional.of(operators.getFirst().key().toString());
      default -> Optional.empty();
    };
  }
}
