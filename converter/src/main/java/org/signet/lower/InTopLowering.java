package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * InTopK and InTopKV2: whether fewer than k predictions of a row are above the target's. Not so if
 * a prediction of the row is not finite, or there is no such target.
 */
final class InTopLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("InTopK", "InTopKV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    if (!shape.hasRank() || shape.rank() != 2 || !shape.isKnown(1) || shape.dim(1) == 0) {
      return Lowered.declined("the number of classes is not known");
    }
    Value predictions = op.operand(0);
    Value targets = op.operand(1);
    DType integer = targets.type().dtype();
    Value first = emit.scalar(integer, 0);
    Value last = emit.scalar(integer, shape.dim(1) - 1);
    Value inside = emit.builtin("MINIMUM", emit.builtin("MAXIMUM", targets, first), last);
    Value column = emit.reshape(inside, Shape.of(Shape.UNKNOWN, 1));
    Value own =
        emit.builtin("GATHER", Attributes.of("axis", 1, "batch_dims", 1), predictions, column);
    Value above = emit.cast(emit.builtin("GREATER", predictions, own), DType.INT32);
    Attributes row = Attributes.of("keep_dims", false);
    Value count = emit.builtin("SUM", row, above, emit.ints(1));
    Value k =
        op.name().equals("InTopK")
            ? emit.scalar((int) op.attributes().getLong("k"))
            : emit.cast(op.operand(2), DType.INT32);
    FloatMath m = new FloatMath(emit);
    Value finite =
        emit.builtin(
            "REDUCE_ALL", row, m.less(m.abs(predictions), Double.POSITIVE_INFINITY), emit.ints(1));
    Value known = emit.builtin("EQUAL", inside, targets);
    Value ranked = emit.builtin("LESS", count, k);
    return Lowered.to(
        emit.builtin("LOGICAL_AND", ranked, emit.builtin("LOGICAL_AND", finite, known)));
  }
}
