package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.OpTypes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * TensorStridedSliceUpdate of elements side by side, whose number is known: DYNAMIC_UPDATE_SLICE,
 * as a cache of keys and values is written. Where a slice begins may be known when the model runs
 * only if it is an index, {@code x[:, i] = value}. Operands: tensor, begin, end, strides, value.
 */
final class BlockUpdateLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("TensorStridedSliceUpdate");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!ElementUpdateLowering.TYPES.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    Shape shape = op.shape(0);
    Optional<Tensor> begin = emit.partialOf(op.operand(1));
    Optional<Tensor> end = emit.partialOf(op.operand(2));
    Optional<int[]> strides = emit.intsOf(op.operand(3));
    if (!shape.isStatic() || begin.isEmpty() || end.isEmpty() || strides.isEmpty()) {
      return Lowered.declined("the shape, or what is known of the bounds, is too little");
    }
    if (op.attributes().getInt("ellipsis_mask") != 0
        || op.attributes().getInt("new_axis_mask") != 0) {
      return Lowered.declined("an ellipsis or a new axis in what is assigned to");
    }
    int shrink = op.attributes().getInt("shrink_axis_mask");
    int[] sizes = shape.dims();
    List<Value> starts = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      boolean named = i < begin.get().size();
      boolean index = named && (shrink & 1 << i) != 0;
      if (index && begin.get().getLong(i) == OpTypes.UNKNOWN_ELEMENT) {
        starts.add(index(op.operand(1), i, sizes[i], emit));
        sizes[i] = 1;
        continue;
      }
      Optional<DenseSlice.Extent> extent =
          named
              ? extent(op, i, begin.get(), end.get(), strides.get()[i], sizes[i])
              : Optional.of(new DenseSlice.Extent(0, sizes[i], 1, 0));
      if (extent.isEmpty() || extent.get().count() == 0) {
        return Lowered.declined("the size of the slice is not known, or it is empty");
      }
      if (extent.get().step() != 1 && extent.get().count() > 1) {
        return Lowered.declined("steps of more than one");
      }
      starts.add(emit.ints(extent.get().first()));
      sizes[i] = extent.get().count();
    }
    if (starts.isEmpty()) {
      return Lowered.to(op.operand(4));
    }
    if (op.shape(4).isStatic() && op.shape(4).elements() != Shape.of(sizes).elements()) {
      return Lowered.declined("one value for several elements");
    }
    Value start =
        starts.size() == 1 ? starts.getFirst() : emit.concat(0, starts.toArray(Value[]::new));
    Value update = emit.reshape(op.operand(4), Shape.of(sizes));
    return Lowered.to(emit.builtin("DYNAMIC_UPDATE_SLICE", op.operand(0), update, start));
  }

  private static Optional<DenseSlice.Extent> extent(
      TfOp op, int i, Tensor begin, Tensor end, int stride, int size) {
    boolean open = (op.attributes().getInt("begin_mask") & 1 << i) != 0;
    boolean openEnd = (op.attributes().getInt("end_mask") & 1 << i) != 0;
    boolean shrinks = (op.attributes().getInt("shrink_axis_mask") & 1 << i) != 0;
    boolean known =
        (open || begin.getLong(i) != OpTypes.UNKNOWN_ELEMENT)
            && (openEnd || shrinks || end.getLong(i) != OpTypes.UNKNOWN_ELEMENT);
    return known
        ? DenseSlice.Extent.of(
            (int) begin.getLong(i),
            (int) end.getLong(i),
            stride,
            open && !shrinks,
            openEnd,
            shrinks,
            size)
        : Optional.empty();
  }

  /** Element {@code i} of the indices, a vector of one; a negative one counts from the end. */
  private static Value index(Value begin, int i, int size, Emitter emit) {
    Value at = emit.builtin("SLICE", emit.cast(begin, DType.INT32), emit.ints(i), emit.ints(1));
    Value fromEnd = emit.builtin("ADD", at, emit.ints(size));
    Value inside =
        RefusedIndices.within(2 * size, fromEnd, emit); // what has a place, from either end
    return emit.builtin("FLOOR_MOD", inside, emit.ints(size));
  }
}
