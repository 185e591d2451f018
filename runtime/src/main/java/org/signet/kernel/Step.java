package org.signet.kernel;

import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/**
 * One operator of a plan, as a provider sees it before the model runs. Sizes may be unknown then,
 * and change from call to call.
 *
 * @param op its name
 * @param attributes its options
 * @param operandTypes what is declared of the operands; empty for an absent optional one
 * @param constants the values of constant operands, of which a kernel may keep a packed copy
 * @param resultTypes what is declared of the results
 */
public record Step(
    OpKey op,
    Attributes attributes,
    List<Optional<TensorType>> operandTypes,
    List<Optional<Tensor>> constants,
    List<TensorType> resultTypes) {
  public Step {
    operandTypes = List.copyOf(operandTypes);
    constants = List.copyOf(constants);
    resultTypes = List.copyOf(resultTypes);
  }
}
