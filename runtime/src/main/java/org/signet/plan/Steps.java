package org.signet.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.signet.kernel.Step;
import org.signet.model.ModelOperator;
import org.signet.model.ModelSubgraph;
import org.signet.model.TfliteModel;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** What providers are told of an operator. */
final class Steps {
  private Steps() {}

  /**
   * The values of the tensors of a subgraph that have one before anything runs.
   *
   * @param index the subgraph
   */
  static @Nullable Tensor[] constants(TfliteModel model, int index) {
    ModelSubgraph subgraph = model.subgraphs().get(index);
    @Nullable Tensor[] constants = new Tensor[subgraph.tensors().size()];
    boolean[] computed = new boolean[constants.length];
    Arrays.stream(subgraph.inputs()).forEach(input -> computed[input] = true);
    subgraph.operators().stream()
        .flatMapToInt(operator -> Arrays.stream(operator.results()))
        .forEach(result -> computed[result] = true);
    for (int i = 0; i < constants.length; i++) {
      TensorType type = subgraph.tensors().get(i).type();
      constants[i] = model.constant(index, i).orElse(null);
      if (constants[i] == null
          && !computed[i]
          && type.shape().isStatic()
          && Arrays.stream(type.shape().dims()).anyMatch(size -> size == 0)) {
        // The file can't tell a constant without elements from a tensor without a value.
        constants[i] = Tensor.zeros(type.dtype(), type.shape().dims());
      }
    }
    return constants;
  }

  /**
   * The step of an operator.
   *
   * @param constants as {@link #constants} gives them
   */
  static Step of(ModelSubgraph subgraph, ModelOperator operator, @Nullable Tensor[] constants) {
    List<Optional<TensorType>> operandTypes = new ArrayList<>();
    List<Optional<Tensor>> values = new ArrayList<>();
    for (int operand : operator.operands()) {
      boolean absent = operand == ModelOperator.ABSENT;
      operandTypes.add(
          absent ? Optional.empty() : Optional.of(subgraph.tensors().get(operand).type()));
      values.add(absent ? Optional.empty() : Optional.ofNullable(constants[operand]));
    }
    List<TensorType> resultTypes =
        Arrays.stream(operator.results())
            .mapToObj(result -> subgraph.tensors().get(result).type())
            .toList();
    return new Step(operator.key(), operator.attributes(), operandTypes, values, resultTypes);
  }

  /**
   * The name of an operator's first result; of one that only has effects the name of its first
   * operand, which is what they are on.
   */
  static String resultName(ModelOperator operator, ModelSubgraph subgraph) {
    int[] named = operator.results().length == 0 ? operator.operands() : operator.results();
    boolean isNamed = named.length > 0 && named[0] != ModelOperator.ABSENT;
    return isNamed ? subgraph.tensors().get(named[0]).name() : "";
  }

  /** Where an operator is, for people: the name of its result, or else its number. */
  static String place(int subgraphIndex, int operator, ModelSubgraph subgraph) {
    String result = resultName(subgraph.operators().get(operator), subgraph);
    return result.isEmpty() ? "operator " + operator + " of subgraph " + subgraphIndex : result;
  }
}
