package org.signet.op.quant;

import java.util.List;
import org.signet.op.DirectCall;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.op.OpTypes;
import org.signet.op.Shapes;
import org.signet.tensor.Tensor;
import org.signet.type.TensorType;

/** Rows of a quantized table, operand 1, as integers or as the floats that they stand for. */
final class QuantizedLookup implements QuantizedReference {
  @Override
  public void evaluate(OpCall call, OpDefinition plain) {
    Tensor table = call.operand(1);
    boolean reals = call.resultType(0).dtype().isFloating();
    Tensor rows = reals ? Reals.of(table, call.operandType(1)) : table;
    call.result(0, DirectCall.evaluate(plain, call.attributes(), call.operand(0), rows));
  }

  @Override
  public void check(String op, OpTypes use, List<TensorType> results) {
    Shapes.require(
        use.dtype(1) == results.getFirst().dtype() || use.operand(1).quantization().isQuantized(),
        "a table of %s without a scale",
        use.dtype(1));
  }
}
