package org.signet.op.quant;

import java.util.function.DoubleUnaryOperator;
import org.signet.op.OpCall;
import org.signet.op.OpDefinition;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * A function of one number on quantized tensors: of 8-bit integers what it gives for the number
 * each stands for; of 16-bit ones by interpolation.
 *
 * @param function gives the function from the call
 */
record RealSteps(Maker function) implements QuantizedReference {
  /** Gives the function of a call. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param meaning what the integers of the result stand for
     */
    DoubleUnaryOperator of(OpCall call, Affine meaning);
  }

  static RealSteps of(DoubleUnaryOperator function) {
    return new RealSteps((_, _) -> function);
  }

  @Override
  public void evaluate(OpCall call, OpDefinition plain) {
    Tensor x = call.operand(0);
    Affine from = Affine.operand(call, 0);
    Affine to = Affine.result(call, 0);
    DoubleUnaryOperator real = function.of(call, to);
    Tensor result = call.result(0, x.dtype(), x.shape());
    if (x.dtype() == DType.INT16) {
      InterpolatedTable table = InterpolatedTable.of(from, to, real);
      for (int i = 0; i < x.size(); i++) {
        result.setLong(i, table.at((int) x.getLong(i)));
      }
      return;
    }
    float inverse = 1 / to.scale();
    for (int i = 0; i < x.size(); i++) {
      float value = (float) real.applyAsDouble(from.real(x.getLong(i)));
      result.setLong(
          i, to.clamp(Rounding.awayFromZero((double) (value * inverse)) + to.zeroPoint()));
    }
  }
}
