package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * BroadcastGradientArgs: for two shapes, the dimensions along which each repeats, which are those
 * where it has size 1 or none; of equal shapes neither repeats.
 */
final class GradientArgsLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("BroadcastGradientArgs");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value first = emit.cast(op.operand(0), DType.INT32);
    Value second = emit.cast(op.operand(1), DType.INT32);
    Value firstRank = emit.shapeOf(first);
    Value secondRank = emit.shapeOf(second);
    Value rank = emit.builtin("MAXIMUM", firstRank, secondRank);
    first = padded(first, firstRank, rank, emit);
    second = padded(second, secondRank, rank, emit);
    Value differ =
        emit.builtin(
            "REDUCE_ANY",
            Attributes.of("keep_dims", true),
            emit.builtin("NOT_EQUAL", first, second),
            emit.ints(0));
    differ = emit.builtin("LOGICAL_OR", differ, emit.builtin("NOT_EQUAL", firstRank, secondRank));
    return Lowered.to(
        repeated(first, differ, op.dtype(0), emit), repeated(second, differ, op.dtype(0), emit));
  }

  /** The sizes with ones before them. */
  private static Value padded(Value sizes, Value ownRank, Value rank, Emitter emit) {
    Value ones = emit.builtin("FILL", emit.builtin("SUB", rank, ownRank), emit.scalar(1));
    return ones.type().shape().equals(Shape.of(0)) ? sizes : emit.concat(0, ones, sizes);
  }

  private static Value repeated(Value sizes, Value differ, DType dtype, Emitter emit) {
    Value one = emit.builtin("LOGICAL_AND", emit.builtin("EQUAL", sizes, emit.scalar(1)), differ);
    Value places = emit.reshape(emit.builtin("WHERE", one), Shape.of(Shape.UNKNOWN));
    return emit.cast(places, dtype);
  }
}
