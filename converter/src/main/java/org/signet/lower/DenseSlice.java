package org.signet.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * A strided slice that names every dimension of its input: no ellipsis, no new axes.
 *
 * @param begin for each dimension
 * @param end for each dimension
 * @param strides for each dimension
 * @param beginMask a bit for each dimension that starts at its first element
 * @param endMask a bit for each dimension that goes to its last element
 * @param shrinkMask a bit for each dimension that goes away
 * @param newAxes where dimensions of size 1 come into the result, in ascending order
 */
@SuppressWarnings("ArrayRecordComponent")
record DenseSlice(
    int[] begin,
    int[] end,
    int[] strides,
    int beginMask,
    int endMask,
    int shrinkMask,
    List<Integer> newAxes) {
  /** What {@link #bound} puts before the bounds: 0 and 1, which whole dimensions have. */
  private static final int DEFAULTS = 2;

  /**
   * The dense form of a StridedSlice of an input of this rank; empty if its bounds are not
   * constant.
   */
  static Optional<DenseSlice> of(TfOp op, int rank, Emitter emit) {
    Optional<int[]> begin = emit.intsOf(op.operand(1));
    Optional<int[]> end = emit.intsOf(op.operand(2));
    Optional<int[]> strides = emit.intsOf(op.operand(3));
    return begin.isEmpty() || end.isEmpty() || strides.isEmpty()
        ? Optional.empty()
        : Optional.of(of(op.attributes(), rank, begin.get(), end.get(), strides.get()));
  }

  private static DenseSlice of(Attributes masks, int rank, int[] begin, int[] end, int[] strides) {
    int ellipsis = masks.getInt("ellipsis_mask");
    int newAxes = masks.getInt("new_axis_mask") & ~ellipsis;
    int shrink = masks.getInt("shrink_axis_mask") & ~newAxes & ~ellipsis;
    int named = begin.length - Integer.bitCount(newAxes) - Integer.bitCount(ellipsis);
    Builder builder = new Builder(rank);
    for (int i = 0; i < begin.length; i++) {
      int bit = 1 << i;
      if ((ellipsis & bit) != 0) {
        builder.whole(rank - named);
      } else if ((newAxes & bit) != 0) {
        builder.newAxis();
      } else {
        boolean open = (masks.getInt("begin_mask") & bit) != 0;
        boolean openEnd = (masks.getInt("end_mask") & bit) != 0;
        builder.slice(begin[i], end[i], strides[i], open, openEnd, (shrink & bit) != 0);
      }
    }
    return builder.build();
  }

  /**
   * As {@link #of} and {@link #emit}, with bounds that need not be constant: where each dimension
   * has its own is.
   */
  static Value computed(TfOp op, int rank, Emitter emit) {
    DenseSlice at = places(op, rank);
    return at.emit(
        op.operand(0),
        bound(op.operand(1), at.begin, emit),
        bound(op.operand(2), at.end, emit),
        bound(op.operand(3), at.strides, emit),
        emit);
  }

  /** As {@link #of}, with places for {@link #bound} in place of the bounds. */
  static DenseSlice places(TfOp op, int rank) {
    int[] places = new int[op.shape(1).dim(0)];
    for (int i = 0; i < places.length; i++) {
      places[i] = DEFAULTS + i;
    }
    return of(op.attributes(), rank, places, places, places);
  }

  /** The bound of each dimension. */
  static Value bound(Value named, int[] places, Emitter emit) {
    Value all = emit.concat(0, emit.ints(0, 1), emit.cast(named, DType.INT32));
    Attributes options = Attributes.of("axis", 0, "batch_dims", 0);
    return emit.builtin("GATHER", options, all, emit.ints(places));
  }

  /**
   * What a slice takes of a dimension, steps forward.
   *
   * @param first its first element
   * @param count of elements; {@link Shape#UNKNOWN} if it is all of a size that is not known
   * @param step from one to the next
   * @param after how many elements follow its last
   */
  record Extent(int first, int count, int step, int after) {
    /** Of a dimension of this size; empty if that can't be told. */
    static Optional<Extent> of(
        int begin, int end, int step, boolean open, boolean openEnd, boolean shrinks, int size) {
      if (size == Shape.UNKNOWN) {
        return open && openEnd && step == 1
            ? Optional.of(new Extent(0, Shape.UNKNOWN, 1, 0))
            : Optional.empty();
      }
      if (step < 1) {
        return Optional.empty();
      }
      int first = open ? 0 : Math.clamp(begin < 0 ? begin + (long) size : begin, 0, size);
      int last = openEnd ? size : Math.clamp(end < 0 ? end + (long) size : end, 0, size);
      int count = shrinks ? 1 : Math.max(0, Math.ceilDiv(last - first, step));
      int after = size - first - (count - 1) * step - 1;
      return shrinks && first == size
          ? Optional.empty()
          : Optional.of(new Extent(first, count, shrinks ? 1 : step, after));
    }
  }

  /** What it takes of dimension {@code i} if that has this size; empty if that can't be told. */
  Optional<Extent> extent(int i, int size) {
    boolean shrinks = (shrinkMask & 1 << i) != 0;
    return Extent.of(
        begin[i],
        end[i],
        strides[i],
        !shrinks && (beginMask & 1 << i) != 0,
        (endMask & 1 << i) != 0,
        shrinks,
        size);
  }

  /** Whether the slice, new axes aside, is all of the input. */
  boolean isWhole() {
    int all = (1 << begin.length) - 1;
    for (int stride : strides) {
      if (stride != 1) {
        return false;
      }
    }
    return beginMask == all && endMask == all && shrinkMask == 0;
  }

  /** The slice with its new axes. */
  Value emit(Value input, Emitter emit) {
    return emit(input, emit.ints(begin), emit.ints(end), emit.ints(strides), emit);
  }

  private Value emit(Value input, Value from, Value to, Value by, Emitter emit) {
    Attributes options =
        Attributes.of("begin_mask", beginMask, "end_mask", endMask)
            .with("shrink_axis_mask", shrinkMask);
    Value sliced = isWhole() ? input : emit.builtin("STRIDED_SLICE", options, input, from, to, by);
    for (int axis : newAxes) {
      sliced = emit.builtin("EXPAND_DIMS", sliced, emit.scalar(axis));
    }
    return sliced;
  }

  /** The slice with its new axes, one axis after the other. */
  Value emitByAxis(Value input, Emitter emit) {
    AxisByAxis steps = new AxisByAxis(input, emit);
    for (int i = 0; i < begin.length; i++) {
      DenseSlice along = middle(i);
      if (!along.isWhole()) {
        steps.along(i, three -> along.emit(three, emit));
      }
    }
    List<DimSource> dims = steps.dims();
    for (int i = begin.length - 1; i >= 0; i--) {
      if ((shrinkMask & 1 << i) != 0) {
        dims.remove(i);
      }
    }
    newAxes.forEach(axis -> dims.add(axis, new DimSource(1, List.of())));
    return steps.shaped(dims);
  }

  /** What it does to dimension {@code i}, as the middle one of three; one that shrinks stays. */
  private DenseSlice middle(int i) {
    boolean shrinks = (shrinkMask & 1 << i) != 0;
    boolean openEnd = shrinks ? begin[i] == -1 : (endMask & 1 << i) != 0;
    boolean open = !shrinks && (beginMask & 1 << i) != 0;
    return new DenseSlice(
        new int[] {0, begin[i], 0},
        new int[] {0, shrinks ? begin[i] + 1 : end[i], 0},
        new int[] {1, shrinks ? 1 : strides[i], 1},
        open ? 0b111 : 0b101,
        openEnd ? 0b111 : 0b101,
        0,
        List.of());
  }

  /** Fills in one dimension after the other. */
  private static final class Builder {
    private final int[] begin;
    private final int[] end;
    private final int[] strides;
    private final List<Integer> newAxes = new ArrayList<>();
    private int beginMask;
    private int endMask;
    private int shrinkMask;
    private int at;
    private int resultAxis;

    Builder(int rank) {
      begin = new int[rank];
      end = new int[rank];
      strides = new int[rank];
    }

    void newAxis() {
      newAxes.add(resultAxis++);
    }

    void whole(int count) {
      for (int i = 0; i < count; i++) {
        slice(0, 0, 1, true, true, false);
      }
    }

    void slice(int from, int to, int stride, boolean open, boolean openEnd, boolean shrinks) {
      if (at >= begin.length) {
        throw new IllegalArgumentException(
            "the slice names more dimensions than the input's " + begin.length);
      }
      begin[at] = from;
      end[at] = to;
      strides[at] = stride;
      beginMask |= open ? 1 << at : 0;
      endMask |= openEnd ? 1 << at : 0;
      shrinkMask |= shrinks ? 1 << at : 0;
      resultAxis += shrinks ? 0 : 1;
      at++;
    }

    DenseSlice build() {
      whole(begin.length - at);
      return new DenseSlice(
          begin, end, strides, beginMask, endMask, shrinkMask, List.copyOf(newAxes));
    }
  }
}
