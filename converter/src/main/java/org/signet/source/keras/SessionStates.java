package org.signet.source.keras;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signet.bundle.BundleTensor;
import org.signet.type.TensorType;

/**
 * What stateful layers keep from one run of the model to the next: variables that are zeros at
 * first, since no file of Keras holds them.
 */
final class SessionStates {
  private final GraphOps ops;
  private final Map<WeightNode, List<GraphDefBuilder.Variable>> layers = new HashMap<>();
  private final List<String> assignments = new ArrayList<>();
  private final Map<String, TensorType> types = new HashMap<>();

  SessionStates(GraphOps ops) {
    this.ops = ops;
  }

  /** Whether a layer has been called. */
  boolean has(WeightNode node) {
    return layers.containsKey(node);
  }

  /**
   * What a layer kept; it must be called once only.
   *
   * @param node the weights of the layer
   * @param wanted the types of its states, fully known
   */
  List<KerasTensor> before(WeightNode node, List<TensorType> wanted) {
    List<GraphDefBuilder.Variable> variables = new ArrayList<>();
    for (TensorType type : wanted) {
      GraphDefBuilder.Variable variable = ops.graph().variable("state", type);
      variables.add(variable);
      types.put(variable.handle(), type);
    }
    layers.put(node, variables);
    return variables.stream().map(GraphDefBuilder.Variable::value).toList();
  }

  /** Says what a layer's states are after its call. */
  void after(WeightNode node, List<KerasTensor> values) {
    List<GraphDefBuilder.Variable> variables = layers.getOrDefault(node, List.of());
    for (int i = 0; i < variables.size(); i++) {
      assignments.add(ops.graph().assign(variables.get(i), values.get(i)));
    }
  }

  /** The names of the nodes that keep the states. */
  List<String> assignments() {
    return assignments;
  }

  /** What a variable holds at first; empty if it is none of these. */
  Optional<BundleTensor> initial(String handle) {
    return Optional.ofNullable(types.get(handle))
        .map(type -> {
          long bytes = Math.multiplyExact(type.shape().elements(), type.dtype().bytes());
          byte[] zeros = new byte[Math.toIntExact(bytes)];
          return new BundleTensor(
              type.dtype(),
              type.shape(),
              new BundleTensor.Data.Raw(MemorySegment.ofArray(zeros).asReadOnly()));
        });
  }
}
