package org.signet.lower;

import java.util.Arrays;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Transpose, up to the rank that the kernel takes; axes that count from the end are turned round.
 */
final class TransposeLowering implements Lowering {
  private static final int HIGHEST_RANK = 6;

  @Override
  public Set<String> ops() {
    return Set.of("Transpose");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED_OR_BOOL.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    if (!shape.hasRank() || shape.rank() > HIGHEST_RANK) {
      return Lowered.declined("the kernel takes ranks to " + HIGHEST_RANK);
    }
    int rank = shape.rank();
    Value order =
        emit.intsOf(op.operand(1))
            .map(axes -> emit.ints(Arrays.stream(axes).map(a -> Shapes.axis(a, rank)).toArray()))
            .orElseGet(() -> emit.cast(op.operand(1), DType.INT32));
    return Lowered.to(emit.builtin("TRANSPOSE", op.operand(0), order));
  }
}
