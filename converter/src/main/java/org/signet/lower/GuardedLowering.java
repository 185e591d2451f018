package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/** Products and quotients that are 0 where one operand is, whatever the other. */
final class GuardedLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("DivNoNan", "MulNoNan", "Xdivy", "Xlog1py", "Xlogy");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return Broadcasts.apply(
        op.operand(0), op.operand(1), emit, (x, y) -> guarded(op.name(), x, y, emit));
  }

  private static Value guarded(String op, Value x, Value y, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    boolean bySecond = op.equals("DivNoNan") || op.equals("MulNoNan");
    Value result =
        switch (op) {
          case "MulNoNan" -> m.multiply(x, y);
          case "Xlogy" -> m.multiply(x, m.log(y));
          case "Xlog1py" -> m.multiply(x, m.logOfOnePlus(y));
          default -> m.divide(x, y);
        };
    return m.select(m.equal(bySecond ? y : x, 0), m.number(0), result);
  }
}
