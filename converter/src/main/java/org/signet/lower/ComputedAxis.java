package org.signet.lower;

import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * An axis that is known at run time only. What a builtin can do along the first axis alone is done
 * there: the two axes change places before, and again behind it.
 *
 * @param axis int32 scalar, not negative
 * @param order what TRANSPOSE exchanges the axis and the first one by
 */
record ComputedAxis(Value axis, Value order, Emitter emit) {
  /** The highest rank that TRANSPOSE takes. */
  static final int HIGHEST_RANK = 6;

  /**
   * @param axis an integer of one element, which may count from the end
   * @param rank of the tensors, from 1
   */
  static ComputedAxis of(Value axis, int rank, Emitter emit) {
    Value scalar = emit.reshape(emit.cast(axis, DType.INT32), Shape.scalar());
    Value at = emit.builtin("FLOOR_MOD", scalar, emit.scalar(rank));
    int[] numbers = new int[rank];
    int[] isFirst = new int[rank];
    isFirst[0] = 1;
    for (int i = 0; i < rank; i++) {
      numbers[i] = i;
    }
    Value all = emit.ints(numbers);
    // The first axis goes where the other was; if both are the same, it stays.
    Value first = emit.builtin("MUL", emit.ints(isFirst), at);
    Value isAxis = emit.builtin("EQUAL", all, at);
    Value rest = emit.builtin("MAXIMUM", all, first);
    return new ComputedAxis(at, emit.select(isAxis, emit.scalar(0), rest), emit);
  }

  /** {@code value} with the axis and the first one exchanged. */
  Value exchanged(Value value) {
    return emit.builtin("TRANSPOSE", value, order);
  }

  /** What {@code params} has at {@code indices} along the axis. */
  Value gather(Value params, Value indices) {
    Value flat = emit.reshape(indices, Shape.of(Shape.UNKNOWN));
    Value taken =
        exchanged(
            emit.builtin(
                "GATHER", Attributes.of("axis", 0, "batch_dims", 0), exchanged(params), flat));
    if (indices.type().shape().rank() == 1) {
      return taken;
    }
    Value sizes = emit.shapeOf(params);
    Value vector = emit.reshape(axis, Shape.of(1));
    Value before = emit.builtin("SLICE", sizes, emit.ints(0), vector);
    Value next = emit.builtin("ADD", vector, emit.ints(1));
    Value behind = emit.builtin("SLICE", sizes, next, emit.ints(-1));
    Value shape = emit.concat(0, before, emit.shapeOf(indices), behind);
    return emit.builtin("RESHAPE", taken, shape);
  }
}
