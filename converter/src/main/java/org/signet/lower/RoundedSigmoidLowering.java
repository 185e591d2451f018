package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/**
 * Sigmoid of float16 and bfloat16, which TensorFlow's kernel computes as eˣ / (1 + eˣ) with each
 * step rounded. Near 0 that is one unit more than the rounded result for half of all numbers.
 */
final class RoundedSigmoidLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Sigmoid");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType dtype = op.dtype(0);
    if (dtype != DType.FLOAT16 && dtype != DType.BFLOAT16) {
      return KernelTypes.decline(dtype);
    }
    Value x = emit.cast(op.operand(0), DType.FLOAT32);
    Value power = rounded(emit.builtin("EXP", x), dtype, emit);
    // Where it overflows the result is 1. The operands stand so that NaN stays NaN.
    Value finite = emit.builtin("MINIMUM", emit.scalar(highest(dtype)), power);
    Value sum = rounded(emit.builtin("ADD", finite, emit.scalar(1f)), dtype, emit);
    return Lowered.to(emit.cast(emit.builtin("DIV", finite, sum), dtype));
  }

  private static Value rounded(Value value, DType dtype, Emitter emit) {
    return emit.cast(emit.cast(value, dtype), DType.FLOAT32);
  }

  /** The largest number of a type. */
  private static float highest(DType dtype) {
    return dtype == DType.FLOAT16 ? 65504 : 0x1.fep127f;
  }
}
