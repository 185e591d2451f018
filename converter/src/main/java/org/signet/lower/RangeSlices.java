package org.signet.lower;

import java.util.List;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.type.Shape;

/**
 * Operand 0 of an op in a shape that broadcasts with the ends of its ranges, operands 1 and 2: one
 * range for all, or one for each slice along the attribute {@code axis}, as the second of three
 * dimensions.
 *
 * @param like the operand as it was
 */
record RangeSlices(Value x, Value min, Value max, Value like) {
  /** What the kernels broadcast. */
  private static final int HIGHEST_RANK = 4;

  /** Empty if the rank, or the number of slices, is not known but needed. */
  static Optional<RangeSlices> of(TfOp op, Emitter emit) {
    int axis = op.attributes().getInt("axis", -1);
    Shape shape = op.shape(0);
    if (axis < 0 || (shape.hasRank() && shape.dim(axis) == 1)) {
      return Optional.of(whole(op, emit));
    }
    if (!shape.hasRank() || shape.dim(axis) == Shape.UNKNOWN) {
      return Optional.empty();
    }
    List<DimSource> dims = DimSource.all(op.operand(0));
    DimSource before = DimSource.product(dims.subList(0, axis));
    DimSource after = DimSource.product(dims.subList(axis + 1, dims.size()));
    Value x = DimSource.reshape(op.operand(0), List.of(before, dims.get(axis), after), emit);
    Shape ranges = Shape.of(1, shape.dim(axis), 1);
    return Optional.of(
        new RangeSlices(
            x,
            emit.reshape(op.operand(1), ranges),
            emit.reshape(op.operand(2), ranges),
            op.operand(0)));
  }

  private static RangeSlices whole(TfOp op, Emitter emit) {
    Value x = op.operand(0);
    boolean low = op.shape(0).hasRank() && op.shape(0).rank() <= HIGHEST_RANK;
    return new RangeSlices(
        low ? x : emit.reshape(x, Shape.of(Shape.UNKNOWN)),
        emit.reshape(op.operand(1), Shape.scalar()),
        emit.reshape(op.operand(2), Shape.scalar()),
        x);
  }

  boolean isWhole() {
    return min.type().shape().equals(Shape.scalar());
  }

  /** A result in the operand's own shape. */
  Value restore(Value result, Emitter emit) {
    return x == like ? result : emit.reshapeLike(result, like);
  }
}
