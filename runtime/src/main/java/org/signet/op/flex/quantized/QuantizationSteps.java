package org.signet.op.flex.quantized;

import org.signet.op.Attributes;
import org.signet.op.Shapes;

/**
 * How QuantizeV2 makes integers of the numbers of a range. All is rounded to float32.
 *
 * @param min the least number of the range, as it was widened
 * @param max the greatest
 */
record QuantizationSteps(Rounding rounding, QuantizedType type, float min, float max, float scale) {
  private enum Rounding {
    MIN_COMBINED,
    MIN_FIRST,
    SCALED,
    SCALED_TO_EVEN
  }

  static QuantizationSteps of(Attributes attributes, float givenMin, float givenMax) {
    Shapes.require(!(givenMax < givenMin), "the range from %s to %s", givenMin, givenMax);
    float least = Math.max(1, Math.max(Math.abs(givenMin), Math.abs(givenMax)));
    float apart = least * attributes.getFloat("ensure_minimum_range", 0.01f);
    float min = Math.min(0, givenMin);
    float max = Math.max(0, Math.max(givenMax, min + apart));
    QuantizedType type = QuantizedType.of(attributes, "T");
    String mode = TfQuantization.mode(attributes);
    if (mode.equals("SCALED")) {
      boolean even = attributes.getString("round_mode", "").equals("HALF_TO_EVEN");
      boolean narrow = attributes.getBoolean("narrow_range", false);
      return scaled(type, min, max, narrow, even ? Rounding.SCALED_TO_EVEN : Rounding.SCALED);
    }
    float scale = (float) (type.steps() / (max - min));
    return new QuantizationSteps(Rounding.valueOf(mode), type, min, max, scale);
  }

  private static QuantizationSteps scaled(
      QuantizedType type, float min, float max, boolean narrow, Rounding rounding) {
    float lowest = type.lowest() + (narrow ? 1 : 0);
    float highest = type.highest();
    float fromMin = lowest * min > 0 ? lowest / min : Float.MAX_VALUE;
    float fromMax = highest * max > 0 ? highest / max : Float.MAX_VALUE;
    float scale = Math.min(fromMin, fromMax);
    return new QuantizationSteps(rounding, type, lowest / scale, highest / scale, scale);
  }

  long integer(float x) {
    return switch (rounding) {
      case MIN_FIRST -> new QuantizedRange(type, min, max).integers().of(x);
      case MIN_COMBINED -> combined(x);
      case SCALED -> QuantizedType.truncate((float) QuantizedType.round(bounded(x) * scale));
      case SCALED_TO_EVEN -> QuantizedType.truncate((float) Math.rint(bounded(x) * scale));
    };
  }

  private long combined(float x) {
    float steps = (bounded(x) - min) * scale;
    return QuantizedType.truncate(
        type.isSigned() ? (float) QuantizedType.round(steps + type.lowest()) : steps + 0.5f);
  }

  private float bounded(float x) {
    return Math.max(Math.min(x, max), min);
  }
}
