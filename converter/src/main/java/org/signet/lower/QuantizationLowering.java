package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;
import org.signet.type.Shape;

/**
 * QuantizeV2, operation by operation as TensorFlow does it in float32. QUANTIZE has another scale
 * and another rounding.
 */
final class QuantizationLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("QuantizeV2");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    Integers type = Integers.of(attributes.getType("T"));
    float apart = attributes.getFloat("ensure_minimum_range", 0.01f);
    if (type.bits() > 16 || !(apart > 0)) {
      return Lowered.declined("float32 holds not all of its integers");
    }
    return RangeSlices.of(op, emit)
        .map(slices -> quantize(op, type, slices, emit))
        .orElseGet(() -> Lowered.declined("the number of slices is not known"));
  }

  private static Lowered quantize(TfOp op, Integers type, RangeSlices slices, Emitter emit) {
    FloatMath m = new FloatMath(emit);
    Attributes attributes = op.attributes();
    Value least = m.larger(m.number(1), m.larger(m.abs(slices.min()), m.abs(slices.max())));
    Value apart = m.multiply(least, attributes.getFloat("ensure_minimum_range", 0.01f));
    Value min = m.smaller(m.number(0), slices.min());
    Value max = m.larger(m.number(0), m.larger(slices.max(), m.add(min, apart)));
    Steps steps =
        switch (attributes.getString("mode", "MIN_COMBINED")) {
          case "MIN_COMBINED" -> combined(slices.x(), type, min, max, m);
          case "MIN_FIRST" -> first(slices.x(), type, min, max, m);
          default -> scaled(slices.x(), type, min, max, attributes, m);
        };
    Value integers = emit.cast(emit.cast(steps.integers(), DType.INT32), type.carrier());
    Shape range = slices.isWhole() ? Shape.scalar() : op.shape(1);
    return Lowered.to(
        slices.restore(integers, emit),
        emit.reshape(steps.min(), range),
        emit.reshape(steps.max(), range));
  }

  /** Whole float32 numbers, or such whose part before the point counts, and the range's ends. */
  private record Steps(Value integers, Value min, Value max) {}

  private static Value bounded(Value x, Value min, Value max, FloatMath m) {
    return m.larger(m.smaller(x, max), min);
  }

  private static Steps combined(Value x, Integers type, Value min, Value max, FloatMath m) {
    Value scale = m.divide(type.highest() - type.lowest(), m.subtract(max, min));
    Value steps = m.multiply(m.subtract(bounded(x, min, max, m), min), scale);
    Value integers =
        type.lowest() == 0 ? m.add(steps, 0.5) : m.roundAway(m.add(steps, type.lowest()));
    return new Steps(integers, min, max);
  }

  private static Steps first(Value x, Integers type, Value min, Value max, FloatMath m) {
    Value scale = m.divide(type.highest() - type.lowest(), m.subtract(max, min));
    Value start = m.subtract(m.roundAway(m.multiply(min, scale)), m.number(type.lowest()));
    Value integers = m.subtract(m.roundAway(m.multiply(x, scale)), start);
    return new Steps(m.atMost(m.atLeast(integers, type.lowest()), type.highest()), min, max);
  }

  private static Steps scaled(
      Value x, Integers type, Value min, Value max, Attributes attributes, FloatMath m) {
    float lowest = type.lowest() + (attributes.getBoolean("narrow_range", false) ? 1 : 0);
    Value scale = m.smaller(scale(lowest, min, m), scale(type.highest(), max, m));
    Value newMin = m.divide(lowest, scale);
    Value newMax = m.divide(type.highest(), scale);
    Value steps = m.multiply(bounded(x, newMin, newMax, m), scale);
    boolean even = attributes.getString("round_mode", "").equals("HALF_TO_EVEN");
    return new Steps(even ? m.round(steps) : m.roundAway(steps), newMin, newMax);
  }

  /** So that the end of the range falls on the last integer, if both have the same sign. */
  private static Value scale(float integer, Value end, FloatMath m) {
    Value sameSign = m.greater(m.multiply(end, integer), 0);
    return m.select(sameSign, m.divide(integer, end), m.number(Float.MAX_VALUE));
  }
}
