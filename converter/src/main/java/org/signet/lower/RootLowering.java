package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Reciprocals of square roots. There are kernels of RSQRT that make NaN of zeros, and that take the
 * roots of numbers which TensorFlow takes for zeros: those below the smallest normal one.
 */
final class RootLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Rsqrt");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Value x = op.operand(0);
    if (isPositive(x, emit)) {
      return Lowered.to(emit.builtin("RSQRT", x));
    }
    FloatMath m = new FloatMath(emit);
    return Lowered.to(
        Elementwise.apply(
            x,
            emit,
            v ->
                m.select(
                    m.less(m.abs(v), Float.MIN_NORMAL), m.divide(1, v), emit.builtin("RSQRT", v))));
  }

  /** Whether this is what normalizations divide by: a variance and more, or a bounded sum. */
  private static boolean isPositive(Value x, Emitter emit) {
    return x instanceof Value.Result result
        && result.producer().isAnyOf("ADD", "MAXIMUM")
        && result.producer().operands().stream().anyMatch(part -> isPositiveConstant(part, emit));
  }

  private static boolean isPositiveConstant(Value value, Emitter emit) {
    return value.type().shape().equals(Shape.scalar())
        && emit.valueOf(value).filter(tensor -> tensor.floats()[0] > 0).isPresent();
  }
}
