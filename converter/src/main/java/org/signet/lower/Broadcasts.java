package org.signet.lower;

import java.util.Optional;
import java.util.function.BinaryOperator;
import org.signet.ir.Value;
import org.signet.op.Shapes;
import org.signet.type.Shape;

/** Spreading operands to a common shape, for kernels that broadcast low ranks only, or not. */
final class Broadcasts {
  /** The highest rank that BROADCAST_TO takes. */
  static final int HIGHEST_RANK = 8;

  private Broadcasts() {}

  /**
   * The shape that both broadcast to; empty if there is none, which Equal may be told to answer
   * with one bool.
   */
  static Optional<Shape> common(Value a, Value b) {
    try {
      return Optional.of(Shapes.broadcast(a.type().shape(), b.type().shape()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static boolean isAbove(Shape shape, int rank) {
    return shape.hasRank() && shape.rank() > rank;
  }

  /** {@code value} in the shape that it and {@code other} have in common, {@code shape}. */
  static Value spread(Value value, Value other, Shape shape, Emitter emit) {
    if (shape.isStatic()) {
      return value.type().shape().equals(shape)
          ? value
          : emit.builtin("BROADCAST_TO", value, emit.ints(shape.dims()));
    }
    Value sizes = emit.builtin("BROADCAST_ARGS", emit.shapeOf(value), emit.shapeOf(other));
    return emit.builtin("BROADCAST_TO", value, sizes);
  }

  /**
   * {@code function} of two operands that broadcast, of builtins that broadcast to rank 4 only:
   * those of a higher rank are spread and flattened first.
   */
  static Lowered apply(Value a, Value b, Emitter emit, BinaryOperator<Value> function) {
    Optional<Shape> common = common(a, b);
    if (common.isEmpty()) {
      return Lowered.declined("the shapes do not broadcast");
    }
    if (!isAbove(common.get(), 4)) {
      return Lowered.to(function.apply(a, b));
    }
    if (isAbove(common.get(), HIGHEST_RANK)) {
      return Lowered.declined("the kernel broadcasts ranks to " + HIGHEST_RANK);
    }
    Value first = spread(a, b, common.get(), emit);
    Value second = spread(b, a, common.get(), emit);
    return Lowered.to(
        emit.reshapeLike(function.apply(flat(first, emit), flat(second, emit)), first));
  }

  private static Value flat(Value value, Emitter emit) {
    return emit.reshape(value, Shape.of(Shape.UNKNOWN));
  }
}
