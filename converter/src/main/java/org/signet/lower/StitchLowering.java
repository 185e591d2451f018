package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * DynamicStitch, of which every place takes the last row that is for it, and DynamicPartition,
 * which gathers the rows of each part.
 */
final class StitchLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("DynamicPartition", "DynamicStitch", "ParallelDynamicStitch");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    for (Value operand : op.operands()) {
      if (!operand.type().shape().hasRank()) {
        return Lowered.declined("a rank is unknown");
      }
    }
    DType moved = op.result().dtype();
    if (!KernelTypes.MOVED_OR_BOOL.contains(moved)) {
      return KernelTypes.decline(moved);
    }
    return op.name().equals("DynamicPartition") ? partition(op, emit) : stitch(op, emit);
  }

  private static Lowered partition(TfOp op, Emitter emit) {
    Value parts =
        RefusedIndices.within(
            op.resultTypes().size(), emit.reshape(op.operand(1), Shape.of(Shape.UNKNOWN)), emit);
    Value rows = merged(op.operand(0), op.shape(1).rank(), emit);
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < op.resultTypes().size(); i++) {
      Value places = emit.builtin("WHERE", emit.builtin("EQUAL", parts, emit.scalar(i)));
      results.add(
          emit.builtin(
              "GATHER",
              Attributes.of("axis", 0, "batch_dims", 0),
              rows,
              emit.reshape(places, Shape.of(Shape.UNKNOWN))));
    }
    return Lowered.to(results);
  }

  /** {@code value} with its first {@code count} dimensions as one. */
  private static Value merged(Value value, int count, Emitter emit) {
    List<DimSource> dims = DimSource.all(value);
    List<DimSource> merged = new ArrayList<>(dims.subList(count, dims.size()));
    merged.addFirst(DimSource.product(dims.subList(0, count)));
    return DimSource.reshape(value, merged, emit);
  }

  private static Lowered stitch(TfOp op, Emitter emit) {
    int count = op.operands().size() / 2;
    Value[] indices = new Value[count];
    Value[] rows = new Value[count];
    for (int i = 0; i < count; i++) {
      indices[i] = emit.reshape(op.operand(i), Shape.of(Shape.UNKNOWN));
      rows[i] = merged(op.operand(count + i), op.shape(i).rank(), emit);
    }
    Value places = emit.concat(0, indices);
    Value highest =
        emit.builtin("REDUCE_MAX", Attributes.of("keep_dims", false), places, emit.ints(0));
    if (places.type().shape().dim(0) <= 0) {
      highest = emit.builtin("MAXIMUM", highest, emit.scalar(-1)); // there may be no places
    }
    Value all = DimSource.of(places, 0).scalar(emit);
    Value last =
        emit.builtin(
            "UNSORTED_SEGMENT_MAX",
            emit.builtin("RANGE", emit.scalar(0), all, emit.scalar(1)),
            places,
            emit.builtin(
                "ADD",
                highest,
                RefusedIndices.unlessNegative(1, places, "indices_in_range", emit)));
    // A place that no row is for may hold anything.
    Value from = emit.builtin("MAXIMUM", last, emit.scalar(0));
    return Lowered.to(
        emit.builtin(
            "GATHER", Attributes.of("axis", 0, "batch_dims", 0), emit.concat(0, rows), from));
  }
}
