package org.signet.lower;

import java.util.Optional;
import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.OpKey;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * Bincount and DenseBincount as sums over segments. Numbers from the size on count nowhere; the
 * kernel leaves out negative ones, so they become such. Negative ones are refused.
 */
final class CountLowering implements Lowering {
  private static final Set<DType> SUMMED = Set.of(DType.FLOAT32, DType.INT32, DType.INT64);

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
    boolean binary = op.attributes().getBoolean("binary_output", false);
    if (weighted && !binary && !SUMMED.contains(counted)) {
      return KernelTypes.decline(counted);
    }
    Optional<int[]> known = clamped(op.operand(1), emit);
    Value size =
        known.isPresent() ? emit.scalar(known.get()[0]) : emit.cast(op.operand(1), DType.INT32);
    Value inside = emit.builtin("LESS", op.operand(0), emit.cast(size, op.dtype(0)));
    Value numbers = emit.cast(op.operand(0), DType.INT32);
    Value segments = size;
    boolean rows = op.name().equals("DenseBincount") && !(shape.hasRank() && shape.rank() == 1);
    IntMath m = new IntMath(emit);
    Value outer = emit.ints();
    if (rows) { // of a vector there is one, and no dimension for it
      Value sizes = emit.shapeOf(numbers);
      outer = m.first(sizes, m.add(emit.builtin("RANK", numbers), -1));
      Value count = m.product(outer);
      Value firsts = m.multiply(m.column(count), size);
      numbers = m.add(emit.builtin("RESHAPE", numbers, m.joined(count, m.at(sizes, -1))), firsts);
      inside = emit.reshapeLike(inside, numbers);
      segments = m.multiply(count, size);
    }
    Value nowhere =
        RefusedIndices.unlessNegative(-1, signs(op.operand(0), emit), "non_negative", emit);
    numbers = m.vector(emit.builtin("SELECT_V2", inside, numbers, nowhere));
    Value summands =
        weighted && !binary
            ? m.vector(op.operand(2))
            : emit.builtin("FILL", emit.shapeOf(numbers), emit.scalar(1));
    Value counts =
        SegmentLowering.sum(summands, numbers, emit.reshape(segments, Shape.scalar()), emit);
    if (binary) {
      counts = emit.builtin("MINIMUM", counts, emit.scalar(1));
    }
    if (rows) {
      counts = emit.reshape(counts, m.joined(outer, size), op.result().shape());
    }
    return Lowered.to(emit.cast(counts, counted));
  }

  /**
   * Negative int32 numbers where {@code numbers} are. Of int64 ones the low half would not tell.
   */
  private static Value signs(Value numbers, Emitter emit) {
    if (numbers.type().dtype() != DType.INT64) {
      return numbers;
    }
    Value least = emit.builtin("MAXIMUM", numbers, emit.wide(-1));
    return emit.cast(emit.builtin("MINIMUM", least, emit.wide(0)), DType.INT32);
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
