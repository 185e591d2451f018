package org.signet.lower;

import java.util.Set;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.tensor.Tensor;
import org.signet.type.DType;

/**
 * FakeQuantWithMinMaxArgs, …Vars and …VarsPerChannel: rounding to the steps of a range, which is
 * moved a little first so that 0 is a step; TensorFlow's arithmetic, operation by operation.
 */
final class FakeQuantLowering implements Lowering {
  @Override
  public Set<String> ops() {
    return Set.of(
        "FakeQuantWithMinMaxArgs", "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel");
  }

  @Override
  public Lowered lower(TfOp op, Emitter emit) {
    if (!op.shape(0).hasRank() || op.shape(0).rank() > 4) {
      return Lowered.declined("the kernel broadcasts ranks to 4");
    }
    FloatMath m = new FloatMath(emit);
    Attributes attributes = op.attributes();
    boolean fixed = op.name().equals("FakeQuantWithMinMaxArgs");
    Value min = fixed ? m.number(attributes.getFloat("min")) : op.operand(1);
    Value max = fixed ? m.number(attributes.getFloat("max")) : op.operand(2);
    if (op.dtype(0) != DType.FLOAT32
        || emit.valueOf(min).isEmpty()
        || emit.valueOf(max).isEmpty()) {
      return Lowered.declined("the range is not constant");
    }
    if (!isRange(emit.valueOf(min).orElseThrow(), emit.valueOf(max).orElseThrow())) {
      return Lowered.declined("an empty range");
    }
    float lowest = attributes.getBoolean("narrow_range", false) ? 1 : 0;
    float highest = (1 << attributes.getInt("num_bits", 8)) - 1;
    Value scale = m.divide(m.subtract(max, min), m.number(highest - lowest));
    Value zero = m.subtract(lowest, m.divide(min, scale));
    // Half up, as the op rounds; the range's ends bound it.
    Value nudged = emit.builtin("FLOOR", m.add(zero, 0.5));
    nudged = m.atMost(m.atLeast(nudged, lowest), highest);
    Value nudgedMin = m.multiply(m.subtract(lowest, nudged), scale);
    Value nudgedMax = m.multiply(m.subtract(highest, nudged), scale);
    Value inside =
        emit.builtin("MAXIMUM", nudgedMin, emit.builtin("MINIMUM", nudgedMax, op.operand(0)));
    Value inverse = m.divide(1, scale);
    Value quantizedZero =
        emit.builtin("FLOOR", m.add(m.multiply(m.negate(nudgedMin), inverse), 0.5));
    Value shifted = m.subtract(inside, nudgedMin);
    // With the limits as attributes TensorFlow multiplies where it else divides.
    Value steps = fixed ? m.multiply(shifted, inverse) : m.divide(shifted, scale);
    Value rounded = emit.builtin("FLOOR", m.add(m.subtract(steps, quantizedZero), 0.5));
    return Lowered.to(m.multiply(rounded, scale));
  }

  private static boolean isRange(Tensor min, Tensor max) {
    boolean range = min.size() == max.size();
    for (int i = 0; i < min.size() && range; i++) {
      range = min.getDouble(i) < max.getDouble(i);
    }
    return range;
  }
}
