package org.signet.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * StridedSliceGrad of slices without steps whose bounds or sizes are not known: the gradient with
 * as many zeros before it as the slice begins late, and after it as many as are missing then.
 */
final class UnknownSliceGradientLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("StridedSliceGrad");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED.contains(op.dtype(4))) {
      return KernelTypes.decline(op.dtype(4));
    }
    Shape dims = op.shape(0);
    Shape named = op.shape(1);
    if (!dims.isStatic() || !named.isStatic() || !op.shape(4).hasRank()) {
      return Lowered.declined("a rank is unknown");
    }
    int rank = dims.dim(0);
    if (rank == 0 || rank > SliceLowering.HIGHEST_RANK) {
      return Lowered.declined("a rank of 0, or above " + SliceLowering.HIGHEST_RANK);
    }
    Optional<int[]> strides = emit.intsOf(op.operand(3));
    if (strides.isEmpty() || Arrays.stream(strides.get()).anyMatch(stride -> stride != 1)) {
      return Lowered.declined("bounds or sizes that are not known, and steps that are not one");
    }
    DenseSlice at = DenseSlice.places(op, rank);
    Value sizes = emit.cast(op.operand(0), DType.INT32);
    Value before = begin(at, op.operand(1), sizes, emit);
    Value gradient = DimSource.reshape(op.operand(4), sliced(at, op.operand(4)), emit);
    Value rest = emit.builtin("SUB", sizes, before);
    Value after = emit.builtin("SUB", rest, emit.shapeOf(gradient));
    Attributes columns = Attributes.of("axis", 1, "values_count", 2);
    return Lowered.to(emit.builtin("PAD", gradient, emit.builtin("PACK", columns, before, after)));
  }

  /** Where the slice begins along each dimension, counted from the front. */
  private static Value begin(DenseSlice at, Value named, Value sizes, Emitter emit) {
    int[] places = at.begin().clone();
    for (int i = 0; i < places.length; i++) {
      if ((at.beginMask() & ~at.shrinkMask() & 1 << i) != 0) {
        places[i] = 0;
      }
    }
    Value begin = DenseSlice.bound(named, places, emit);
    Value zero = emit.scalar(0);
    Value fromEnd = emit.builtin("LESS", begin, zero);
    Value from = emit.select(fromEnd, emit.builtin("ADD", begin, sizes), begin);
    return emit.builtin("MINIMUM", emit.builtin("MAXIMUM", from, zero), sizes);
  }

  /** The sizes of the gradient without new axes, and with those that the slice took away. */
  private static List<DimSource> sliced(DenseSlice at, Value gradient) {
    List<DimSource> kept = new ArrayList<>(DimSource.all(gradient));
    at.newAxes().reversed().forEach(axis -> kept.remove((int) axis));
    for (int i = 0; i < at.begin().length; i++) {
      if ((at.shrinkMask() & 1 << i) != 0) {
        kept.add(i, new DimSource(1, List.of()));
      }
    }
    return kept;
  }
}
