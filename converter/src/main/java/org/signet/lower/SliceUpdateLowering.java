package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.type.Shape;

/**
 * TensorStridedSliceUpdate: the same slice of the elements' numbers tells which ones are replaced.
 */
final class SliceUpdateLowering implements Lowering {
  private final Lowering slices = new SliceLowering();
  private final Lowering updates = new ScatterLowering();

  @Override
  public Set<String> ops() {
    return Set.of("TensorStridedSliceUpdate");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Value tensor = op.operand(0);
    if (!op.shape(0).hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    Value count = DimSource.product(DimSource.all(tensor)).scalar(emit);
    Value numbers = emit.builtin("RANGE", emit.scalar(0), count, emit.scalar(1));
    List<Value> sliced = new ArrayList<>(op.operands().subList(0, 4));
    sliced.set(0, emit.reshapeLike(numbers, tensor));
    Lowered places = slices.lower(as("StridedSlice", sliced, op), emit);
    if (!(places instanceof Lowered.To(List<Value> found))) {
      return places;
    }
    Value value = emit.builtin("BROADCAST_TO", op.operand(4), emit.shapeOf(found.getFirst()));
    Shape line = Shape.of(Shape.UNKNOWN);
    Lowered updated =
        updates.lower(
            as(
                "TensorScatterUpdate",
                List.of(
                    emit.reshape(tensor, line),
                    emit.reshape(found.getFirst(), Shape.of(Shape.UNKNOWN, 1)),
                    emit.reshape(value, line)),
                op),
            emit);
    return updated instanceof Lowered.To(List<Value> results)
        ? Lowered.to(emit.reshapeLike(results.getFirst(), tensor))
        : updated;
  }

  /** An op with the same attributes, of which each reads its own. */
  private static TfOp as(String name, List<Value> operands, TfOp op) {
    return new TfOp(name, op.attributes(), operands, op.resultTypes(), op.label(), op.origin());
  }
}
