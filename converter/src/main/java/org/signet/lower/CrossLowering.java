package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Cross, the product of vectors of three numbers, and LinSpace. */
final class CrossLowering implements Lowering {
  private static final Shape VECTORS = Shape.of(Shape.UNKNOWN, 3);

  @Override
  public Set<String> ops() {
    return Set.of("Cross", "LinSpace");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    return op.name().equals("Cross") ? cross(op, emit) : linSpace(op, emit);
  }

  /** a[1, 2, 0] · b[2, 0, 1] − a[2, 0, 1] · b[1, 2, 0]. */
  private static Lowered cross(TfOp op, Emitter emit) {
    if (!Set.of(DType.FLOAT32, DType.INT32, DType.INT64).contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    boolean anyRank = !op.shape(0).hasRank() || !op.shape(1).hasRank();
    Value a = anyRank ? emit.reshape(op.operand(0), VECTORS) : op.operand(0);
    Value b = anyRank ? emit.reshape(op.operand(1), VECTORS) : op.operand(1);
    Value plus = emit.builtin("MUL", turned(a, emit, 1, 2, 0), turned(b, emit, 2, 0, 1));
    Value minus = emit.builtin("MUL", turned(a, emit, 2, 0, 1), turned(b, emit, 1, 2, 0));
    Value product = emit.builtin("SUB", plus, minus);
    return Lowered.to(anyRank ? emit.reshapeLike(product, op.operand(0)) : product);
  }

  private static Value turned(Value vectors, Emitter emit, int... order) {
    return emit.builtin(
        "GATHER", Attributes.of("axis", -1, "batch_dims", 0), vectors, emit.ints(order));
  }

  /**
   * start + i · (stop − start) / (count − 1); start itself, which may be infinite, at the
   * beginning, and stop at the end.
   */
  private static Lowered linSpace(TfOp op, Emitter emit) {
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    FloatMath m = new FloatMath(emit);
    Value start = op.operand(0);
    Value stop = op.operand(1);
    Value count = emit.cast(op.operand(2), DType.INT32);
    Value steps = emit.builtin("SUB", count, emit.scalar(1));
    Value divisor = emit.cast(emit.builtin("MAXIMUM", steps, emit.scalar(1)), DType.FLOAT32);
    Value step = m.divide(m.subtract(stop, start), divisor);
    Value places = emit.builtin("RANGE", emit.scalar(0), steps, emit.scalar(1));
    Value moved = m.add(m.multiply(emit.cast(places, DType.FLOAT32), step), start);
    Value inner =
        emit.builtin("SELECT_V2", emit.builtin("EQUAL", places, emit.scalar(0)), start, moved);
    Value last = emit.select(emit.builtin("EQUAL", steps, emit.scalar(0)), start, stop);
    return Lowered.to(emit.concat(0, inner, emit.reshape(last, Shape.of(1))));
  }
}
