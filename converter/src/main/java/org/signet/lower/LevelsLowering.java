package org.signet.lower;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * QuantizeAndDequantize V2 to V4: bounded, multiplied by a scale, rounded and divided again, in the
 * order in which TensorFlow does it. QUANTIZE and DEQUANTIZE place the levels elsewhere. The range
 * is given, one for all or one for each slice, or that of the numbers themselves.
 */
final class LevelsLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("QuantizeAndDequantizeV2", "QuantizeAndDequantizeV3", "QuantizeAndDequantizeV4");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    if (op.dtype(0) != DType.FLOAT32) {
      return KernelTypes.decline(op.dtype(0));
    }
    Optional<int[]> bits =
        op.operands().size() > 3
            ? emit.intsOf(op.operand(3))
            : Optional.of(new int[] {attributes.getInt("num_bits", 8)});
    if (bits.isEmpty() || bits.get()[0] < 1 || bits.get()[0] > 24) {
      return Lowered.declined("the number of bits is not constant, or above 24");
    }
    Format format = Format.of(attributes, bits.get()[0]);
    int axis = attributes.getInt("axis", -1);
    if (axis < 0) {
      Shape scalar = Shape.scalar();
      return Lowered.to(
          Elementwise.apply(op.operand(0), emit, x -> rounded(op, x, scalar, format, emit)));
    }
    if (!op.shape(0).hasRank()) {
      return Lowered.declined("the rank is not known");
    }
    List<DimSource> dims = DimSource.all(op.operand(0));
    DimSource before = DimSource.product(dims.subList(0, axis));
    DimSource after = DimSource.product(dims.subList(axis + 1, dims.size()));
    Value slices = DimSource.reshape(op.operand(0), List.of(before, dims.get(axis), after), emit);
    Value result = rounded(op, slices, Shape.of(1, Shape.UNKNOWN, 1), format, emit);
    return Lowered.to(DimSource.reshape(result, dims, emit));
  }

  /**
   * @param range the shape of what is known of each slice: a scalar, or what slices, as the second
   *     of three dimensions, broadcast with
   */
  private static Value rounded(TfOp op, Value x, Shape range, Format format, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    boolean given = op.attributes().getBoolean("range_given", false);
    Value min = given ? emit.reshape(op.operand(1), range) : extreme("REDUCE_MIN", x, range, emit);
    Value max = given ? emit.reshape(op.operand(2), range) : extreme("REDUCE_MAX", x, range, emit);
    Levels levels = Levels.of(format, min, max, m);
    Value inside = given ? m.larger(levels.min(), m.smaller(levels.max(), x)) : x;
    Value scaled = m.multiply(inside, levels.scale());
    Value level = format.halfUp() ? m.floor(m.add(scaled, 0.5)) : m.round(scaled);
    return m.multiply(level, levels.inverse());
  }

  private static Value extreme(String reduction, Value x, Shape range, Emitter emit) {
    int[] axes =
        range.rank() == 0
            ? IntStream.range(0, x.type().shape().rank()).toArray()
            : new int[] {0, 2};
    Attributes keeping = Attributes.of("keep_dims", range.rank() > 0);
    return emit.builtin(reduction, keeping, x, emit.ints(axes));
  }

  /**
   * A quantized type.
   *
   * @param least its lowest number
   * @param most its highest one
   * @param halfUp whether halves go up, rather than to the even neighbour
   */
  private record Format(float least, float most, boolean halfUp) {
    static Format of(Attributes attributes, int bits) {
      boolean signed = attributes.getBoolean("signed_input", true);
      float most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
      boolean symmetric = attributes.getBoolean("narrow_range", false);
      float least = !signed ? 0 : symmetric ? -most : -most - 1;
      String rounding = attributes.getString("round_mode", "HALF_TO_EVEN");
      return new Format(least, most, rounding.equals("HALF_UP"));
    }
  }

  /**
   * The numbers that the quantized type stands for; arithmetic in float32, as TensorFlow's.
   *
   * @param min the lowest
   * @param max the highest
   * @param scale levels in a distance of 1
   * @param inverse the distance of two levels
   */
  private record Levels(Value min, Value max, Value scale, Value inverse) {
    static Levels of(Format format, Value min, Value max, FloatMath m) {
      Value fromMax = scale(format.most(), max, m);
      Value byMax = m.divide(max, m.number(format.most()));
      if (format.least() == 0) {
        return new Levels(m.multiply(byMax, 0), max, fromMax, byMax);
      }
      Value fromMin = scale(format.least(), min, m);
      Value smaller = m.less(fromMin, fromMax);
      Value inverse = m.select(smaller, m.divide(min, m.number(format.least())), byMax);
      return new Levels(
          m.select(smaller, min, m.multiply(inverse, format.least())),
          m.select(smaller, m.multiply(inverse, format.most()), max),
          m.select(smaller, fromMin, fromMax),
          inverse);
    }

    /** So that the end of the range falls on the last level, if both have the same sign. */
    private static Value scale(float level, Value end, FloatMath m) {
      Value sameSign = m.greater(m.multiply(end, level), 0);
      return m.select(sameSign, m.divide(level, end), m.number(Float.MAX_VALUE));
    }
  }
}
