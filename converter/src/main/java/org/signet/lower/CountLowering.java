package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Bincount and DenseBincount as sums over segments. Numbers from the size on count nowhere; the
 * kernel leaves out negative ones, so they become such.
 */
final class CountLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Bincount", "DenseBincount");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    DType counted = op.result().dtype();
    Shape shape = op.shape(0);
    boolean weighted = !op.shape(2).equals(Shape.of(0));
    if (weighted && !op.shape(2).isStatic() && !op.shape(2).equals(shape)) {
      return Lowered.declined("whether there are weights is not known");
    }
    if (weighted && counted != DType.FLOAT32 && counted != DType.INT32) {
      return KernelTypes.decline(counted);
    }
    Optional<int[]> known = clamped(op.operand(1), emit);
    boolean rows = op.name().equals("DenseBincount") && !(shape.hasRank() && shape.rank() == 1);
    if (rows && (!shape.hasRank() || shape.rank() != 2)) {
      return Lowered.declined("the rank is not known to be 1 or 2");
    }
    Value size =
        known.isPresent() ? emit.scalar(known.get()[0]) : emit.cast(op.operand(1), DType.INT32);
    Value inside = emit.builtin("LESS", op.operand(0), emit.cast(size, op.dtype(0)));
    Value numbers = emit.cast(op.operand(0), DType.INT32);
    Value segments = size;
    if (rows) {
      DimSource count = DimSource.of(op.operand(0), 0);
      Value places = emit.builtin("RANGE", emit.scalar(0), count.scalar(emit), emit.scalar(1));
      Value first = emit.builtin("MUL", places, size);
      numbers = emit.builtin("ADD", numbers, emit.reshape(first, Shape.of(Shape.UNKNOWN, 1)));
      segments = emit.builtin("MUL", count.scalar(emit), size);
    }
    numbers = emit.builtin("SELECT_V2", inside, numbers, emit.scalar(-1));
    numbers = emit.reshape(numbers, Shape.of(Shape.UNKNOWN));
    Value summands =
        weighted && !op.attributes().getBoolean("binary_output", false)
            ? emit.reshape(op.operand(2), Shape.of(Shape.UNKNOWN))
            : emit.builtin("FILL", emit.shapeOf(numbers), emit.scalar(1));
    Value counts =
        emit.builtin(
            "UNSORTED_SEGMENT_SUM", summands, numbers, emit.reshape(segments, Shape.scalar()));
    if (op.attributes().getBoolean("binary_output", false)) {
      counts = emit.builtin("MINIMUM", counts, emit.scalar(1));
    }
    if (rows) {
      counts =
          known.isPresent()
              ? emit.reshape(counts, Shape.of(Shape.UNKNOWN, known.get()[0]))
              : emit.builtin(
                  "RESHAPE",
                  counts,
                  emit.concat(0, emit.ints(-1), emit.reshape(size, Shape.of(1))));
    }
    return Lowered.to(emit.cast(counts, counted));
  }

  /**
   * A constant size; also one between bounds that leave one number, as {@code tf.math.bincount}
   * makes it of the same least and greatest length.
   */
  private static Optional<int[]> clamped(Value size, Emitter emit) {
    return bound(size, "MINIMUM", emit)
        .flatMap(most ->
            size instanceof Value.Result result
                ? result.producer().operands().stream()
                    .flatMap(operand -> bound(operand, "MAXIMUM", emit).stream())
                    .filter(least -> least[0] >= most[0])
                    .map(least -> most)
                    .findFirst()
                : Optional.empty())
        .or(() -> emit.intsOf(size));
  }

  /** The constant that {@code value} is the smaller or the larger one of. */
  private static Optional<int[]> bound(Value value, String builtin, Emitter emit) {
    return value instanceof Value.Result result
            && result.producer().op().equals(OpKey.builtin(builtin))
        ? result.producer().operands().stream()
            .flatMap(operand -> emit.intsOf(operand).stream())
            .findFirst()
        : Optional.empty();
  }
}
