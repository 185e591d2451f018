package org.signet.lower;

import java.util.Set;
import org.signet.type.DType;

/** ApproximateEqual: whether the distance of two numbers is below a tolerance. */
final class NearEqualLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("ApproximateEqual");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    float tolerance = op.attributes().getFloat("tolerance");
    FloatMath m = new FloatMath(emit);
    return Lowered.to(
        Elementwise.apply(
            op.operand(0),
            op.operand(1),
            emit,
            (x, y) -> m.less(m.abs(m.subtract(x, y)), tolerance)));
  }
}
