package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Slice and StridedSlice. New axes and the ellipsis are spelled out: the slice names every
 * dimension of the input, and new axes are added to its result. Where the input's rank is not known
 * the kernel does so.
 */
final class SliceLowering implements Lowering {
  /** The highest rank that the kernels take. */
  static final int HIGHEST_RANK = 5;

  @Override
  public Set<String> ops() {
    return Set.of("Slice", "StridedSlice");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Shape shape = op.shape(0);
    if (!KernelTypes.MOVED_OR_STRING.contains(op.dtype(0))) {
      return KernelTypes.decline(op.dtype(0));
    }
    if (!shape.hasRank()) {
      return ofUnknownRank(op, emit);
    }
    if (op.name().equals("Slice")) {
      return Lowered.to(part(op.operand(0), index(op, 1, emit), index(op, 2, emit), emit));
    }
    return stridedSlice(op, shape.rank(), emit);
  }

  private static Lowered ofUnknownRank(TfOp op, Emitter emit) {
    if (op.name().equals("Slice")) {
      return Lowered.declined("the rank is not known");
    }
    return Lowered.to(
        strided(
            op,
            emit,
            "begin_mask",
            "end_mask",
            "shrink_axis_mask",
            "ellipsis_mask",
            "new_axis_mask"));
  }

  private static Value strided(TfOp op, Emitter emit, String... masks) {
    Attributes options = Attributes.NONE;
    for (String mask : masks) {
      options = options.with(mask, op.attributes().getInt(mask));
    }
    return emit.builtin(
        "STRIDED_SLICE",
        options,
        op.operand(0),
        index(op, 1, emit),
        index(op, 2, emit),
        index(op, 3, emit));
  }

  /**
   * What a tensor of known rank holds from {@code begin} on, vectors of int32; a size of -1 is all
   * that is left.
   */
  static Value part(Value input, Value begin, Value size, Emitter emit) {
    Shape shape = input.type().shape();
    return shape.rank() > HIGHEST_RANK
        ? partByAxis(input, begin, size, emit)
        : emit.builtin("SLICE", input, begin, size);
  }

  private static Value partByAxis(Value input, Value begin, Value size, Emitter emit) {
    Shape shape = input.type().shape();
    Optional<int[]> from = emit.intsOf(begin);
    Optional<int[]> count = emit.intsOf(size);
    AxisByAxis steps = new AxisByAxis(input, emit);
    for (int axis = 0; axis < shape.rank(); axis++) {
      int i = axis;
      boolean whole =
          from.isPresent()
              && count.isPresent()
              && from.get()[i] == 0
              && (count.get()[i] == -1 || count.get()[i] == shape.dim(i));
      if (!whole) {
        steps.along(
            axis,
            three ->
                emit.builtin(
                    "SLICE",
                    three,
                    AxisByAxis.between(0, begin, i, 0, emit),
                    AxisByAxis.between(-1, size, i, -1, emit)));
      }
    }
    return steps.result();
  }

  private static Value index(TfOp op, int operand, Emitter emit) {
    return clamped(op.operand(operand), emit);
  }

  /**
   * As int32; a constant beyond its range, as in {@code x[:sys.maxsize]}, becomes the largest there
   * is.
   */
  private static Value clamped(Value value, Emitter emit) {
    Optional<int[]> known =
        emit.valueOf(value)
            .map(tensor -> {
              int[] ints = new int[tensor.size()];
              for (int i = 0; i < ints.length; i++) {
                ints[i] = Math.clamp(tensor.getLong(i), Integer.MIN_VALUE, Integer.MAX_VALUE);
              }
              return ints;
            });
    return known.map(emit::ints).orElseGet(() -> emit.cast(value, DType.INT32));
  }

  private static Lowered stridedSlice(TfOp op, int rank, Emitter emit) {
    Attributes masks = op.attributes();
    int ellipsis = masks.getInt("ellipsis_mask");
    int newAxes = masks.getInt("new_axis_mask");
    if (ellipsis == 0 && newAxes == 0 && rank <= HIGHEST_RANK) {
      return Lowered.to(strided(op, emit, "begin_mask", "end_mask", "shrink_axis_mask"));
    }
    Optional<DenseSlice> dense = DenseSlice.of(op, rank, emit);
    if (dense.isEmpty()) {
      return rank <= HIGHEST_RANK && op.shape(1).isStatic()
          ? Lowered.to(DenseSlice.computed(op, rank, emit))
          : Lowered.declined(
              "a rank above "
                  + HIGHEST_RANK
                  + ", or bounds of an unknown number, and they are not constant");
    }
    if (rank > HIGHEST_RANK) {
      return Lowered.to(dense.get().emitByAxis(op.operand(0), emit));
    }
    return Lowered.to(dense.get().emit(op.operand(0), emit));
  }
}
