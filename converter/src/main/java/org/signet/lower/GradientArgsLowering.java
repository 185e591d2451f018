package org.signet.lower;

import java.util.Arrays;
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
    if (!op.shape(0).isStatic() || !op.shape(1).isStatic()) {
      return Lowered.declined("the ranks are not known");
    }
    int rank = Math.max(op.shape(0).dim(0), op.shape(1).dim(0));
    Value first = padded(op.operand(0), rank, emit);
    Value second = padded(op.operand(1), rank, emit);
    boolean sameRank = op.shape(0).equals(op.shape(1));
    return Lowered.to(
        repeated(first, second, sameRank, op.dtype(0), emit),
        repeated(second, first, sameRank, op.dtype(0), emit));
  }

  /** The sizes, int32, with ones before them. */
  private static Value padded(Value sizes, int rank, Emitter emit) {
    int missing = rank - sizes.type().shape().dim(0);
    Value ints = emit.cast(sizes, DType.INT32);
    int[] ones = new int[missing];
    Arrays.fill(ones, 1);
    return missing == 0 ? ints : emit.concat(0, emit.ints(ones), ints);
  }

  private static Value repeated(
      Value sizes, Value others, boolean sameRank, DType dtype, Emitter emit) {
    Value one = emit.builtin("EQUAL", sizes, emit.scalar(1));
    if (sameRank) {
      Value differ =
          emit.builtin(
              "REDUCE_ANY",
              Attributes.of("keep_dims", true),
              emit.builtin("NOT_EQUAL", sizes, others),
              emit.ints(0));
      one = emit.builtin("LOGICAL_AND", one, differ);
    }
    Value places = emit.reshape(emit.builtin("WHERE", one), Shape.of(Shape.UNKNOWN));
    return emit.cast(places, dtype);
  }
}
