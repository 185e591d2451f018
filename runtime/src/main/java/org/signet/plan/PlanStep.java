package org.signet.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.type.TensorType;

/**
 * One operator of a plan.
 *
 * @param operator its index in the subgraph
 * @param ops its op, for messages; several if the kernel does those of operators before, too
 * @param provider who runs it
 * @param attributes its options
 * @param operands slots of the operands, −1 for an absent one
 * @param operandTypes what is declared of them, empty for an absent one
 * @param results slots of the results
 * @param resultTypes what is declared of them
 * @param resultName the name of the first result, for messages
 * @param keepsTensors whether operands and results may live on in the session's state, so that
 *     their arrays must not be used again
 * @param action what it does
 * @param within the operators before, which the kernel does, too
 * @param released the slots that nothing needs after it
 */
@SuppressWarnings("ArrayRecordComponent")
record PlanStep(
    int operator,
    String ops,
    String provider,
    Attributes attributes,
    int[] operands,
    List<Optional<TensorType>> operandTypes,
    int[] results,
    List<TensorType> resultTypes,
    String resultName,
    boolean keepsTensors,
    Action action,
    List<Integer> within,
    int[] released) {
  PlanStep {
    operandTypes = List.copyOf(operandTypes);
    resultTypes = List.copyOf(resultTypes);
    within = List.copyOf(within);
  }

  PlanStep with(int[] otherOperands) {
    return new PlanStep(
        operator,
        ops,
        provider,
        attributes,
        otherOperands,
        operandTypes,
        results,
        resultTypes,
        resultName,
        keepsTensors,
        action,
        within,
        released);
  }

  /** The same step, run by another kernel. */
  PlanStep by(Offers.Offered offered) {
    return new PlanStep(
        operator,
        ops,
        offered.provider(),
        attributes,
        operands,
        operandTypes,
        results,
        resultTypes,
        resultName,
        keepsTensors,
        new Action.Run(offered.kernel()),
        within,
        released);
  }

  /**
   * The same step, which takes an operand as it is before a transpose.
   *
   * @param action does the transpose, too
   */
  PlanStep reading(int operand, PlanStep transpose, Action action) {
    int[] others = operands.clone();
    others[operand] = transpose.operands()[0];
    List<Optional<TensorType>> types = new ArrayList<>(operandTypes);
    types.set(operand, transpose.operandTypes().getFirst());
    List<Integer> more = new ArrayList<>(within);
    more.add(transpose.operator());
    return new PlanStep(
        operator,
        ops,
        provider,
        attributes,
        others,
        types,
        results,
        resultTypes,
        resultName,
        keepsTensors,
        action,
        more,
        released);
  }

  PlanStep releasing(int[] slots) {
    return new PlanStep(
        operator,
        ops,
        provider,
        attributes,
        operands,
        operandTypes,
        results,
        resultTypes,
        resultName,
        keepsTensors,
        action,
        within,
        slots);
  }
}
