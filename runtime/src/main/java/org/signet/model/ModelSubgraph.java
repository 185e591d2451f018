package org.signet.model;

import java.util.List;

/**
 * A subgraph: what a signature, a branch or the body of a loop runs.
 *
 * @param name its name; need not be unique
 * @param tensors its tensors
 * @param inputs the tensors that a caller gives; not to be changed
 * @param outputs the tensors that it returns, possibly inputs, constants or the same twice; not to
 *     be changed
 * @param operators in an order in which they can run
 */
@SuppressWarnings("ArrayRecordComponent")
public record ModelSubgraph(
    String name,
    List<ModelTensor> tensors,
    int[] inputs,
    int[] outputs,
    List<ModelOperator> operators) {
  public ModelSubgraph {
    tensors = List.copyOf(tensors);
    operators = List.copyOf(operators);
  }
}
