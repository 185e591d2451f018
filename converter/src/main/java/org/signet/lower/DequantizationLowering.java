package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.type.DType;

/** Dequantize, operation by operation as TensorFlow does it in float32. */
final class DequantizationLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of("Dequantize");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    Attributes attributes = op.attributes();
    Integers type = Integers.of(attributes.getType("T"));
    String mode = attributes.getString("mode", "MIN_COMBINED");
    if (mode.equals("MIN_FIRST") && type.bits() > 16) {
      return Lowered.declined("float32 holds not all of its integers");
    }
    return RangeSlices.of(op, emit)
        .map(slices -> {
          Value x = emit.cast(slices.x(), DType.FLOAT32);
          FloatMath m = new FloatMath(emit);
          Value reals =
              switch (mode) {
                case "MIN_COMBINED" -> combined(x, type, slices, m);
                case "MIN_FIRST" -> first(x, type, slices, m);
                default -> scaled(x, type, slices, attributes, m);
              };
          return Lowered.to(emit.cast(slices.restore(reals, emit), op.result().dtype()));
        })
        .orElseGet(() -> Lowered.declined("the number of slices is not known"));
  }

  private static Value combined(Value x, Integers type, RangeSlices slices, FloatMath m) {
    Value scale =
        m.divide(m.subtract(slices.max(), slices.min()), m.number(type.highest() - type.lowest()));
    Value steps = type.lowest() == 0 ? x : m.add(x, -type.lowest());
    return m.add(m.multiply(steps, scale), slices.min());
  }

  private static Value first(Value x, Integers type, RangeSlices slices, FloatMath m) {
    Value min = slices.min();
    Value range = m.subtract(slices.max(), min);
    Value scale = m.divide(range, m.number(type.highest() - type.lowest()));
    Value rounded = m.multiply(m.roundAway(m.divide(min, scale)), scale);
    Value start = m.select(m.equal(slices.max(), min), min, rounded);
    Value zero = m.subtract(start, m.multiply(scale, type.lowest()));
    return m.add(zero, m.multiply(x, scale));
  }

  private static Value scaled(
      Value x, Integers type, RangeSlices slices, Attributes attributes, FloatMath m) {
    float lowest = type.lowest() + (attributes.getBoolean("narrow_range", false) ? 1 : 0);
    Value fromMax = m.divide(slices.max(), m.number(type.highest()));
    Value scale =
        type.lowest() == 0 ? fromMax : m.larger(m.divide(slices.min(), m.number(lowest)), fromMax);
    // TensorFlow takes 2^31, to which the last integers are rounded, back to an int32.
    boolean wraps = type.bits() > 16 && slices.isWhole();
    Value steps = wraps ? m.select(m.less(x, 0x1p31), x, m.number(-0x1p31)) : x;
    return m.multiply(steps, scale);
  }
}
