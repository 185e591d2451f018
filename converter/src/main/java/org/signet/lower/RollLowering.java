package org.signet.lower;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.op.Shapes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Roll: along each axis the elements are gathered from where they come, (i − shift) mod size; where
 * shift and size are known, two slices change places.
 */
final class RollLowering implements Lowering {
  private static final int FAR = 1 << 24;

  @Override
  public Set<String> ops() {
    return Set.of("Roll");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!KernelTypes.MOVED_OR_BOOL.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    Optional<int[]> axes = emit.intsOf(op.operand(2));
    if (axes.isEmpty() || !shape.hasRank() || !op.shape(1).hasRank()) {
      return Lowered.to(rollAnyAxis(op, emit));
    }
    Value rolled = op.operand(0);
    for (int i = 0; i < axes.get().length; i++) {
      int axis = Shapes.axis(axes.get()[i], shape.rank());
      rolled = roll(rolled, axis, shiftAt(op, i, emit), emit);
    }
    return Lowered.to(rolled);
  }

  /** Shift {@code i}, an int32 scalar. */
  private static Value shiftAt(TfOp op, int i, Emitter emit) {
    Value shift = emit.cast(op.operand(1), DType.INT32);
    return op.shape(1).rank() == 0 ? shift : new IntMath(emit).at(shift, i);
  }

  private static Value roll(Value value, int axis, Value shift, Emitter emit) {
    Shape shape = value.type().shape();
    Optional<int[]> known = emit.intsOf(shift);
    if (known.isPresent() && shape.isKnown(axis) && shape.rank() <= SliceLowering.HIGHEST_RANK) {
      int size = shape.dim(axis);
      int by = size == 0 ? 0 : Math.floorMod(known.get()[0], size);
      return by == 0 ? value : swap(value, axis, size - by, emit);
    }
    DimSource length = DimSource.of(value, axis);
    Value size = length.scalar(emit);
    IntMath m = new IntMath(emit);
    Value divisor = length.isKnown() && length.size() > 0 ? size : m.larger(size, 1);
    Value places = m.subtract(m.line(size), near(shift, divisor, emit));
    Value sources = m.modulo(places, divisor);
    return emit.builtin("GATHER", Attributes.of("axis", axis, "batch_dims", 0), value, sources);
  }

  /** The shift, less whole turns if a place less the shift may be beyond the range of int32. */
  private static Value near(Value shift, Value size, Emitter emit) {
    Optional<int[]> known = emit.intsOf(shift);
    boolean small = known.isPresent() && Math.abs((long) known.get()[0]) < FAR;
    return small ? shift : new IntMath(emit).modulo(shift, size);
  }

  /** What comes from {@code at} on along the axis, then what is before. */
  private static Value swap(Value value, int axis, int at, Emitter emit) {
    int rank = value.type().shape().rank();
    int[] begin = new int[rank];
    int[] size = new int[rank];
    Arrays.fill(size, -1);
    size[axis] = at;
    Value first = emit.builtin("SLICE", value, emit.ints(begin), emit.ints(size));
    begin = begin.clone();
    size = size.clone();
    begin[axis] = at;
    size[axis] = -1;
    Value last = emit.builtin("SLICE", value, emit.ints(begin), emit.ints(size));
    return emit.concat(axis, last, first);
  }

  /**
   * Along axes that only the run knows: every axis is rolled by the sum of what is for it. A tensor
   * of unknown rank is seen with as many dimensions as any may have, the first of size 1.
   */
  private static Value rollAnyAxis(TfOp op, Emitter emit) {
    IntMath m = new IntMath(emit);
    Value input = op.operand(0);
    boolean ranked = op.shape(0).hasRank();
    int rank = ranked ? op.shape(0).rank() : Broadcasts.HIGHEST_RANK;
    Value own = emit.builtin("RANK", input);
    Value missing = m.subtract(emit.scalar(rank), own);
    Value axes = m.add(m.modulo(m.vector(emit.cast(op.operand(2), DType.INT32)), own), missing);
    Value shifts = emit.cast(op.operand(1), DType.INT32);
    Value sums = emit.builtin("UNSORTED_SEGMENT_SUM", m.vector(shifts), axes, emit.scalar(rank));
    Value rolled = ranked ? input : withLeadingOnes(input, missing, rank, emit);
    for (int axis = 0; axis < rank; axis++) {
      rolled = roll(rolled, axis, m.at(sums, axis), emit);
    }
    return ranked ? rolled : emit.reshapeLike(rolled, input);
  }

  private static Value withLeadingOnes(Value value, Value count, int rank, Emitter emit) {
    IntMath m = new IntMath(emit);
    Value ones = emit.builtin("FILL", m.joined(count), emit.scalar(1));
    return emit.reshape(value, m.joined(ones, emit.shapeOf(value)), Shape.ofRank(rank));
  }
}
