package org.signet.plan;

import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.type.TensorType;

/**
 * One operator of a plan.
 *
 * @param operator its index in the subgraph
 * @param op its op
 * @param attributes its options
 * @param operands slots of the operands, −1 for an absent one
 * @param operandTypes what is declared of them, empty for an absent one
 * @param results slots of the results
 * @param resultTypes what is declared of them
 * @param resultName the name of the first result, for messages
 * @param keepsTensors whether operands and results may live on in the session's state, so that
 *     their arrays must not be used again
 * @param action what it does
 * @param released the slots that nothing needs after it
 */
@SuppressWarnings("ArrayRecordComponent")
record PlanStep(
    int operator,
    OpKey op,
    Attributes attributes,
    int[] operands,
    List<Optional<TensorType>> operandTypes,
    int[] results,
    List<TensorType> resultTypes,
    String resultName,
    boolean keepsTensors,
    Action action,
    int[] released) {
  PlanStep {
    operandTypes = List.copyOf(operandTypes);
    resultTypes = List.copyOf(resultTypes);
  }
}
