package org.signet.lower;

import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.Shape;

/**
 * Makes a run fail at indices that TensorFlow refuses and the builtins at hand would not: GATHER,
 * whose kernels refuse an index outside of what they take from, gives what the builtins work on.
 */
final class RefusedIndices {
  /** Longer tables would be felt in the file. */
  private static final int LONGEST_TABLE = 512;

  private RefusedIndices() {}

  /** {@code numbers}, int32, of which none may be negative or reach {@code size}. */
  static Value within(int size, Value numbers, Emitter emit) {
    return size <= LONGEST_TABLE
        ? gather(emit.ints(IntStream.range(0, size).toArray()), numbers, emit)
        : within(DimSource.known(size), numbers, emit);
  }

  /** The same for a size that may be known when the model runs. */
  static Value within(DimSource size, Value numbers, Emitter emit) {
    return emit.builtin("ADD", numbers, zeroWithin(size, numbers, emit));
  }

  /** 0 for numbers from 0 to below a size; others are refused. */
  static Value zeroWithin(DimSource size, Value numbers, Emitter emit) {
    Value times = emit.builtin("FLOOR_DIV", numbers, size.scalar(emit));
    return gather(emit.ints(0), times, emit);
  }

  /** Whether {@link #place} has a table for such a tensor. */
  static boolean hasTable(Shape shape) {
    return shape.isKnown(0) && shape.dim(0) * (long) shape.rank() <= LONGEST_TABLE;
  }

  /**
   * Where row {@code index}, a scalar, of a tensor begins: a vector, from a table of them all.
   *
   * @param shape {@link #hasTable has a table}
   */
  static Value place(Shape shape, Value index, Emitter emit) {
    int rank = shape.rank();
    Tensor places = Tensor.zeros(index.type().dtype(), shape.dim(0), rank);
    for (int i = 0; i < shape.dim(0); i++) {
      places.setLong(i * rank, i);
    }
    return gather(emit.constant(places), index, emit);
  }

  /**
   * {@code value}, an int32 scalar, unless one of {@code numbers}, int32, is negative.
   *
   * @param what is checked, as a part of the node's name: all that a runtime tells of a failure
   */
  static Value unlessNegative(int value, Value numbers, String what, Emitter parent) {
    Emitter emit = parent.named(what);
    boolean single = numbers.type().shape().equals(Shape.scalar());
    Value least =
        single
            ? numbers
            : emit.builtin(
                "REDUCE_MIN",
                Attributes.of("keep_dims", false),
                emit.reshape(numbers, Shape.of(Shape.UNKNOWN)),
                emit.ints(0));
    return gather(emit.ints(value), emit.builtin("MINIMUM", least, emit.scalar(0)), emit);
  }

  private static Value gather(Value table, Value numbers, Emitter emit) {
    return emit.builtin("GATHER", Attributes.of("axis", 0, "batch_dims", 0), table, numbers);
  }
}
