package org.signet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.kernel.Step;
import org.signet.kernel.Work;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/**
 * A step of sizes that are known, and what it runs on.
 *
 * @param step as a planner sees it
 * @param operands its values
 */
record GridPoint(Step step, List<Tensor> operands) {

  /**
   * A step with one float32 result.
   *
   * @param constants the operands that are constants of the model
   */
  static GridPoint of(
      String op, Attributes attributes, int[] result, Set<Integer> constants, Tensor... operands) {
    List<Optional<TensorType>> types = new ArrayList<>();
    List<Optional<Tensor>> values = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      types.add(Optional.of(operands[i].type()));
      values.add(constants.contains(i) ? Optional.of(operands[i]) : Optional.empty());
    }
    TensorType type = TensorType.of(DType.FLOAT32, Shape.of(result));
    return new GridPoint(
        new Step(OpKey.builtin(op), attributes, types, values, List.of(type)), List.of(operands));
  }

  /** What the step has to do, which is known of all steps of the grid. */
  Work work() {
    return Work.of(step).orElseThrow(() -> new IllegalStateException("no work known of " + this));
  }

  /** {@code ADD [1, 64], [1, 64]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(step.op().name());
    for (Tensor operand : operands) {
      text.append(' ').append(Shape.of(operand.shape()));
    }
    return text.toString();
  }
}
