package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/** Unique ops: of the elements of vectors, and of the slices of tensors. */
final class UniqueLowering implements Lowering {
  private static final Set<DType> TYPES =
      Set.of(DType.FLOAT32, DType.INT8, DType.UINT8, DType.INT16, DType.INT32, DType.INT64);

  /** What EQUAL takes. */
  private static final Set<DType> COMPARED =
      Set.of(DType.FLOAT32, DType.INT16, DType.INT32, DType.INT64);

  /** Elements of all pairs of slices. */
  private static final long MOST_COMPARISONS = 1 << 26;

  @Override
  public Set<String> ops() {
    return Set.of("Unique", "UniqueV2", "UniqueWithCounts", "UniqueWithCountsV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    DType index = op.resultTypes().get(1).dtype();
    if (index != DType.INT32 && index != DType.INT64) {
      return KernelTypes.decline(index);
    }
    Optional<int[]> axis =
        op.name().endsWith("V2") ? emit.intsOf(op.operand(1)) : Optional.of(new int[0]);
    if (axis.isEmpty()) {
      return Lowered.declined("the axis is not constant");
    }
    boolean vector = op.shape(0).hasRank() && op.shape(0).rank() == 1;
    if (!vector && axis.get().length > 0) {
      return alongAxis(op, axis.get()[0], emit);
    }
    List<Value> results =
        new ArrayList<>(
            emit.builtins(
                "UNIQUE",
                Attributes.of("idx_out_type", index.name()),
                List.of(new IntMath(emit).vector(op.operand(0))),
                op.resultTypes().subList(0, 2)));
    if (counts(op)) {
      results.add(count(results.get(1), results.getFirst(), index, emit));
    }
    return Lowered.to(results);
  }

  private static boolean counts(TfOp op) {
    return op.name().startsWith("UniqueWithCounts");
  }

  /** How often each of the first {@code unique} rows occurs. */
  private static Value count(Value numbers, Value unique, DType index, Emitter emit) {
    Value places = emit.cast(numbers, DType.INT32);
    Value ones = emit.builtin("FILL", emit.shapeOf(places), emit.scalar(1));
    Value size = DimSource.of(unique, 0).scalar(emit);
    return emit.cast(emit.builtin("UNSORTED_SEGMENT_SUM", ones, places, size), index);
  }

  /** The kernel takes vectors; here each slice is compared with each other one. */
  private static Lowered alongAxis(TfOp op, int axis, Emitter emit) {
    Shape shape = op.shape(0);
    if (!COMPARED.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!shape.hasRank() && axis != 0) {
      return Lowered.declined("the rank is not known");
    }
    int at = shape.hasRank() ? Shapes.axis(axis, shape.rank()) : 0;
    if (shape.isStatic() && shape.elements() * shape.dim(at) > MOST_COMPARISONS) {
      return Lowered.declined("the comparison of all slices would take too much memory");
    }
    IntMath m = new IntMath(emit);
    Value input = op.operand(0);
    Value first = at == 0 ? input : toFront(input, at, emit);
    Value sizes = emit.shapeOf(first);
    Value size = m.at(sizes, 0);
    Value width = m.product(m.behind(sizes, emit.scalar(1)));
    Value rows = emit.builtin("RESHAPE", first, m.joined(size, width));
    Value same =
        emit.builtin(
            "REDUCE_ALL",
            Attributes.of("keep_dims", false),
            emit.builtin(
                "EQUAL",
                emit.builtin("EXPAND_DIMS", rows, emit.scalar(1)),
                emit.builtin("EXPAND_DIMS", rows, emit.scalar(0))),
            emit.ints(2));
    Value line = m.line(size);
    Value places = emit.builtin("SELECT_V2", same, line, size);
    Value earliest =
        m.smaller( // NaN is not even equal to itself
            emit.builtin("REDUCE_MIN", Attributes.of("keep_dims", false), places, emit.ints(1)),
            line);
    Value isFirst = m.equal(earliest, line);
    Attributes inclusive = Attributes.of("exclusive", false, "reverse", false);
    Value counted =
        emit.builtin("CUMSUM", inclusive, emit.cast(isFirst, DType.INT32), emit.scalar(0));
    Attributes rowWise = Attributes.of("axis", 0, "batch_dims", 0);
    Value numbers = emit.builtin("GATHER", rowWise, m.add(counted, -1), earliest);
    Value kept = emit.cast(m.vector(emit.builtin("WHERE", isFirst)), DType.INT32);
    DType index = op.resultTypes().get(1).dtype();
    List<Value> results = new ArrayList<>();
    results.add(emit.builtin("GATHER", Attributes.of("axis", at, "batch_dims", 0), input, kept));
    results.add(emit.cast(numbers, index));
    if (counts(op)) {
      results.add(count(numbers, kept, index, emit));
    }
    return Lowered.to(results);
  }

  /** The slices along an axis, as [slices, dimensions before, dimensions behind]. */
  private static Value toFront(Value input, int axis, Emitter emit) {
    List<DimSource> dims = DimSource.all(input);
    DimSource before = DimSource.product(dims.subList(0, axis));
    DimSource behind = DimSource.product(dims.subList(axis + 1, dims.size()));
    Value three = DimSource.reshape(input, List.of(before, dims.get(axis), behind), emit);
    return emit.transpose(three, 1, 0, 2);
  }
}
