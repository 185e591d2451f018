package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.DType;

/** NextAfter of float32: the bits of a number, one more or less. */
final class NextNumberLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("NextAfter");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    return Broadcasts.apply(op.operand(0), op.operand(1), emit, (x, y) -> next(x, y, emit));
  }

  private static Value next(Value from, Value to, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    IntMath bits = new IntMath(emit);
    Value x = emit.bitcast(from, DType.INT32);
    Value away = m.equal(m.less(from, to), m.greater(from, 0));
    Value step = emit.select(away, bits.add(x, 1), bits.add(x, -1));
    // From 0 on to the smallest number of the other's sign.
    Value smallest = emit.select(m.less(to, 0), emit.scalar(Integer.MIN_VALUE + 1), emit.scalar(1));
    Value next = emit.bitcast(emit.select(m.equal(from, 0), smallest, step), DType.FLOAT32);
    Value number = emit.select(m.equal(from, to), to, next);
    return emit.select(m.isNan(to), to, emit.select(m.isNan(from), from, number));
  }
}
