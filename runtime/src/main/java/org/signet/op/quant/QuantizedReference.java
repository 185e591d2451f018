package org.signet.op.quant;

import java.util.List;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.OperandTypes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** The reference evaluation of a builtin on quantized tensors. */
@FunctionalInterface
public interface QuantizedReference {
  /**
   * Evaluates a call of which an operand or a result is quantized.
   *
   * @param plain what the op means on plain numbers
   * @throws IllegalArgumentException as {@link org.signet.op.Reference#evaluate}
   */
  void evaluate(OpCall call, OpDefinition plain);

  /**
   * Checks what this asks of a use, as {@link OpDefinition#limits} does on plain numbers: here,
   * that all but indices and sizes have a scale.
   *
   * @param op its name
   * @param results the declared types of the results
   * @throws IllegalArgumentException if this can't be evaluated for it
   */
  default void check(String op, OpTypes use, List<TensorType> results) {
    OperandTypes types = OperandTypes.of(op);
    for (int i = 0; i < use.operandCount(); i++) {
      if (use.has(i) && !types.isOfIntegers(i)) {
        requireScale(use.operand(i));
      }
    }
    TensorType result = results.getFirst();
    if (result.dtype() != DType.BOOL) {
      requireScale(result);
    }
  }

  private static void requireScale(TensorType type) {
    Shapes.require(
        Affine.mayHaveScale(type.dtype()) && type.quantization().isQuantized(),
        "%s without a scale beside quantized tensors",
        type.dtype());
  }
}
