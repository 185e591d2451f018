package org.signet.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.signet.op.Attributes;
import org.signet.op.OpKey;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Steps of builtins on float32 tensors. */
final class Steps {
  private Steps() {}

  static Step of(String op, Attributes attributes, int[] result, int[]... operands) {
    return new Step(
        OpKey.builtin(op),
        attributes,
        Arrays.stream(operands).map(Steps::type).map(Optional::of).toList(),
        Collections.nCopies(operands.length, Optional.empty()),
        List.of(type(result)));
  }

  /** The same step with a constant for an operand. */
  static Step withConstant(Step step, int operand, Tensor value) {
    List<Optional<TensorType>> types = new ArrayList<>(step.operandTypes());
    List<Optional<Tensor>> constants = new ArrayList<>(step.constants());
    types.set(operand, Optional.of(value.type()));
    constants.set(operand, Optional.of(value));
    return new Step(step.op(), step.attributes(), types, constants, step.resultTypes());
  }

  private static TensorType type(int... sizes) {
    return TensorType.of(DType.FLOAT32, sizes);
  }
}
