package org.signet.op.quant;

import org.signet.op.OpCall;
import org.signet.op.OpDefinition;

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
}
