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
    if (!op.shape(1).hasRank() || !op.shape(2).hasRank() || !op.shape(2).isStatic()) {
      return Lowered.declined("how many axes there are is not known");
    }
    Optional<int[]> axes = emit.intsOf(op.operand(2));
    if (axes.isEmpty() || !shape.hasRank()) {
      return rollAnyAxis(op, emit);
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
    return op.shape(1).rank() == 0
        ? shift
        : emit.builtin(
            "STRIDED_SLICE",
            Attributes.of("shrink_axis_mask", 1),
            shift,
            emit.ints(i),
            emit.ints(i + 1),
            emit.ints(1));
  }

  private static Value roll(Value value, int axis, Value shift, Emitter emit) {
    Shape shape = value.type().shape();
    Optional<int[]> known = emit.intsOf(shift);
    if (known.isPresent() && shape.isKnown(axis) && shape.rank() <= SliceLowering.HIGHEST_RANK) {
      int size = shape.dim(axis);
      int by = size == 0 ? 0 : Math.floorMod(known.get()[0], size);
      return by == 0 ? value : swap(value, axis, size - by, emit);
    }
    Value size =
        shape.isKnown(axis)
            ? emit.scalar(shape.dim(axis))
            : emit.builtin(
                "STRIDED_SLICE",
                Attributes.of("shrink_axis_mask", 1),
                emit.shapeOf(value),
                emit.ints(axis),
                emit.ints(axis + 1),
                emit.ints(1));
    Value places = emit.builtin("RANGE", emit.scalar(0), size, emit.scalar(1));
    Value sources = emit.builtin("FLOOR_MOD", emit.builtin("SUB", places, shift), size);
    return emit.builtin("GATHER", Attributes.of("axis", axis, "batch_dims", 0), value, sources);
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
   * Along an axis that only the run knows: the tensor is seen as [before, size, after], whose sizes
   * are computed.
   */
  private static Lowered rollAnyAxis(TfOp op, Emitter emit) {
    int count = op.shape(2).rank() == 0 ? 1 : op.shape(2).dim(0);
    Value axes = emit.cast(op.operand(2), DType.INT32);
    Value rolled = op.operand(0);
    Value shape = emit.shapeOf(op.operand(0));
    Value rank = emit.reshape(emit.builtin("RANK", op.operand(0)), Shape.of(1));
    for (int i = 0; i < count; i++) {
      Value axis = emit.reshape(axes, Shape.of(count));
      axis = emit.builtin("SLICE", axis, emit.ints(i), emit.ints(1));
      axis = emit.builtin("FLOOR_MOD", axis, rank);
      Value next = emit.builtin("ADD", axis, emit.scalar(1));
      Value before = product(emit.builtin("SLICE", shape, emit.ints(0), axis), emit);
      Value size = emit.builtin("SLICE", shape, axis, emit.ints(1));
      Value after = product(emit.builtin("SLICE", shape, next, emit.ints(-1)), emit);
      Value flat = emit.builtin("RESHAPE", rolled, emit.concat(0, before, size, after));
      rolled = emit.builtin("RESHAPE", roll(flat, 1, shiftAt(op, i, emit), emit), shape);
    }
    return Lowered.to(rolled);
  }

  private static Value product(Value sizes, Emitter emit) {
    return emit.builtin("REDUCE_PROD", Attributes.of("keep_dims", true), sizes, emit.ints(0));
  }
}
